package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Quantity;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How many times the cost of a base a candidate has, against the size: a line for each subject, a
 * chart for each aspect, with a rule at no change.
 */
public final class ComparisonChart {

  /** What the value axis shows. */
  static final Unit RATIO = new Unit("candidate / base", Unit.Dimension.OTHER);

  /** So far apart, values need a logarithmic axis. */
  private static final double WIDE = 2.5;

  private ComparisonChart() {}

  private record Kind(String aspect, String sizeName) {}

  /**
   * Returns the charts of a comparison; cells that are in no series of the base are in none.
   *
   * @param base the study of the base, whose subjects and sizes are shown
   * @param comparison its cells against those of a candidate
   */
  public static List<ScalingChart> of(Study base, Comparison comparison) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    for (Study.Finding finding : base.findings()) {
      List<ComparedCell> cells =
          comparison.cells().stream().filter(cell -> isOf(cell.base(), finding.series())).toList();
      line(finding, cells)
          .ifPresent(
              line ->
                  kinds
                      .computeIfAbsent(
                          new Kind(finding.aspect(), finding.series().sizeName()),
                          kind -> new ArrayList<>())
                      .add(line));
    }
    Style style = Style.of(base);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, lines) ->
            Part.of(lines).forEach(part -> charts.add(chart(kind, part, style, names))));
    return charts;
  }

  private static boolean isOf(MeasuredCell cell, Series series) {
    return cell.benchmark().equals(series.benchmark())
        && cell.mode().equals(series.mode())
        && cell.threads() == series.threads()
        && cell.params().containsKey(series.sizeName())
        && series.params().entrySet().stream()
            .allMatch(param -> param.getValue().equals(cell.params().get(param.getKey())));
  }

  private static Optional<Line> line(Study.Finding finding, List<ComparedCell> cells) {
    List<Dot> dots = new ArrayList<>();
    for (ComparedCell cell : cells) {
      double ratio = cell.estimate().ratio();
      OptionalDouble size = Quantity.parse(cell.params().get(finding.series().sizeName()));
      if (size.isPresent() && ratio > 0 && Double.isFinite(ratio)) {
        Optional<Interval> interval = cell.estimate().interval();
        dots.add(
            new Dot(
                size.getAsDouble(),
                ratio,
                interval.map(Interval::low).orElse(ratio),
                interval.map(Interval::high).orElse(ratio),
                Math.min(cell.base().sample().forkCount(), cell.candidate().sample().forkCount())));
      }
    }
    dots.sort(Comparator.comparingDouble(Dot::size));
    List<Place> places = dots.stream().map(dot -> new Place(dot.size(), dot.mean())).toList();
    return dots.isEmpty()
        ? Optional.empty()
        : Optional.of(new Line(finding.subject(), dots, places.size() > 1 ? places : List.of()));
  }

  private static ScalingChart chart(Kind kind, Part part, Style style, Set<String> names) {
    boolean wide =
        part.lines().stream()
            .flatMap(line -> line.dots().stream())
            .anyMatch(dot -> dot.mean() > WIDE || dot.mean() < 1 / WIDE);
    return new ScalingChart(
        ScalingChart.unique("comparison-" + ScalingChart.slug(kind.aspect()), names),
        Text.clean(kind.aspect())
            + ": candidate over base against "
            + Text.clean(kind.sizeName())
            + part.suffix(),
        "The cost of the candidate over that of the base; bars are intervals of the ratio, cut"
            + " where they leave the plot. The grey line is at 1, no change. Points of one size"
            + " stand beside each other."
            + (wide ? " The value axis is logarithmic, since some values are far off." : ""),
        kind.sizeName(),
        RATIO,
        wide,
        List.of(1.0),
        part.lines(),
        style);
  }
}
