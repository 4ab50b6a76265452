package dev.ordo.reports.document;

import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A chart as pgfplots draws it: its numbers as a table, and what its picture is made of. */
final class LatexChart {

  /** Marks of pgfplots, in the order of those of a style; a trapezoid is a pentagon there. */
  private static final List<String> MARKS =
      List.of("*", "square*", "triangle*", "diamond*", "triangle*", "pentagon*");

  private static final int POINTING_DOWN = 4;

  /** More places of a curve than a page has dots to show. */
  private static final int MOST_PLACES = 61;

  /** The part of an axis that stays free at either end. */
  private static final double MARGIN = 0.05;

  private final ScalingChart chart;

  LatexChart(ScalingChart chart) {
    this.chart = chart;
  }

  /**
   * What the template shows.
   *
   * @param name the file name without its ending
   * @param title one line
   * @param xlabel the name of the size axis
   * @param ylabel the unit of the values
   * @param logarithmic whether the value axis is logarithmic
   * @param rules the values with a line across, between commas
   * @param low where the value axis begins; empty where pgfplots chooses
   * @param high where it ends; empty likewise
   * @param reach as far as a bar is drawn; empty where there is no limit
   * @param lines the series
   * @param guides lines that are no series
   */
  public record Picture(
      String name,
      String title,
      String xlabel,
      String ylabel,
      boolean logarithmic,
      String rules,
      String low,
      String high,
      String reach,
      List<Line> lines,
      List<Guide> guides) {}

  /**
   * One series.
   *
   * @param number its number in the tables
   * @param subject its name
   * @param color its colour, six hexadecimal digits
   * @param mark its mark
   * @param turned whether the mark stands on its head
   * @param dashes how its curve is dashed; empty for a solid one
   * @param curve whether there is one
   * @param band whether there is an interval about it
   */
  public record Line(
      int number,
      String subject,
      String color,
      String mark,
      boolean turned,
      String dashes,
      boolean curve,
      boolean band) {}

  /**
   * A line that is no series.
   *
   * @param label what it is
   * @param places its corners as coordinates of pgfplots
   */
  public record Guide(String label, String places) {}

  Picture picture() {
    double low = ends().min().orElse(0);
    double high = ends().max().orElse(1);
    boolean fitted = !chart.rules().isEmpty() && low < high;
    boolean linear = fitted && !chart.logarithmic();
    double margin = linear ? MARGIN * (high - low) : Math.pow(high / low, MARGIN);
    return new Picture(
        chart.name(),
        Text.clean(chart.title()),
        Text.clean(chart.sizeName()),
        Text.clean(chart.unit().symbol()),
        chart.logarithmic(),
        chart.rules().stream().map(LatexChart::number).collect(Collectors.joining(",")),
        fitted ? number(linear ? low - margin : low / margin) : "",
        fitted ? number(linear ? high + margin : high * margin) : "",
        // Bars that leave the plot by far are more than TeX can count.
        linear ? number(high - low) : "",
        IntStream.range(0, chart.lines().size()).mapToObj(this::line).toList(),
        chart.guides().stream().map(LatexChart::guide).toList());
  }

  /** Returns what an axis with rules must hold: these and the means. */
  private DoubleStream ends() {
    return DoubleStream.concat(
            chart.rules().stream().mapToDouble(rule -> rule),
            chart.lines().stream()
                .flatMap(line -> line.dots().stream())
                .mapToDouble(ScalingChart.Dot::mean))
        .filter(Double::isFinite);
  }

  private Line line(int number) {
    ScalingChart.Line line = chart.lines().get(number);
    int marker = chart.style().marker(line.subject());
    List<String> dashes = new ArrayList<>();
    List<Float> lengths = chart.style().dashes(line.subject());
    for (int i = 0; i < lengths.size(); i++) {
      dashes.add((i % 2 == 0 ? "on " : "off ") + number(lengths.get(i) / 2) + "pt");
    }
    return new Line(
        number,
        Text.clean(line.subject()),
        chart.style().color(line.subject()).substring(1).toUpperCase(Locale.ROOT),
        MARKS.get(marker),
        marker == POINTING_DOWN,
        String.join(" ", dashes),
        !line.curve().isEmpty(),
        !line.band().isEmpty());
  }

  private static Guide guide(ScalingChart.Guide guide) {
    return new Guide(
        Text.clean(guide.label()),
        guide.places().stream()
            .map(place -> "(" + number(place.size()) + "," + number(place.value()) + ")")
            .collect(Collectors.joining(" ")));
  }

  /**
   * Returns the measured cells: the number of the series, the size, the value, how far its bar
   * reaches down and up, and the forks behind it.
   */
  String dots() {
    StringBuilder table = new StringBuilder("series size value minus plus forks\n");
    for (int i = 0; i < chart.lines().size(); i++) {
      for (ScalingChart.Dot dot : chart.lines().get(i).dots()) {
        row(
            table,
            i,
            dot.size(),
            dot.mean(),
            Math.max(0, dot.mean() - dot.low()),
            Math.max(0, dot.high() - dot.mean()),
            dot.forks());
      }
    }
    return table.toString();
  }

  /** Returns the curves of the fitted laws: the number of the series, the size and the value. */
  String curves() {
    StringBuilder table = new StringBuilder("series size value\n");
    for (int i = 0; i < chart.lines().size(); i++) {
      for (ScalingChart.Place place : thinned(chart.lines().get(i).curve())) {
        row(table, i, place.size(), place.value());
      }
    }
    return table.toString();
  }

  /** Returns the intervals about the curves: the number of the series, the size and both ends. */
  String bands() {
    StringBuilder table = new StringBuilder("series size low high\n");
    for (int i = 0; i < chart.lines().size(); i++) {
      for (ScalingChart.Range range : thinned(chart.lines().get(i).band())) {
        row(table, i, range.size(), range.low(), range.high());
      }
    }
    return table.toString();
  }

  private static void row(StringBuilder table, double... values) {
    for (int i = 0; i < values.length; i++) {
      table.append(i == 0 ? "" : " ").append(number(values[i]));
    }
    table.append('\n');
  }

  /** Returns as many places as can be seen, both ends among them. */
  private static <T> List<T> thinned(List<T> places) {
    if (places.size() <= MOST_PLACES) {
      return places;
    }
    return IntStream.range(0, MOST_PLACES)
        .mapToObj(i -> places.get((int) ((long) i * (places.size() - 1) / (MOST_PLACES - 1))))
        .toList();
  }

  /** Returns a number as TeX reads it; what is not finite is left out by pgfplots. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return "nan";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
