package dev.ordo.reports.chart;

import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.chart.ScalingChart.Range;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Scale;
import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A scaling chart on a sheet: XChart draws the series, the frame is laid out here.
 *
 * <p>XChart has no ticks at powers of two, no uneven error bars, no bands and one colour of grid
 * lines, and cuts a legend that has no room. Places on both axes are therefore given to it as they
 * lie on linear axes, and bars, bands and grid lines are series of their own, with gaps (NaN)
 * between the strokes.
 */
final class ScalingPlot implements Drawing {

  private static final int LABEL_COLUMNS = 30;
  private static final Color RULE = new Color(0x8C959F);

  /** The opacity of a band, of 255: under several of them a curve is still seen. */
  private static final int BAND = 44;

  private static final float BAR = 1.2f;
  private static final float HAIR = 1f;

  /** The widest distance of neighbours at one size, as a part of the size axis. */
  private static final double WIDEST_LANE = 0.009;

  /** How much of the way from size to size all neighbours may take. */
  private static final double LANES = 0.7;

  private final ScalingChart data;
  private final Sheet sheet;
  private final LogAxis sizes;
  private final double bottom;
  private final double top;
  private final Axis across;
  private final Axis up;
  private final Frame frame;

  ScalingPlot(ScalingChart data, Sheet sheet) {
    this.data = data;
    this.sheet = sheet;
    double[] all =
        data.lines().stream()
            .flatMap(line -> line.dots().stream())
            .mapToDouble(Dot::size)
            .toArray();
    boolean octaves = Arrays.stream(all).allMatch(ScalingPlot::isHalfOctave);
    double[] held =
        DoubleStream.concat(Arrays.stream(all), guides().mapToDouble(Place::size)).toArray();
    double least = Arrays.stream(held).min().orElseThrow();
    double most = Arrays.stream(held).max().orElseThrow();
    LogAxis axis = LogAxis.around(least, most, octaves ? 0.3 : 0.75);
    double lanes = data.rules().isEmpty() ? 1 : lane(axis, (data.lines().size() - 1) / 2.0);
    this.sizes = new LogAxis(axis.low() / lanes, axis.high() * lanes);
    LogAxis values = values();
    this.bottom = values.low();
    this.top = values.high();
    this.across =
        octaves
            ? Axis.octaves(data.sizeName(), sizes, Figures::size)
            : Axis.logarithmic(data.sizeName(), sizes, Figures::size);
    this.up = up();
    List<Legend.Key> keys = new ArrayList<>();
    for (int i = 0; i < data.lines().size(); i++) {
      keys.add(new Legend.Key(name(i), look(i), !data.lines().get(i).curve().isEmpty()));
    }
    for (int i = 0; i < data.guides().size(); i++) {
      keys.add(new Legend.Key(Text.clean(data.guides().get(i).label()), guideLook(i), true));
    }
    this.frame = new Frame(sheet, data.title(), across, up, keys);
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int height() {
    return frame.height();
  }

  /** Returns the frame, which knows where everything is. */
  Frame frame() {
    return frame;
  }

  @Override
  public void paint(Graphics2D graphics) {
    frame.paintGround(graphics);
    Rectangle room = frame.plot();
    XYChart xchart = new XYChartBuilder().width(room.width).height(room.height).build();
    Bare.style(xchart.getStyler(), across, up).setMarkerSize(sheet.marker());
    grid(xchart);
    for (int i = 0; i < data.guides().size(); i++) {
      addGuide(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addBand(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addCurve(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addBars(xchart, i);
    }
    for (int i = 0; i < data.lines().size(); i++) {
      addDots(xchart, i);
    }
    Bare.paint(xchart, room, graphics);
    frame.paint(graphics);
  }

  private LogAxis values() {
    if (data.rules().isEmpty()) {
      double low =
          DoubleStream.concat(
                  dots().stream().mapToDouble(Dot::low), guides().mapToDouble(Place::value))
              .min()
              .orElseThrow();
      double high =
          DoubleStream.concat(
                  dots().stream().mapToDouble(Dot::high), guides().mapToDouble(Place::value))
              .max()
              .orElseThrow();
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

  private Axis up() {
    String title = valueTitle();
    if (data.logarithmic()) {
      // The title of the axis says what a ratio is; beside each number it would be a unit.
      Unit unit = data.rules().isEmpty() ? data.unit() : new Unit("", Unit.Dimension.OTHER);
      return Axis.logarithmic(title, new LogAxis(bottom, top), tick -> Figures.tick(tick, unit));
    }
    return Axis.linear(title, bottom, top, linearScale()::number);
  }

  private Scale linearScale() {
    return Scale.of(Math.max(Math.abs(bottom), Math.abs(top)), data.unit());
  }

  private String valueTitle() {
    String quantity = ScalingChart.quantity(data.unit());
    boolean bare = data.logarithmic() || data.unit().dimension() == Unit.Dimension.OTHER;
    return bare ? quantity : quantity + " (" + linearScale().symbol() + ")";
  }

  private String name(int index) {
    String subject = data.lines().get(index).subject();
    String name = Text.middle(Text.clean(subject), LABEL_COLUMNS).strip();
    return name.isEmpty() ? "(no name)" : name;
  }

  private void grid(XYChart xchart) {
    double[] along = {across.place(sizes.low()), across.place(sizes.high())};
    double[] height = {up.place(bottom), up.place(top)};
    for (Axis.Tick tick : frame.acrossTicks()) {
      double place = across.place(tick.value());
      rule(xchart, "size " + tick.value(), new double[] {place, place}, height, HAIR);
    }
    for (Axis.Tick tick : frame.upTicks()) {
      double place = up.place(tick.value());
      rule(xchart, "value " + tick.value(), along, new double[] {place, place}, HAIR);
    }
    for (double value : data.rules()) {
      double place = up.place(value);
      rule(xchart, "rule " + value, along, new double[] {place, place}, BAR).setLineColor(RULE);
    }
  }

  private XYSeries rule(XYChart xchart, String name, double[] xs, double[] ys, float width) {
    XYSeries rule = xchart.addSeries(name, xs, ys);
    rule.setLineColor(Frame.GRID);
    rule.setLineStyle(thick(width));
    rule.setMarker(SeriesMarkers.NONE);
    return rule;
  }

  private BasicStroke thick(float width) {
    return new BasicStroke(width * sheet.line());
  }

  private void addGuide(XYChart xchart, int index) {
    List<Place> places = data.guides().get(index).places();
    XYSeries guide =
        xchart.addSeries(
            "guide " + index,
            places.stream().mapToDouble(place -> across.place(place.size())).toArray(),
            places.stream().mapToDouble(place -> up.place(place.value())).toArray());
    Style.Look look = guideLook(index);
    guide.setLineColor(look.color());
    guide.setLineStyle(look.stroke(sheet.line()));
    guide.setMarker(look.marker());
  }

  /** Returns a grey line without markers, whose dash no other guide has. */
  private static Style.Look guideLook(int index) {
    return new Style.Look(RULE, SeriesMarkers.NONE, Style.Look.at(index).stroke());
  }

  private Stream<Place> guides() {
    return data.guides().stream().flatMap(guide -> guide.places().stream());
  }

  private void addBand(XYChart xchart, int index) {
    List<Range> band = data.lines().get(index).band();
    if (band.size() < 2) {
      return;
    }
    int count = band.size();
    double[] xs = new double[2 * count];
    double[] ys = new double[2 * count];
    for (int i = 0; i < count; i++) {
      Range range = band.get(i);
      int back = 2 * count - 1 - i;
      xs[i] = x(range.size(), index);
      xs[back] = xs[i];
      ys[i] = held(range.low());
      ys[back] = held(range.high());
    }
    XYSeries area = xchart.addSeries("band " + index, xs, ys);
    Color color = look(index).color();
    area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    area.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND));
    area.setLineStyle(SeriesLines.NONE);
    area.setMarker(SeriesMarkers.NONE);
  }

  /** Returns the place of a value; what is beyond the plot stands at its edge. */
  private double held(double value) {
    return up.place(Math.max(bottom, Math.min(top, value)));
  }

  private void addCurve(XYChart xchart, int index) {
    List<Place> curve = data.lines().get(index).curve();
    if (curve.isEmpty()) {
      return;
    }
    Style.Look look = look(index);
    XYSeries series =
        xchart.addSeries(
            "curve " + index,
            curve.stream().mapToDouble(place -> x(place.size(), index)).toArray(),
            curve.stream().mapToDouble(place -> up.place(place.value())).toArray());
    // A smooth series is one path, a plain one a path per segment, each starting its dash anew.
    // Its pieces are S-shaped: only with many of them is the curve smooth to the eye.
    series.setSmooth(data.rules().isEmpty());
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke(sheet.line()));
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
      double low = held(dot.low());
      double high = held(dot.high());
      // A bar that leaves the plot has no cap there.
      double lowCap = dot.low() >= bottom ? low : gap;
      double highCap = dot.high() <= top ? high : gap;
      double[] barXs = {middle, middle, middle, left, right, right, left, right, right};
      double[] barYs = {low, high, gap, lowCap, lowCap, gap, highCap, highCap, gap};
      System.arraycopy(barXs, 0, xs, i * 9, 9);
      System.arraycopy(barYs, 0, ys, i * 9, 9);
    }
    XYSeries bars = xchart.addSeries("bars " + index, xs, ys);
    bars.setLineColor(look(index).color());
    bars.setLineStyle(thick(BAR));
    bars.setMarker(SeriesMarkers.NONE);
  }

  private void addDots(XYChart xchart, int index) {
    Line line = data.lines().get(index);
    Style.Look look = look(index);
    XYSeries dots =
        xchart.addSeries(
            "dots " + index,
            line.dots().stream().mapToDouble(dot -> x(dot.size(), index)).toArray(),
            line.dots().stream().mapToDouble(dot -> up.place(dot.mean())).toArray());
    dots.setLineStyle(SeriesLines.NONE);
    dots.setMarker(look.marker());
    dots.setMarkerColor(look.color());
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
      return across.place(size);
    }
    return across.place(size * lane(sizes, index - (data.lines().size() - 1) / 2.0));
  }

  /** Returns the factor by which a size moves on an axis to stand so many lanes further right. */
  private double lane(LogAxis axis, double lanes) {
    long places = dots().stream().mapToDouble(Dot::size).distinct().count();
    double width = Math.min(WIDEST_LANE, LANES / (places * data.lines().size()));
    return Math.pow(axis.high() / axis.low(), width * lanes);
  }

  /** Returns whether a size is a power of two or the middle of two neighbouring ones. */
  private static boolean isHalfOctave(double size) {
    double octaves = 2 * Math.log(size) / Math.log(2);
    return Math.abs(octaves - Math.rint(octaves)) < 1e-9;
  }
}
