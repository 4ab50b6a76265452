package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Residual;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the fitted laws leave over: the measured value of each cell over the fitted one, against the
 * size, a line for each subject and a chart for each aspect, with a rule where both are the same.
 *
 * <p>A law that is right leaves points on both sides of 1 without an order; one that is not leaves
 * them above at both ends and below in the middle, or the other way round.
 */
public final class ResidualChart {

  /** What the value axis shows. */
  static final Unit RESIDUAL = new Unit("measured / fitted", Unit.Dimension.OTHER);

  /** Beyond these, values need a logarithmic axis. */
  private static final double WILD = 2.5;

  private ResidualChart() {}

  private record Kind(String aspect, String sizeName) {}

  /**
   * Returns the charts of the leading findings of a study that have a fitted law and three sizes or
   * more that it was fitted to; more where an aspect has more than 12 series.
   */
  public static List<ScalingChart> of(Study study) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    for (Study.Finding finding : study.leading()) {
      List<Residual> residuals = Residual.of(finding.series(), finding.analysis());
      if (residuals.size() > 2) {
        kinds
            .computeIfAbsent(
                new Kind(finding.aspect(), finding.series().sizeName()), kind -> new ArrayList<>())
            .add(line(finding.subject(), residuals));
      }
    }
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, lines) ->
            Part.of(lines).forEach(part -> charts.add(chart(kind, part, style, names))));
    return List.copyOf(charts);
  }

  private static Line line(String subject, List<Residual> residuals) {
    return new Line(
        subject,
        residuals.stream()
            .map(
                residual ->
                    new Dot(
                        residual.size(),
                        residual.mean() / residual.fitted(),
                        residual.low() / residual.fitted(),
                        residual.high() / residual.fitted(),
                        residual.forks()))
            .toList(),
        List.of());
  }

  private static ScalingChart chart(Kind kind, Part part, Style style, Set<String> names) {
    List<Dot> dots = part.lines().stream().flatMap(line -> line.dots().stream()).toList();
    boolean wild =
        dots.stream().allMatch(dot -> dot.low() > 0)
            && dots.stream().anyMatch(dot -> dot.mean() > WILD || dot.mean() < 1 / WILD);
    return new ScalingChart(
        ScalingChart.unique("residuals-" + ScalingChart.slug(kind.aspect()), names),
        Text.clean(kind.aspect())
            + ": measured over fitted against "
            + Text.clean(kind.sizeName())
            + part.suffix(),
        "Means over what the fitted law says of their size"
            + (dots.stream().anyMatch(dot -> dot.low() < dot.high())
                ? "; bars reach from the lowest to the highest fork, cut where they leave the plot"
                : "")
            + ". The grey line is at 1, where the law meets the measurement: a right law leaves"
            + " points on both sides of it, in no order."
            + (part.lines().size() > 1 ? " Points of one size stand beside each other." : "")
            + (wild ? " The value axis is logarithmic, since some values are far off." : ""),
        kind.sizeName(),
        RESIDUAL,
        wild,
        List.of(1.0),
        part.lines(),
        style);
  }
}
