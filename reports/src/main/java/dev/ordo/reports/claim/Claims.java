package dev.ordo.reports.claim;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Gap;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claim table of a study: one row for each subject, one column for each thing that is claimed.
 *
 * <p>Of models that were measured in phases the columns are training, inference, memory and
 * parallelism, whether they were measured or not. Of any other file there is a column for each
 * aspect, and one each for memory and parallelism where the file tells of them.
 *
 * @param subject what a row is: {@code model} or {@code series}
 * @param columns what is claimed, in the order of the entries of each row
 * @param rows in the order of the study
 */
public record Claims(String subject, List<Column> columns, List<Row> rows) {

  /** What stands where nothing was measured. */
  public static final String NOT_MEASURED = "not measured";

  /** Of whom there is nothing to draw. */
  private static final String NO_COLOR = "currentColor";

  private static final String TRAIN = "train";
  private static final Set<String> INFERENCE = Set.of("prefill", "decode", "generate");

  private static final Column TRAINING = new Column("training", "Training");
  private static final Column USE = new Column("inference", "Inference");
  private static final Column MEMORY = new Column("memory", "Memory");
  private static final Column PARALLELISM = new Column("parallelism", "Parallelism");

  /** Copies the lists. */
  public Claims {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * One thing that is claimed of every subject.
   *
   * @param id {@code training}, {@code inference}, {@code memory}, {@code parallelism} or the
   *     aspect as the study has it
   * @param title how it is headed
   */
  public record Column(String id, String title) {}

  /**
   * What is claimed of one subject.
   *
   * @param subject its name
   * @param color its colour in CSS; that of the text where it is in no chart
   * @param entries one for each column
   */
  public record Row(String subject, String color, List<Entry> entries) {

    /** Copies the entries. */
    public Row {
      entries = List.copyOf(entries);
    }

    /** Returns all claims of the row, column by column. */
    public List<Claim> claims() {
      return entries.stream().flatMap(entry -> entry.claims().stream()).toList();
    }
  }

  /**
   * One place of the table.
   *
   * @param claims what is claimed; empty where nothing was measured
   * @param missing what stands there instead, with the reason where it is known; empty where
   *     something was measured
   */
  public record Entry(List<Claim> claims, String missing) {

    /** Copies the claims. */
    public Entry {
      claims = List.copyOf(claims);
    }
  }

  /** Returns whether theory stands beside any claim. */
  public boolean hasTheory() {
    return rows.stream()
        .flatMap(row -> row.claims().stream())
        .anyMatch(claim -> !claim.theory().isEmpty());
  }

  /** Makes the table of a study. */
  public static Claims of(Study study) {
    List<Column> columns = columns(study);
    Style style = Style.of(study);
    Set<String> measured = new LinkedHashSet<>();
    study.findings().forEach(finding -> measured.add(finding.subject()));
    List<Row> rows = new ArrayList<>();
    for (String subject : subjects(study)) {
      List<Entry> entries = columns.stream().map(column -> entry(study, subject, column)).toList();
      String color = measured.contains(subject) ? style.color(subject) : NO_COLOR;
      rows.add(new Row(Text.clean(subject), color, entries));
    }
    boolean models = study.findings().stream().allMatch(Claims::namesModel);
    return new Claims(models ? "model" : "series", columns, rows);
  }

  private static boolean namesModel(Study.Finding finding) {
    String model = finding.series().params().get("model");
    return model != null && finding.subject().startsWith(model);
  }

  private static List<Column> columns(Study study) {
    Set<String> aspects = new LinkedHashSet<>();
    study.leading().forEach(finding -> aspects.add(finding.aspect()));
    study.gaps().forEach(gap -> aspects.add(gap.aspect()));
    boolean phases = aspects.stream().anyMatch(Claims::isPhase) || study.findings().isEmpty();
    Set<Column> columns = new LinkedHashSet<>();
    if (phases) {
      columns.addAll(List.of(TRAINING, USE));
    }
    aspects.stream()
        .filter(aspect -> !isPhase(aspect))
        .forEach(aspect -> columns.add(new Column(aspect, Text.clean(aspect))));
    if (phases || !study.memory().isEmpty()) {
      columns.add(MEMORY);
    }
    if (phases || !study.parallelism().isEmpty()) {
      columns.add(PARALLELISM);
    }
    return List.copyOf(columns);
  }

  private static boolean isPhase(String aspect) {
    return aspect.equals(TRAIN) || INFERENCE.contains(aspect);
  }

  /** Returns who has a row: all that were measured, and those of which nothing could be. */
  private static Collection<String> subjects(Study study) {
    Set<String> subjects = new LinkedHashSet<>();
    study.leading().forEach(finding -> subjects.add(finding.subject()));
    Set<String> known = new LinkedHashSet<>();
    study.findings().forEach(finding -> known.add(finding.subject()));
    study.gaps().stream()
        .map(Gap::subject)
        .filter(subject -> !known.contains(subject))
        .forEach(subjects::add);
    return subjects;
  }

  private static Entry entry(Study study, String subject, Column column) {
    List<Claim> claims =
        column.equals(MEMORY)
            ? memory(study, subject)
            : column.equals(PARALLELISM)
                ? parallelism(study, subject)
                : growth(study, subject, column);
    return new Entry(claims, claims.isEmpty() ? missing(study, subject, column) : "");
  }

  private static boolean belongs(String aspect, Column column) {
    if (column.equals(TRAINING)) {
      return aspect.equals(TRAIN);
    }
    return column.equals(USE) ? INFERENCE.contains(aspect) : aspect.equals(column.id());
  }

  private static List<Claim> growth(Study study, String subject, Column column) {
    return study.leading().stream()
        .filter(finding -> finding.subject().equals(subject))
        .filter(finding -> belongs(finding.aspect(), column))
        .map(finding -> Wording.growth(finding, column.equals(USE)))
        .toList();
  }

  /**
   * Returns what is claimed of memory; aspects with the same figures share a claim, and need no
   * name if all do.
   */
  private static List<Claim> memory(Study study, String subject) {
    Map<String, List<Footprint>> alike = new LinkedHashMap<>();
    for (Footprint footprint : study.memory()) {
      if (footprint.subject().equals(subject)) {
        Wording.memory(footprint, "")
            .ifPresent(
                claim ->
                    alike
                        .computeIfAbsent(claim.verdict(), key -> new ArrayList<>())
                        .add(footprint));
      }
    }
    boolean several = alike.size() > 1;
    return alike.values().stream()
        .flatMap(
            same -> {
              List<String> aspects = same.stream().map(one -> Text.clean(one.aspect())).toList();
              String part = several ? String.join(", ", aspects) : "";
              return Wording.memory(same.get(0), part).stream();
            })
        .toList();
  }

  private static List<Claim> parallelism(Study study, String subject) {
    List<SpeedUp> all = study.parallelism();
    boolean aspects = all.stream().map(SpeedUp::aspect).distinct().count() > 1;
    return all.stream()
        .filter(found -> found.subject().equals(subject))
        .map(
            found -> {
              String threads = Wording.threads(found);
              String part = aspects ? Text.clean(found.aspect()) + ", " + threads : threads;
              return Wording.speedUp(found, part);
            })
        .toList();
  }

  private static String missing(Study study, String subject, Column column) {
    Optional<Gap> gap =
        study.gaps().stream()
            .filter(one -> one.subject().equals(subject) && one.measured() == 0)
            .filter(one -> belongs(one.aspect(), column))
            .findFirst();
    return NOT_MEASURED + gap.map(one -> ": " + Text.clean(one.reason())).orElse("");
  }
}
