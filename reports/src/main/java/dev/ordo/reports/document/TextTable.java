package dev.ordo.reports.document;

import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A table of aligned lines that is never wider than the terminal.
 *
 * @param <R> what a row is made from
 * @param columns from left to right
 */
public record TextTable<R>(List<Column<R>> columns) {

  private static final int LEAST_WIDTH = 4;
  private static final String GAP = "  ";
  private static final String NARROW_GAP = " ";

  /** Copies the columns. */
  public TextTable {
    columns = List.copyOf(columns);
  }

  /**
   * One column.
   *
   * @param <R> what a row is made from
   * @param head its head
   * @param text its text for a row
   * @param cut how it is cut where it is too wide
   * @param ink in which its text is written for a row, where lines are coloured
   */
  public record Column<R>(String head, Function<R, String> text, Cut cut, Function<R, Ink> ink) {

    /** Makes a column without colours. */
    public Column(String head, Function<R, String> text, Cut cut) {
      this(head, text, cut, row -> Ink.PLAIN);
    }
  }

  /** How a text is cut. */
  public enum Cut {
    /** Names often differ in their last part only. */
    MIDDLE,
    /** The beginning says the most. */
    END,
    /** Only once all others are as narrow as can be. */
    LAST
  }

  /**
   * Returns the head and one line for each row.
   *
   * <p>Where the line is too long, columns move together, then the widest text is cut first, with
   * {@code …}.
   *
   * @param width the most columns of a terminal that a line may take
   */
  public List<String> lines(List<R> rows, int width) {
    return lines(rows, width, false);
  }

  /**
   * Returns the same lines in the inks of their columns.
   *
   * @param width the most columns of a terminal that a line may take
   * @param coloured whether to use inks at all
   */
  public List<String> lines(List<R> rows, int width, boolean coloured) {
    int[] widths = widths(rows);
    int gaps = columns.size() - 1;
    String gap = IntStream.of(widths).sum() + gaps * GAP.length() <= width ? GAP : NARROW_GAP;
    while (IntStream.of(widths).sum() + gaps * gap.length() > width) {
      widths[widest(widths)]--;
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(widths, gap, Column::head, column -> Ink.PLAIN));
    for (R row : rows) {
      lines.add(
          line(
              widths,
              gap,
              column -> column.text().apply(row),
              column -> coloured ? column.ink().apply(row) : Ink.PLAIN));
    }
    return lines;
  }

  private int[] widths(List<R> rows) {
    return columns.stream()
        .mapToInt(
            column ->
                rows.stream()
                    .mapToInt(row -> Text.width(column.text().apply(row)))
                    .reduce(Text.width(column.head()), Math::max))
        .toArray();
  }

  /** Returns the widest column that may be cut, or the last of all once those are narrow. */
  private int widest(int[] widths) {
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

  private String line(
      int[] widths, String gap, Function<Column<R>, String> text, Function<Column<R>, Ink> ink) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String whole = text.apply(columns.get(i));
      boolean name = columns.get(i).cut() == Cut.MIDDLE;
      String cut = name ? Text.middle(whole, widths[i]) : Text.head(whole, widths[i]);
      String blanks = " ".repeat(widths[i] - Text.width(cut));
      parts.add(ink.apply(columns.get(i)).on(cut) + blanks);
    }
    return String.join(gap, parts);
  }
}
