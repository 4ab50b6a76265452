package dev.ordo.reports.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A trend chart on a sheet: XChart draws the values, the frame is laid out here.
 *
 * <p>Labels of changes stand in rows above the values, each in the first row that has room; where
 * none has, the line stays without a label, and the table says which commit it is.
 */
final class TrendPlot implements Drawing {

  private static final int SCREEN_HEIGHT = 420;
  private static final Color WORSE = new Color(0xB42318);
  private static final Color BETTER = new Color(0x1A7F37);
  private static final float LEVEL = 2.2f;
  private static final float CHANGE = 1.4f;
  private static final int MOST_ROWS = 4;

  /** How high a row of labels is, in sizes of the letters. */
  private static final double ROW = 1.5;

  /** How many times the distance that two thirds of the values are within. */
  private static final double REACH = 4;

  /** The least height of the axis, as a part of the values, so that noise is no mountain range. */
  private static final double LEAST_SPAN = 0.1;

  private final TrendChart data;
  private final Sheet sheet;
  private final double bottom;
  private final double middle;
  private final double top;
  private final Axis across;
  private final Axis up;
  private final Frame frame;
  private final List<Placed> placed;

  private record Placed(TrendChart.Mark mark, double left, double right, int row) {}

  TrendPlot(TrendChart data, Sheet whole) {
    this.data = data;
    this.sheet = whole.medium() == Sheet.Medium.SCREEN ? whole.withHeight(SCREEN_HEIGHT) : whole;
    int runs = data.days().size();
    double margin = Math.max(0.5, 0.015 * runs);
    this.across = new Axis("runs", -margin, runs - 1 + margin, false, false, days());
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
    this.bottom = center - 0.56 * span;
    this.middle = center + 0.56 * span;
    // How wide the plot is does not depend on the rows above the values.
    Frame bare = frame(middle);
    this.placed = placed(bare);
    int rows = placed.stream().mapToInt(Placed::row).max().orElse(-1) + 1;
    double part = rows * ROW * sheet.letters() / bare.plot().height;
    this.top = bottom + (middle - bottom) / (1 - part);
    this.up = up(top);
    this.frame = frame(top);
  }

  private Axis up(double end) {
    Axis values = Axis.linear(data.unitTitle(), bottom, middle, this::value);
    return new Axis(values.title(), bottom, end, false, false, values.choices());
  }

  private Frame frame(double end) {
    List<Legend.Key> keys = new ArrayList<>();
    for (int i = 0; i < data.hosts().size() && data.hosts().size() > 1; i++) {
      keys.add(new Legend.Key(data.hosts().get(i).label(), Style.Look.at(i), false));
    }
    return new Frame(sheet, data.title(), across, up(end), keys);
  }

  /** Returns the dates, each at its first run, of fewer and fewer days. */
  private List<List<Axis.Tick>> days() {
    List<Axis.Tick> firsts = new ArrayList<>();
    for (int i = 0; i < data.days().size(); i++) {
      if (i == 0 || !data.days().get(i).equals(data.days().get(i - 1))) {
        firsts.add(new Axis.Tick(i, data.days().get(i)));
      }
    }
    List<List<Axis.Tick>> choices = new ArrayList<>();
    for (int step = 1; step == 1 || step < firsts.size(); step++) {
      List<Axis.Tick> choice = new ArrayList<>();
      for (int i = 0; i < firsts.size(); i += step) {
        choice.add(firsts.get(i));
      }
      choices.add(choice);
    }
    return choices;
  }

  @Override
  public int width() {
    return frame.width();
  }

  @Override
  public int height() {
    return frame.height();
  }

  /** Returns all texts at their places. */
  List<Label> labels() {
    List<Label> labels = new ArrayList<>(frame.labels());
    for (Placed one : placed) {
      double y = frame.plot().y + (one.row() + 0.5) * ROW * sheet.letters();
      double x = (one.left() + one.right()) / 2;
      labels.add(Label.of(one.mark().label(), sheet.font(), x, y, 0.5));
    }
    return labels;
  }

  @Override
  public void paint(Graphics2D graphics) {
    frame.paintGround(graphics);
    Rectangle room = frame.plot();
    XYChart xchart = new XYChartBuilder().width(room.width).height(room.height).build();
    Bare.style(xchart.getStyler(), across, up).setMarkerSize(Math.max(3, sheet.marker() * 5 / 8));
    for (Axis.Tick tick : frame.upTicks()) {
      line(xchart, "value " + tick.value(), across.low(), across.high(), tick.value(), 1)
          .setLineColor(Frame.GRID);
    }
    for (int i = 0; i < data.marks().size(); i++) {
      addMark(xchart, i);
    }
    for (int i = 0; i < data.hosts().size(); i++) {
      addHost(xchart, i);
    }
    Bare.paint(xchart, room, graphics);
    frame.paint(graphics);
    graphics.setColor(Frame.INK);
    labels().forEach(label -> graphics.fill(label.outline()));
  }

  /** Puts labels of changes into rows, the latest first, since they matter most. */
  private List<Placed> placed(Frame bare) {
    List<Placed> all = new ArrayList<>();
    Rectangle room = bare.plot();
    double gap = sheet.letters();
    for (int i = data.marks().size() - 1; i >= 0; i--) {
      TrendChart.Mark mark = data.marks().get(i);
      double half = Label.width(mark.label(), sheet.font()) / 2;
      double x = Math.max(room.x + half, Math.min(room.getMaxX() - half, bare.x(mark.place())));
      for (int row = 0; row < MOST_ROWS && 2 * half <= room.width; row++) {
        int own = row;
        boolean free =
            all.stream()
                .filter(one -> one.row() == own)
                .noneMatch(one -> x - half < one.right() + gap && x + half > one.left() - gap);
        if (free) {
          all.add(new Placed(mark, x - half, x + half, row));
          break;
        }
      }
    }
    return all;
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

  private String value(double value) {
    double span = middle - bottom;
    int decimals = (int) Math.max(0, Math.min(6, Math.ceil(1 - Math.log10(span))));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }

  private void addMark(XYChart xchart, int index) {
    TrendChart.Mark mark = data.marks().get(index);
    double end =
        placed.stream()
            .filter(one -> one.mark() == mark)
            .mapToDouble(
                one ->
                    top
                        - (one.row() + 1)
                            * ROW
                            * sheet.letters()
                            / frame.plot().height
                            * (top - bottom))
            .findFirst()
            .orElse(middle);
    XYSeries line =
        xchart.addSeries(
            "change " + index,
            new double[] {mark.place(), mark.place()},
            new double[] {bottom, end});
    line.setLineColor(mark.worse() ? WORSE : BETTER);
    float[] dash = {5 * sheet.line(), 4 * sheet.line()};
    line.setLineStyle(
        new BasicStroke(
            CHANGE * sheet.line(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0));
    line.setMarker(SeriesMarkers.NONE);
  }

  /** Returns a value on the axis; what is beyond stands at its edge. */
  private double held(double value) {
    double inset = 0.01 * (middle - bottom);
    return Math.max(bottom + inset, Math.min(middle - inset, value / data.factor()));
  }

  private void addHost(XYChart xchart, int index) {
    TrendChart.HostLine host = data.hosts().get(index);
    Style.Look look = Style.Look.at(index);
    XYSeries dots =
        xchart.addSeries(
            "runs " + index,
            host.dots().stream().mapToDouble(TrendChart.Dot::place).toArray(),
            host.dots().stream().mapToDouble(dot -> held(dot.value())).toArray());
    dots.setLineStyle(SeriesLines.NONE);
    dots.setMarker(look.marker());
    dots.setMarkerColor(look.color());
    for (int i = 0; i < host.levels().size(); i++) {
      TrendChart.Level level = host.levels().get(i);
      double value = level.value() / data.factor();
      String name = "level " + index + " " + i;
      line(xchart, name, level.from() - 0.4, level.to() + 0.4, value, LEVEL)
          .setLineColor(Frame.INK);
    }
  }

  private XYSeries line(
      XYChart xchart, String name, double from, double to, double value, float thick) {
    XYSeries line = xchart.addSeries(name, new double[] {from, to}, new double[] {value, value});
    line.setLineStyle(new BasicStroke(thick * sheet.line()));
    line.setMarker(SeriesMarkers.NONE);
    return line;
  }
}
