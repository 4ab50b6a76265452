package dev.ordo.reports.chart;

import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Scale;
import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A scaling chart as XChart draws it.
 *
 * <p>XChart has no ticks at powers of two, no uneven error bars and one colour of grid lines. Sizes
 * that are powers of two, or halfway between two of them, are therefore drawn as their logarithms
 * on a linear axis, and bars and grid lines as series of their own, with gaps (NaN) between the
 * strokes.
 */
final class ScalingPlot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int LABEL_COLUMNS = 30;
  private static final Color INK = new Color(0x24292F);
  private static final Color RULE = new Color(0x8C959F);
  private static final Color GRID = new Color(0xE3E6EA);
  private static final BasicStroke BAR = new BasicStroke(1.2f);

  /** The widest distance of neighbours at one size, as a part of the size axis. */
  private static final double WIDEST_LANE = 0.009;

  /** How much of the way from size to size all neighbours may take. */
  private static final double LANES = 0.7;

  private static final BasicStroke HAIR = new BasicStroke(1f);

  private final ScalingChart data;
  private final XYChart chart;
  private final boolean octaves;
  private final LogAxis sizes;
  private final double bottom;
  private final double top;

  ScalingPlot(ScalingChart data) {
    this.data = data;
    double[] all =
        data.lines().stream()
            .flatMap(line -> line.dots().stream())
            .mapToDouble(Dot::size)
            .toArray();
    this.octaves = Arrays.stream(all).allMatch(ScalingPlot::isHalfOctave);
    double least = Arrays.stream(all).min().orElseThrow();
    double most = Arrays.stream(all).max().orElseThrow();
    LogAxis axis = LogAxis.around(least, most, octaves ? 0.3 : 0.75);
    double lanes = data.rules().isEmpty() ? 1 : lane(axis, (data.lines().size() - 1) / 2.0);
    this.sizes = new LogAxis(axis.low() / lanes, axis.high() * lanes);
    LogAxis values = values();
    this.bottom = values.low();
    this.top = values.high();
    this.chart = draw();
  }

  XYChart chart() {
    return chart;
  }

  private LogAxis values() {
    if (data.rules().isEmpty()) {
      double low = dots().stream().mapToDouble(Dot::low).min().orElseThrow();
      double high = dots().stream().mapToDouble(Dot::high).max().orElseThrow();
      if (data.logarithmic()) {
        return LogAxis.around(low, high, 1);
      }
      double span = Math.max(0, high) - Math.min(0, low);
      double margin = span == 0 ? 0.05 : 0.05 * span;
      return new LogAxis(Math.min(0, low) - margin, (span == 0 ? 1 : Math.max(0, high)) + margin);
    }
    // A bar from two forks may be ten times as long as all means are high.
    double[] marks =
        DoubleStream.concat(
                dots().stream().mapToDouble(Dot::mean),
                data.rules().stream().mapToDouble(Double::doubleValue))
            .sorted()
            .toArray();
    double lowest = marks[0];
    double highest = marks[marks.length - 1];
    if (data.logarithmic()) {
      return LogAxis.around(lowest, highest, 1);
    }
    double margin = 0.15 * (highest - lowest);
    return lowest > 0
        ? new LogAxis(0.75 * lowest, 1.15 * highest)
        : new LogAxis(lowest - margin, highest + margin);
  }

  private XYChart draw() {
    XYChart xchart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(Text.head(data.title(), 90))
            .xAxisTitle(Text.head(Text.clean(data.sizeName()), 60))
            .yAxisTitle(valueTitle())
            .build();
    style(xchart.getStyler());
    grid(xchart);
    for (int i = 0; i < data.lines().size(); i++) {
      addCurve(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addBars(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addDots(xchart, i);
    }
    return xchart;
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
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE)
        .setLegendSeriesLineLength(36)
        .setLegendPadding(9)
        .setMarkerSize(8);
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
        .setPlotGridVerticalLinesVisible(octaves)
        .setPlotGridHorizontalLinesVisible(!data.logarithmic())
        .setXAxisMin(x(sizes.low()))
        .setXAxisMax(x(sizes.high()))
        .setYAxisMin(bottom)
        .setYAxisMax(top)
        .setYAxisLogarithmic(data.logarithmic())
        .setYAxisLogarithmicDecadeOnly(false)
        .setXAxisLogarithmicDecadeOnly(false)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setXAxisLogarithmic(!octaves)
        .setXAxisTickLabelsFormattingFunction(this::sizeLabel)
        .setYAxisTickLabelsFormattingFunction(valueLabels());
    if (octaves) {
      // XChart takes the step nearest to this many pixels: one octave, as long as labels fit.
      double pixels = 560 / (x(sizes.high()) - x(sizes.low()));
      styler.setXAxisTickMarkSpacingHint(Math.max(10, (int) pixels));
    }
  }

  private String sizeLabel(double place) {
    if (octaves) {
      return Figures.size(Math.pow(2, place));
    }
    return sizes.isTick(place) ? Figures.size(Double.parseDouble(rounded(place))) : "";
  }

  private static String rounded(double tick) {
    return String.format(Locale.ROOT, "%.6e", tick);
  }

  private Function<Double, String> valueLabels() {
    if (data.logarithmic()) {
      LogAxis axis = new LogAxis(bottom, top);
      // The title of the axis says what a ratio is; beside each number it would be a unit.
      Unit unit = data.rules().isEmpty() ? data.unit() : new Unit("", Unit.Dimension.OTHER);
      return tick -> axis.isTick(tick) ? Figures.tick(tick, unit) : "";
    }
    Scale scale = linearScale();
    return scale::number;
  }

  private Scale linearScale() {
    return Scale.of(Math.max(Math.abs(bottom), Math.abs(top)), data.unit());
  }

  private String valueTitle() {
    String quantity = Text.head(ScalingChart.quantity(data.unit()), 60);
    boolean bare = data.logarithmic() || data.unit().dimension() == Unit.Dimension.OTHER;
    return bare ? quantity : quantity + " (" + linearScale().symbol() + ")";
  }

  private void grid(XYChart xchart) {
    if (!octaves) {
      for (double tick : sizes.ticks()) {
        rule(xchart, "size " + tick, new double[] {tick, tick}, new double[] {bottom, top});
      }
    }
    if (data.logarithmic()) {
      for (double tick : new LogAxis(bottom, top).ticks()) {
        double[] across = {x(sizes.low()), x(sizes.high())};
        rule(xchart, "value " + tick, across, new double[] {tick, tick});
      }
    }
    for (double value : data.rules()) {
      double[] across = {x(sizes.low()), x(sizes.high())};
      XYSeries rule = rule(xchart, "rule " + value, across, new double[] {value, value});
      rule.setLineColor(RULE);
      rule.setLineStyle(BAR);
    }
  }

  private static XYSeries rule(XYChart xchart, String name, double[] xs, double[] ys) {
    XYSeries rule = hidden(xchart.addSeries(name, xs, ys));
    rule.setLineColor(GRID);
    rule.setLineStyle(HAIR);
    rule.setMarker(SeriesMarkers.NONE);
    return rule;
  }

  private void addCurve(XYChart xchart, int index) {
    List<Place> curve = data.lines().get(index).curve();
    if (curve.isEmpty()) {
      return;
    }
    Style.Look look = look(index);
    XYSeries series =
        hidden(
            xchart.addSeries(
                "curve " + index,
                curve.stream().mapToDouble(place -> x(place.size(), index)).toArray(),
                curve.stream().mapToDouble(Place::value).toArray()));
    // A smooth series is one path, a plain one a path per segment, each starting its dash anew.
    // Its pieces are S-shaped: only with many of them is the curve smooth to the eye.
    series.setSmooth(data.rules().isEmpty());
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    series.setMarker(SeriesMarkers.NONE);
  }

  private void addBars(XYChart xchart, int index) {
    List<Dot> dots =
        data.lines().get(index).dots().stream().filter(dot -> dot.low() < dot.high()).toList();
    if (dots.isEmpty()) {
      return;
    }
    double[] xs = new double[dots.size() * 9];
    double[] ys = new double[dots.size() * 9];
    for (int i = 0; i < dots.size(); i++) {
      Dot dot = dots.get(i);
      double cap = Math.pow(sizes.high() / sizes.low(), data.rules().isEmpty() ? 0.007 : 0.004);
      double left = x(dot.size() / cap, index);
      double middle = x(dot.size(), index);
      double right = x(dot.size() * cap, index);
      double gap = Double.NaN;
      double low = Math.max(dot.low(), bottom);
      double high = Math.min(dot.high(), top);
      // A bar that leaves the plot has no cap there.
      double lowCap = low == dot.low() ? low : gap;
      double highCap = high == dot.high() ? high : gap;
      double[] barXs = {middle, middle, middle, left, right, right, left, right, right};
      double[] barYs = {low, high, gap, lowCap, lowCap, gap, highCap, highCap, gap};
      System.arraycopy(barXs, 0, xs, i * 9, 9);
      System.arraycopy(barYs, 0, ys, i * 9, 9);
    }
    XYSeries bars = hidden(xchart.addSeries("bars " + index, xs, ys));
    bars.setLineColor(look(index).color());
    bars.setLineStyle(BAR);
    bars.setMarker(SeriesMarkers.NONE);
  }

  private void addDots(XYChart xchart, int index) {
    Line line = data.lines().get(index);
    Style.Look look = look(index);
    XYSeries dots =
        hidden(
            xchart.addSeries(
                "dots " + index,
                line.dots().stream().mapToDouble(dot -> x(dot.size(), index)).toArray(),
                line.dots().stream().mapToDouble(Dot::mean).toArray()));
    dots.setLineStyle(SeriesLines.NONE);
    mark(dots, look.color(), look.marker());
    // The legend shows curve and marker as one: an entry of its own, without a place in the plot.
    XYSeries entry =
        xchart.addSeries(
            "legend " + index, new double[] {x(sizes.low())}, new double[] {Double.NaN});
    String name = Text.middle(Text.clean(line.subject()), LABEL_COLUMNS).strip();
    entry.setLabel(name.isEmpty() ? "(no name)" : name);
    entry.setLineColor(look.color());
    entry.setLineStyle(line.curve().isEmpty() ? SeriesLines.NONE : look.stroke());
    mark(entry, look.color(), look.marker());
  }

  private static void mark(XYSeries series, Color color, Marker marker) {
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  private static XYSeries hidden(XYSeries series) {
    series.setShowInLegend(false);
    return series;
  }

  private Style.Look look(int index) {
    return data.style().look(data.lines().get(index).subject());
  }

  private List<Dot> dots() {
    return data.lines().stream().flatMap(line -> line.dots().stream()).toList();
  }

  /**
   * Returns the place of a size for one of the lines; beside that of others where rules attract.
   */
  private double x(double size, int index) {
    if (data.rules().isEmpty()) {
      return x(size);
    }
    return x(size * lane(sizes, index - (data.lines().size() - 1) / 2.0));
  }

  /** Returns the factor by which a size moves on an axis to stand so many lanes further right. */
  private double lane(LogAxis axis, double lanes) {
    long places = dots().stream().mapToDouble(Dot::size).distinct().count();
    double width = Math.min(WIDEST_LANE, LANES / (places * data.lines().size()));
    return Math.pow(axis.high() / axis.low(), width * lanes);
  }

  private double x(double size) {
    return octaves ? Math.log(size) / Math.log(2) : size;
  }

  /** Returns whether a size is a power of two or the middle of two neighbouring ones. */
  private static boolean isHalfOctave(double size) {
    double octaves = 2 * Math.log(size) / Math.log(2);
    return Math.abs(octaves - Math.rint(octaves)) < 1e-9;
  }
}
