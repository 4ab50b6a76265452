package dev.ordo.reports.chart;

import dev.ordo.reports.text.Text;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * A heat map of attention weights: a row for each position that looks, a column for each position
 * that is looked at, darker where more of its value is taken.
 */
public final class AttentionChart {

  /** Where there are more rows, or more columns, than this, a cell stands for several. */
  private static final int MOST_CELLS = 96;

  /** Labels closer than this, in units, would touch each other. */
  private static final int LABEL_SPACE = 18;

  private static final int SIZE = 760;
  private static final int LONGEST_LABEL = 8;
  private static final Color INK = new Color(0x24292F);

  /** From ColorBrewer's sequential Blues (Brewer, 2003), white at 0. */
  private static final Color[] COLORS = {
    new Color(0xFFFFFF),
    new Color(0xDEEBF7),
    new Color(0x9ECAE1),
    new Color(0x4292C6),
    new Color(0x08519C),
    new Color(0x08306B)
  };

  private final String title;
  private final List<String> rows;
  private final List<String> columns;
  private final float[] weights;

  /**
   * Makes a chart.
   *
   * @param title what the weights are of
   * @param rows labels, one a position that looks; control characters are not drawn
   * @param columns labels, one a position that is looked at, likewise
   * @param weights shape (rows, columns), row-major, in 0 … 1; copied
   * @throws IllegalArgumentException if there are no positions, not rows × columns weights, or one
   *     is not in 0 … 1
   */
  public AttentionChart(String title, List<String> rows, List<String> columns, float[] weights) {
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

  /** Returns the chart as PNG, two pixels a unit. */
  public byte[] png() {
    return new Picture(draw()).png();
  }

  /** Returns the chart as an {@code <svg>} element with title and description. */
  public String svg() {
    return new Picture(draw())
        .svg(
            "attention",
            Text.clean(title),
            "Heat map of "
                + rows.size()
                + " by "
                + columns.size()
                + " attention weights; rows look at columns, darker is more.");
  }

  private HeatMapChart draw() {
    int high = rowsPerCell();
    int wide = columnsPerCell();
    String pooled =
        high * wide == 1 ? "" : String.format(Locale.ROOT, " (cells of %d × %d)", high, wide);
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(SIZE + 90)
            .height(SIZE)
            .title(Text.head(Text.clean(title) + pooled, 90))
            .xAxisTitle("position that is looked at")
            .yAxisTitle("position that looks")
            .build();
    style(chart.getStyler());
    List<String> rowLabels = labels(rows, high);
    // XChart draws row 0 at the bottom.
    Collections.reverse(rowLabels);
    List<Number[]> values = new ArrayList<>();
    double most = 0;
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        double value = cell(row, column);
        most = Math.max(most, value);
        if (value > 0) {
          values.add(new Number[] {column, rows() - 1 - row, value});
        }
      }
    }
    // The legend writes its end as it is.
    double end = new BigDecimal(most).round(new MathContext(2, RoundingMode.UP)).doubleValue();
    chart.getStyler().setMin(0).setMax(most > 0 ? end : 1);
    chart.addSeries("weight", labels(columns, wide), rowLabels, values);
    return chart;
  }

  /** Returns a label for each cell, unique among all: XChart takes equal labels for one. */
  private static List<String> labels(List<String> positions, int step) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < positions.size(); i += step) {
      String text = Text.head(Text.clean(positions.get(i)).strip(), LONGEST_LABEL);
      labels.add(text.isEmpty() ? Integer.toString(i) : i + " " + text);
    }
    return labels;
  }

  private static void style(HeatMapStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    styler
        .setPiecewise(false)
        .setRangeColors(COLORS)
        .setShowValue(false)
        .setDrawBorder(false)
        .setBaseFont(font)
        .setChartTitleFont(font.deriveFont(Font.BOLD, 15f))
        .setLegendFont(font)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleBoxVisible(false)
        .setChartPadding(14)
        .setPlotBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE);
    styler.setPlotContentSize(1);
    styler
        .setPlotGridLinesVisible(false)
        .setAxisTickLabelsFont(font.deriveFont(11f))
        .setAxisTitleFont(font)
        .setXAxisLabelRotation(90)
        .setXAxisLabelAlignment(TextAlignment.Left)
        .setXAxisTickMarkSpacingHint(LABEL_SPACE);
  }
}
