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

  /** More rows and columns than this become squares of several positions. */
  private static final int MOST_SQUARES = 96;

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
  private final List<String> labels;
  private final float[] weights;

  /**
   * Makes a chart.
   *
   * @param title what the weights are of
   * @param labels one a position; control characters are not drawn
   * @param weights shape (L, L), row-major, in 0 … 1; copied
   * @throws IllegalArgumentException if there are no positions, not L × L weights, or one is not in
   *     0 … 1
   */
  public AttentionChart(String title, List<String> labels, float[] weights) {
    int length = labels.size();
    if (length == 0 || weights.length != (long) length * length) {
      throw new IllegalArgumentException(
          "weights ("
              + weights.length
              + ") must be labels ("
              + length
              + ") squared, and at least one");
    }
    for (float weight : weights) {
      // A sum of rounded weights may stand a little above 1.
      if (!(weight >= 0 && weight <= 1.0001f)) {
        throw new IllegalArgumentException("weight (" + weight + ") must be in 0..1");
      }
    }
    this.title = title;
    this.labels = List.copyOf(labels);
    this.weights = weights.clone();
  }

  /** Returns the number of positions, in each direction, that a square stands for. */
  public int positionsPerSquare() {
    return (labels.size() + MOST_SQUARES - 1) / MOST_SQUARES;
  }

  /**
   * Returns what a square shows: the mean weight of its positions.
   *
   * @param row from the top, where position 0 is
   * @param column from the left
   */
  public double square(int row, int column) {
    int step = positionsPerSquare();
    int length = labels.size();
    double sum = 0;
    int count = 0;
    for (int i = row * step; i < Math.min(length, (row + 1) * step); i++) {
      for (int j = column * step; j < Math.min(length, (column + 1) * step); j++) {
        sum += weights[i * length + j];
        count++;
      }
    }
    return sum / count;
  }

  /** Returns the number of squares in each direction. */
  public int squares() {
    int step = positionsPerSquare();
    return (labels.size() + step - 1) / step;
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
                + labels.size()
                + " by "
                + labels.size()
                + " attention weights; rows look at columns, darker is more.");
  }

  private HeatMapChart draw() {
    int squares = squares();
    int step = positionsPerSquare();
    String pooled =
        step == 1 ? "" : String.format(Locale.ROOT, " (squares of %d × %d)", step, step);
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(SIZE + 90)
            .height(SIZE)
            .title(Text.head(Text.clean(title) + pooled, 90))
            .xAxisTitle("position that is looked at")
            .yAxisTitle("position that looks")
            .build();
    style(chart.getStyler());
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < squares; i++) {
      columns.add(label(i * step));
    }
    List<String> rows = new ArrayList<>(columns);
    // XChart draws row 0 at the bottom.
    Collections.reverse(rows);
    List<Number[]> values = new ArrayList<>();
    double most = 0;
    for (int row = 0; row < squares; row++) {
      for (int column = 0; column < squares; column++) {
        double value = square(row, column);
        most = Math.max(most, value);
        if (value > 0) {
          values.add(new Number[] {column, squares - 1 - row, value});
        }
      }
    }
    // The legend writes its end as it is.
    double end = new BigDecimal(most).round(new MathContext(2, RoundingMode.UP)).doubleValue();
    chart.getStyler().setMin(0).setMax(most > 0 ? end : 1);
    chart.addSeries("weight", columns, rows, values);
    return chart;
  }

  /** Returns the label of a position, unique among all: XChart takes equal labels for one. */
  private String label(int position) {
    String text = Text.head(Text.clean(labels.get(position)).strip(), LONGEST_LABEL);
    return text.isEmpty() ? Integer.toString(position) : position + " " + text;
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
