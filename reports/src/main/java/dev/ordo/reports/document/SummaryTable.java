package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The summary of a study as plain text for a terminal. */
public final class SummaryTable {

  private static final int LEAST_COLUMNS = 60;
  private static final int LEAST_WIDTH = 4;
  private static final String GAP = "  ";
  private static final String NARROW_GAP = " ";

  /** One column: its head, its text for a finding, and how it is cut where it is too wide. */
  private record Column(String head, Function<Cell, String> text, Cut cut) {}

  private enum Cut {
    /** Names often differ in their last part only. */
    MIDDLE,
    END,
    /** Only once all others are as narrow as can be. */
    LAST
  }

  private SummaryTable() {}

  /**
   * Returns one aligned line for each finding, then the conclusions as a list of sentences.
   *
   * <p>Columns that say nothing are left out: the aspect where there is but one, theory where it is
   * not known. Where the line is too long, columns move together, then the widest text is cut
   * first, with {@code …}; exponents are cut last. Theory is the class and, in parentheses, the
   * slope over these sizes. Names are cleaned of everything that could steer a terminal.
   *
   * @param study the study
   * @param columns the width of the terminal, at least 60; no line is wider
   * @return lines that end in {@code \n}, without blanks at their ends
   * @throws IllegalArgumentException if {@code columns} is less than 60
   */
  public static String text(Study study, int columns) {
    if (columns < LEAST_COLUMNS) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least " + LEAST_COLUMNS);
    }
    List<Cell> cells = study.findings().stream().map(Cell::new).toList();
    if (cells.isEmpty()) {
      return "Nothing was measured.\n";
    }
    List<String> lines = new ArrayList<>(table(columns(study, cells), cells, columns));
    lines.add("");
    boolean aspects = cells.stream().map(Cell::aspect).distinct().count() > 1;
    for (Cell cell : cells) {
      String who = aspects ? cell.subject() + ", " + cell.aspect() : cell.subject();
      String head = Text.middle(who, columns * 2 / 3);
      lines.addAll(Text.wrap(head + ": " + cell.sentence(), columns, GAP));
    }
    return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
  }

  private static List<Column> columns(Study study, List<Cell> cells) {
    Headings headings = Headings.of(study);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(headings.subject(), Cell::subject, Cut.MIDDLE));
    if (cells.stream().map(Cell::aspect).distinct().count() > 1) {
      columns.add(new Column(headings.aspect(), Cell::aspect, Cut.MIDDLE));
    }
    columns.add(new Column("exponent", Cell::exponent, Cut.LAST));
    columns.add(new Column("law", Cell::law, Cut.END));
    if (study.findings().stream().anyMatch(finding -> finding.theory().isPresent())) {
      columns.add(new Column("theory", Cell::theory, Cut.END));
    }
    return columns;
  }

  private static List<String> table(List<Column> columns, List<Cell> cells, int width) {
    int[] widths = widths(columns, cells);
    int gaps = columns.size() - 1;
    String gap = IntStream.of(widths).sum() + gaps * GAP.length() <= width ? GAP : NARROW_GAP;
    while (IntStream.of(widths).sum() + gaps * gap.length() > width) {
      widths[widest(columns, widths)]--;
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(columns, widths, gap, Column::head));
    for (Cell cell : cells) {
      lines.add(line(columns, widths, gap, column -> column.text().apply(cell)));
    }
    return lines;
  }

  private static int[] widths(List<Column> columns, List<Cell> cells) {
    return columns.stream()
        .mapToInt(
            column ->
                cells.stream()
                    .mapToInt(cell -> Text.width(column.text().apply(cell)))
                    .reduce(Text.width(column.head()), Math::max))
        .toArray();
  }

  /** Returns the widest column that may be cut, or the widest of all once those are narrow. */
  private static int widest(List<Column> columns, int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean eligible = columns.get(i).cut() != Cut.LAST && widths[i] > LEAST_WIDTH;
      if (eligible && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    for (int i = 0; widest < 0; i++) {
      widest = columns.get(i).cut() == Cut.LAST ? i : -1;
    }
    return widest;
  }

  private static String line(
      List<Column> columns, int[] widths, String gap, Function<Column, String> text) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String whole = text.apply(columns.get(i));
      boolean name = columns.get(i).cut() == Cut.MIDDLE;
      String cut = name ? Text.middle(whole, widths[i]) : Text.head(whole, widths[i]);
      parts.add(cut + " ".repeat(widths[i] - Text.width(cut)));
    }
    return String.join(gap, parts);
  }
}
