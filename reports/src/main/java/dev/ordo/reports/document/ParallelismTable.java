package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Style;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The speed-ups of a study, with the span beside them, as pages and a terminal show them. */
final class ParallelismTable {

  private final Study study;

  ParallelismTable(Study study) {
    this.study = study;
  }

  /** Returns the aspects, in the order of the study. */
  List<String> aspects() {
    Map<String, List<String>> aspectsOf = new LinkedHashMap<>();
    for (SpeedUp speedUp : study.parallelism()) {
      aspectsOf
          .computeIfAbsent(speedUp.subject() + threads(speedUp), row -> new ArrayList<>())
          .add(Text.clean(speedUp.aspect()));
    }
    return Columns.merged(aspectsOf.values());
  }

  /** Returns whether speed-ups are on different numbers of threads. */
  boolean severalThreads() {
    return study.parallelism().stream().map(ParallelismTable::threads).distinct().count() > 1;
  }

  /** Returns what is compared, as the beginning of a sentence; empty without a speed-up. */
  String heading() {
    if (study.parallelism().isEmpty()) {
      return "";
    }
    SpeedUp first = study.parallelism().get(0);
    return severalThreads()
        ? "Speed-up on more threads"
        : "Speed-up on " + first.to() + " threads over " + first.from();
  }

  /** Returns one row for each subject and number of threads. */
  List<Page.SpeedUps> rows() {
    Style style = Style.of(study);
    List<String> aspects = aspects();
    Map<List<String>, Page.SpeedUp[]> cells = new LinkedHashMap<>();
    for (SpeedUp speedUp : study.parallelism()) {
      cells
              .computeIfAbsent(
                  List.of(speedUp.subject(), threads(speedUp)),
                  row -> new Page.SpeedUp[aspects.size()])[
              aspects.indexOf(Text.clean(speedUp.aspect()))] =
          cell(speedUp, speedUp.largest());
    }
    List<Page.SpeedUps> rows = new ArrayList<>();
    cells.forEach(
        (row, values) ->
            rows.add(
                new Page.SpeedUps(
                    Text.clean(row.get(0)),
                    style.color(row.get(0)),
                    row.get(1),
                    Arrays.asList(values))));
    return rows;
  }

  /** Returns all speed-ups at all sizes. */
  List<Page.SpeedUp> all() {
    return study.parallelism().stream()
        .flatMap(speedUp -> speedUp.places().stream().map(place -> cell(speedUp, place)))
        .toList();
  }

  private static String threads(SpeedUp speedUp) {
    return speedUp.from() + " → " + speedUp.to();
  }

  private static Page.SpeedUp cell(SpeedUp speedUp, SpeedUp.Place place) {
    Ratio ratio = place.ratio();
    SpeedUp.Verdict verdict = place.verdict();
    boolean largest = place.equals(speedUp.largest());
    return new Page.SpeedUp(
        Text.clean(speedUp.subject()),
        Text.clean(speedUp.aspect()),
        threads(speedUp),
        Figures.size(place.size()),
        Figures.factor(ratio.value()),
        ratio.interval().map(Figures::factors).orElse("(one fork)"),
        verdict.word(),
        verdict != SpeedUp.Verdict.CANNOT_TELL,
        speedUp.span().map(span -> Text.clean(span.order())).orElse(""),
        speedUp.span().filter(s -> largest).map(s -> Figures.count(s.steps())).orElse(""),
        speedUp.span().map(span -> Text.clean(span.parallelism())).orElse(""),
        speedUp.span().filter(s -> largest).map(s -> Figures.count(s.operations())).orElse(""));
  }
}
