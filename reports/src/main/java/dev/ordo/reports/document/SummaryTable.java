package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.claim.Claim;
import dev.ordo.reports.claim.Claims;
import dev.ordo.reports.fit.Stance;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** The summary of a study as text for a terminal: the claim table and what it does not hold. */
public final class SummaryTable {

  /** The narrowest terminal that has room for a table. */
  public static final int LEAST_COLUMNS = 40;

  private static final int MOST_SHOWN = 200;

  /** As many series as one reads the evidence of; of more, only where something is open. */
  private static final int MOST_EXPLAINED = 6;

  private static final String INDENT = "  ";

  private SummaryTable() {}

  /** Returns the text of {@link #text(Study, int, boolean)} without colours. */
  public static String text(Study whole, int columns) {
    return text(whole, columns, false);
  }

  /**
   * Returns the {@linkplain Claims claim table}, one line for each claim with a small picture of
   * how the series scales, then the evidence as a list of sentences, then one line for each
   * prediction, the most telling crossovers, and what is missing.
   *
   * <p>With more than {@value #MOST_EXPLAINED} series the evidence is that of what cannot be told
   * or contradicts theory. Columns that say nothing are left out. Where a line is too long, columns
   * move together, then the widest text is cut first, with {@code …}; figures are cut last, and
   * below 60 columns theory and pictures are left out. Names are cleaned of everything that could
   * steer a terminal.
   *
   * <p>Of more than {@value #MOST_SHOWN} series the first are shown.
   *
   * @param whole the study
   * @param columns the width of the terminal, at least {@value #LEAST_COLUMNS}; no line is wider
   * @param coloured whether to use the escapes of a terminal that knows colours
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than {@value #LEAST_COLUMNS}
   */
  public static String text(Study whole, int columns, boolean coloured) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    Study study = Excerpt.of(whole, MOST_SHOWN);
    if (study.leading().isEmpty()) {
      return "Nothing was measured.\n";
    }
    Claims claims = Claims.of(study);
    List<String> lines = new ArrayList<>(new ClaimTable(claims, columns, coloured).lines());
    List<String> evidence = evidence(study, claims, columns);
    if (!evidence.isEmpty()) {
      lines.add("");
      lines.addAll(evidence);
    }
    for (String sentence : new SurfaceTable(study).sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    lines.addAll(new PredictionTable(study).lines(columns, INDENT));
    for (String sentence : new CrossingsTable(study).sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    lines.addAll(new ContrastTable(study).lines(columns));
    for (String sentence : new MemoryTable(study).warnings()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    for (String sentence : new GapTable(whole).sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    int more = whole.findings().size() - study.findings().size();
    if (more > 0) {
      lines.add("");
      lines.add(more + " more series are in fits.json.");
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  private static List<String> evidence(Study study, Claims claims, int columns) {
    boolean all = study.leading().size() <= MOST_EXPLAINED;
    boolean aspects = study.leading().stream().map(Study.Finding::aspect).distinct().count() > 1;
    List<String> lines = new ArrayList<>();
    for (Claims.Row row : claims.rows()) {
      for (int i = 0; i < claims.columns().size(); i++) {
        for (Claim claim : row.entries().get(i).claims()) {
          boolean open = !claim.told() || claim.stance() == Stance.CONTRADICTS;
          if (claim.kind() == Claim.Kind.GROWTH && (all || open)) {
            String part = ClaimTable.name(claims.columns().get(i), claim);
            String who = aspects ? row.subject() + ", " + part : row.subject();
            String head = Text.middle(who, columns * 2 / 3);
            lines.addAll(Text.wrap(head + ": " + claim.evidence(), columns, INDENT));
          }
        }
      }
    }
    return lines;
  }
}
