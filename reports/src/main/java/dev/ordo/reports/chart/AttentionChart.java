package dev.ordo.reports.chart;

import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A heat map of attention weights: a row for each position that looks, a column for each position
 * that is looked at, darker where more of its value is taken.
 */
public final class AttentionChart implements Chart {

  /** Where there are more rows, or more columns, than this, a cell stands for several. */
  private static final int MOST_CELLS = 96;

  private static final int LONGEST_LABEL = 8;

  private final String name;
  private final String title;
  private final List<String> rows;
  private final List<String> columns;
  private final float[] weights;

  /**
   * Makes a chart.
   *
   * @param name the file name without an ending, of {@code [a-z0-9-]}
   * @param title what the weights are of
   * @param rows labels, one a position that looks; control characters are not drawn
   * @param columns labels, one a position that is looked at, likewise
   * @param weights shape (rows, columns), row-major, in 0 … 1; copied
   * @throws IllegalArgumentException if there are no positions, not rows × columns weights, or one
   *     is not in 0 … 1
   */
  public AttentionChart(
      String name, String title, List<String> rows, List<String> columns, float[] weights) {
    if (weights.length == 0 || weights.length != (long) rows.size() * columns.size()) {
      throw new IllegalArgumentException(
          "weights ("
              + weights.length
              + ") must be rows ("
              + rows.size()
              + ") × columns ("
              + columns.size()
              + "), and at least one");
    }
    for (float weight : weights) {
      // A sum of rounded weights may stand a little above 1.
      if (!(weight >= 0 && weight <= 1.0001f)) {
        throw new IllegalArgumentException("weight (" + weight + ") must be in 0..1");
      }
    }
    this.name = name;
    this.title = title;
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.weights = weights.clone();
  }

  /** Returns the number of rows of weights that a cell stands for. */
  public int rowsPerCell() {
    return perCell(rows);
  }

  /** Returns the number of columns of weights that a cell stands for. */
  public int columnsPerCell() {
    return perCell(columns);
  }

  private static int perCell(List<String> positions) {
    return (positions.size() + MOST_CELLS - 1) / MOST_CELLS;
  }

  /** Returns the number of rows of cells. */
  public int rows() {
    return (rows.size() + rowsPerCell() - 1) / rowsPerCell();
  }

  /** Returns the number of columns of cells. */
  public int columns() {
    return (columns.size() + columnsPerCell() - 1) / columnsPerCell();
  }

  /**
   * Returns what a cell shows: the mean weight of its positions.
   *
   * @param row from the top, where position 0 is
   * @param column from the left
   */
  public double cell(int row, int column) {
    int high = rowsPerCell();
    int wide = columnsPerCell();
    double sum = 0;
    int count = 0;
    for (int i = row * high; i < Math.min(rows.size(), (row + 1) * high); i++) {
      for (int j = column * wide; j < Math.min(columns.size(), (column + 1) * wide); j++) {
        sum += weights[i * columns.size() + j];
        count++;
      }
    }
    return sum / count;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    int high = rowsPerCell();
    int wide = columnsPerCell();
    String pooled =
        high * wide == 1 ? "" : String.format(Locale.ROOT, " (cells of %d × %d)", high, wide);
    return Text.clean(title) + pooled;
  }

  @Override
  public String caption() {
    return "Heat map of "
        + rows.size()
        + " by "
        + columns.size()
        + " attention weights; rows look at columns, darker is more.";
  }

  @Override
  public Drawing on(Sheet sheet) {
    return new AttentionPlot(this, sheet);
  }

  /** Returns a label for each row of cells. */
  List<String> rowLabels() {
    return labels(rows, rowsPerCell());
  }

  /** Returns a label for each column of cells. */
  List<String> columnLabels() {
    return labels(columns, columnsPerCell());
  }

  private static List<String> labels(List<String> positions, int step) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < positions.size(); i += step) {
      String text = Text.head(Text.clean(positions.get(i)).strip(), LONGEST_LABEL);
      labels.add(text.isEmpty() ? Integer.toString(i) : i + " " + text);
    }
    return labels;
  }
}
