package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.document.TextTable.Column;
import dev.ordo.reports.document.TextTable.Cut;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** The summary of a study as plain text for a terminal. */
public final class SummaryTable {

  private static final int LEAST_COLUMNS = 60;
  private static final int MOST_SHOWN = 200;
  private static final String INDENT = "  ";

  private SummaryTable() {}

  /**
   * Returns one aligned line for each leading finding, then the conclusions as a list of sentences,
   * then one line for each prediction, the most telling crossovers, one line for each speed-up at
   * its largest size, and a line on the memory of each subject.
   *
   * <p>Columns that say nothing are left out: the aspect where there is but one, theory where it is
   * not known. Where the line is too long, columns move together, then the widest text is cut
   * first, with {@code …}; exponents are cut last. Theory is the class and, in parentheses, the
   * slope over these sizes. Names are cleaned of everything that could steer a terminal.
   *
   * <p>Of more than {@value #MOST_SHOWN} series the first are shown.
   *
   * @param whole the study
   * @param columns the width of the terminal, at least 60; no line is wider
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than 60
   */
  public static String text(Study whole, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    Study study = Excerpt.of(whole, MOST_SHOWN);
    List<Cell> cells = study.leading().stream().map(Cell::new).toList();
    if (cells.isEmpty()) {
      return "Nothing was measured.\n";
    }
    List<String> lines = new ArrayList<>(table(study, cells).lines(cells, columns));
    lines.add("");
    boolean aspects = cells.stream().map(Cell::aspect).distinct().count() > 1;
    for (Cell cell : cells) {
      String who = aspects ? cell.subject() + ", " + cell.aspect() : cell.subject();
      String head = Text.middle(who, columns * 2 / 3);
      lines.addAll(Text.wrap(head + ": " + cell.sentence(), columns, INDENT));
    }
    for (String sentence : new SurfaceTable(study).sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    lines.addAll(new PredictionTable(study).lines(columns, INDENT));
    for (String sentence : new CrossingsTable(study).sentences()) {
      lines.addAll(Text.wrap(sentence, columns, INDENT));
    }
    lines.addAll(new ParallelismTable(study).lines(columns));
    lines.addAll(new ContrastTable(study).lines(columns));
    for (String sentence : new MemoryTable(study).sentences()) {
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

  private static TextTable<Cell> table(Study study, List<Cell> cells) {
    Headings headings = Headings.of(study);
    List<Column<Cell>> columns = new ArrayList<>();
    columns.add(new Column<>(headings.subject(), Cell::subject, Cut.MIDDLE));
    if (cells.stream().map(Cell::aspect).distinct().count() > 1) {
      columns.add(new Column<>(headings.aspect(), Cell::aspect, Cut.MIDDLE));
    }
    columns.add(new Column<>("exponent", Cell::exponent, Cut.LAST));
    columns.add(new Column<>("law", Cell::law, Cut.END));
    if (study.findings().stream().anyMatch(finding -> finding.theory().isPresent())) {
      columns.add(new Column<>("theory", Cell::theory, Cut.END));
    }
    return new TextTable<>(columns);
  }
}
