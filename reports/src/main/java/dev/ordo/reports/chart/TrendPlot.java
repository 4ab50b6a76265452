package dev.ordo.reports.chart;

import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A trend chart as XChart draws it.
 *
 * <p>Labels of changes stand in rows above the values, each in the first row that has room; where
 * none has, the line stays without a label, and the table says which commit it is.
 */
final class TrendPlot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;
  private static final Color INK = new Color(0x24292F);
  private static final Color GRID = new Color(0xE3E6EA);
  private static final Color WORSE = new Color(0xB42318);
  private static final Color BETTER = new Color(0x1A7F37);
  private static final BasicStroke HAIR = new BasicStroke(1f);
  private static final BasicStroke LEVEL = new BasicStroke(2.2f);
  private static final BasicStroke CHANGE =
      new BasicStroke(
          1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
  private static final int MOST_ROWS = 4;

  /** About how much of the plot's width a character takes. */
  private static final double CHARACTER = 7.2 / 780;

  private static final double ROW = 0.075;

  /** How many times the distance that two thirds of the values are within. */
  private static final double REACH = 4;

  /** The least height of the axis, as a part of the values, so that noise is no mountain range. */
  private static final double LEAST_SPAN = 0.1;

  private final TrendChart data;
  private final double left;
  private final double right;
  private final double bottom;
  private final double middle;
  private final double top;
  private final List<Label> labels;

  private record Label(TrendChart.Mark mark, double center, int row) {}

  TrendPlot(TrendChart data) {
    this.data = data;
    int runs = data.days().size();
    double margin = Math.max(0.5, 0.015 * runs);
    left = -margin;
    right = runs - 1 + margin;
    double[] values =
        data.hosts().stream()
            .flatMapToDouble(TrendPlot::usual)
            .map(value -> value / data.factor())
            .toArray();
    double low = Arrays.stream(values).min().orElse(0);
    double high = Arrays.stream(values).max().orElse(1);
    double least = LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));
    double span = Math.max(Math.max(high - low, least), 1e-9);
    double center = (low + high) / 2;
    bottom = center - 0.56 * span;
    middle = center + 0.56 * span;
    labels = labels();
    int rows = labels.stream().mapToInt(Label::row).max().orElse(-1) + 1;
    top = bottom + (middle - bottom) / (1 - ROW * rows);
  }

  /**
   * Returns what the axis must hold: all levels, and of the values those within four times the
   * usual distance from their level. One odd run would press all others flat.
   */
  private static DoubleStream usual(TrendChart.HostLine host) {
    double[] offs =
        host.dots().stream().mapToDouble(dot -> Math.abs(dot.value() - level(host, dot))).toArray();
    Arrays.sort(offs);
    double reach = REACH * offs[offs.length * 2 / 3];
    return DoubleStream.concat(
        host.levels().stream().mapToDouble(TrendChart.Level::value),
        host.dots().stream()
            .filter(dot -> Math.abs(dot.value() - level(host, dot)) <= reach)
            .mapToDouble(TrendChart.Dot::value));
  }

  private static double level(TrendChart.HostLine host, TrendChart.Dot dot) {
    return host.levels().stream()
        .filter(level -> dot.place() <= level.to())
        .findFirst()
        .orElse(host.levels().get(host.levels().size() - 1))
        .value();
  }

  XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(Text.head(Text.clean(data.title()), 90))
            .xAxisTitle("runs")
            .yAxisTitle(Text.head(data.unitTitle(), 60))
            .build();
    style(chart.getStyler());
    for (int i = 0; i < data.marks().size(); i++) {
      addMark(chart, i);
    }
    for (int i = 0; i < data.hosts().size(); i++) {
      addHost(chart, i);
    }
    double height = top - bottom;
    for (Label label : labels) {
      double y = top - (label.row() + 0.5) * ROW * height;
      AnnotationText text = new AnnotationText(label.mark().label(), label.center(), y, false);
      chart.addAnnotation(text);
    }
    return chart;
  }

  /** Puts labels of changes into rows, the latest first, since they matter most. */
  private List<Label> labels() {
    List<Label> placed = new ArrayList<>();
    double width = right - left;
    for (int i = data.marks().size() - 1; i >= 0; i--) {
      TrendChart.Mark mark = data.marks().get(i);
      double half = (Text.width(mark.label()) + 2) * CHARACTER * width / 2;
      double center = Math.max(left + half, Math.min(right - half, mark.place()));
      for (int row = 0; row < MOST_ROWS; row++) {
        int own = row;
        boolean free =
            placed.stream()
                .filter(label -> label.row() == own)
                .noneMatch(
                    label ->
                        Math.abs(label.center() - center)
                            < half
                                + (Text.width(label.mark().label()) + 2) * CHARACTER * width / 2);
        if (free) {
          placed.add(new Label(mark, center, row));
          break;
        }
      }
    }
    return placed;
  }

  private void style(XYStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler
        .setBaseFont(font)
        .setChartTitleFont(font.deriveFont(Font.BOLD, 15f))
        .setLegendFont(font)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setChartTitleBoxVisible(false)
        .setChartPadding(14)
        .setPlotBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setPlotContentSize(1)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendVisible(data.hosts().size() > 1)
        .setLegendBorderColor(Color.WHITE)
        .setLegendSeriesLineLength(20)
        .setMarkerSize(5)
        .setAnnotationTextFont(font.deriveFont(12f))
        .setAnnotationTextFontColor(INK);
    styler
        .setAxisTitleFont(font.deriveFont(Font.BOLD))
        .setAxisTickLabelsFont(font)
        .setAxisTickLabelsColor(INK)
        .setAxisTicksMarksVisible(false)
        .setAxisTicksLineVisible(false)
        .setPlotTicksMarksVisible(false)
        .setPlotMargin(0)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(HAIR)
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisMin(left)
        .setXAxisMax(right)
        .setYAxisMin(bottom)
        .setYAxisMax(top)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setXAxisTickMarkSpacingHint(130)
        .setXAxisTickLabelsFormattingFunction(this::day)
        .setYAxisTickLabelsFormattingFunction(this::value);
  }

  /** Returns the date of the nearest run: XChart takes labels that are all empty for equal ones. */
  private String day(double place) {
    long run = Math.max(0, Math.min(data.days().size() - 1, Math.round(place)));
    return data.days().get((int) run);
  }

  /** Returns a tick of the value axis; none in the rows of labels. */
  private String value(double value) {
    if (value > middle) {
      return "";
    }
    double span = middle - bottom;
    int decimals = (int) Math.max(0, Math.min(6, Math.ceil(1 - Math.log10(span))));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  private void addMark(XYChart chart, int index) {
    TrendChart.Mark mark = data.marks().get(index);
    double end =
        labels.stream()
            .filter(label -> label.mark() == mark)
            .mapToDouble(label -> top - (label.row() + 1) * ROW * (top - bottom))
            .findFirst()
            .orElse(middle);
    XYSeries line =
        chart.addSeries(
            "change " + index,
            new double[] {mark.place(), mark.place()},
            new double[] {bottom, end});
    line.setShowInLegend(false);
    line.setLineColor(mark.worse() ? WORSE : BETTER);
    line.setLineStyle(CHANGE);
    line.setMarker(SeriesMarkers.NONE);
  }

  /** Returns a value on the axis; what is beyond stands at its edge. */
  private double held(double value) {
    double inset = 0.01 * (middle - bottom);
    return Math.max(bottom + inset, Math.min(middle - inset, value / data.factor()));
  }

  private void addHost(XYChart chart, int index) {
    TrendChart.HostLine host = data.hosts().get(index);
    Style.Look look = Style.Look.at(index);
    XYSeries dots =
        chart.addSeries(
            "runs " + index,
            host.dots().stream().mapToDouble(TrendChart.Dot::place).toArray(),
            host.dots().stream().mapToDouble(dot -> held(dot.value())).toArray());
    dots.setLabel(host.label());
    dots.setLineStyle(SeriesLines.NONE);
    dots.setMarker(look.marker());
    dots.setMarkerColor(look.color());
    for (int i = 0; i < host.levels().size(); i++) {
      TrendChart.Level level = host.levels().get(i);
      XYSeries line =
          chart.addSeries(
              "level " + index + " " + i,
              new double[] {level.from() - 0.4, level.to() + 0.4},
              new double[] {level.value() / data.factor(), level.value() / data.factor()});
      line.setShowInLegend(false);
      line.setLineColor(INK);
      line.setLineStyle(LEVEL);
      line.setMarker(SeriesMarkers.NONE);
    }
  }
}
