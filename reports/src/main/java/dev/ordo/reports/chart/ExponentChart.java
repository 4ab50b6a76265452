package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.LocalExponent;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the exponent changes along the sizes: the slopes between neighbouring sizes, a line for each
 * subject, a chart for each aspect, with rules at the exponents 0, 1 and 2, and 3 where one is
 * needed.
 */
public final class ExponentChart {

  /** What the value axis shows. */
  static final Unit EXPONENT = new Unit("local exponent", Unit.Dimension.OTHER);

  private static final int FEWEST = 2;

  /** Slopes beyond these would press all others flat. */
  private static final double LEAST = -3;

  private static final double MOST = 6;

  private ExponentChart() {}

  private record Drawn(Line line, boolean wild) {}

  private record Kind(String aspect, String sizeName, Unit unit) {}

  /**
   * Returns the charts of the leading findings of a study that have two local exponents or more,
   * named like those of {@link ScalingChart}, with {@code exponent-} in the place of {@code
   * scaling-}; more where an aspect has more than 12 series.
   */
  public static List<ScalingChart> of(Study study) {
    Map<Kind, List<Drawn>> kinds = new LinkedHashMap<>();
    for (Study.Finding finding : study.leading()) {
      List<LocalExponent> all = finding.analysis().localExponents();
      List<LocalExponent> slopes =
          all.stream().filter(slope -> slope.value() >= LEAST && slope.value() <= MOST).toList();
      if (slopes.size() >= FEWEST) {
        Series series = finding.series();
        Unit unit = series.points().get(0).sample().unit();
        kinds
            .computeIfAbsent(
                new Kind(finding.aspect(), series.sizeName(), unit), kind -> new ArrayList<>())
            .add(new Drawn(line(finding, slopes), slopes.size() < all.size()));
      }
    }
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, drawn) -> {
          boolean wild = drawn.stream().anyMatch(Drawn::wild);
          for (Part part : Part.of(drawn.stream().map(Drawn::line).toList())) {
            charts.add(chart(kind, part, wild, style, names));
          }
        });
    return List.copyOf(charts);
  }

  private static Line line(Study.Finding finding, List<LocalExponent> slopes) {
    List<Dot> dots = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (LocalExponent slope : slopes) {
      double value = slope.value();
      dots.add(
          new Dot(
              slope.middle(),
              value,
              slope.interval().map(Interval::low).orElse(value),
              slope.interval().map(Interval::high).orElse(value),
              forks(finding.series(), slope)));
      places.add(new Place(slope.middle(), value));
    }
    return new Line(finding.subject(), dots, places);
  }

  /** Returns the forks of the size with the fewest. */
  private static int forks(Series series, LocalExponent slope) {
    return series.points().stream()
        .filter(point -> point.size() >= slope.from() && point.size() <= slope.to())
        .mapToInt(point -> point.sample().forkCount())
        .min()
        .orElse(0);
  }

  private static ScalingChart chart(
      Kind kind, Part part, boolean wild, Style style, Set<String> names) {
    List<Dot> dots = part.lines().stream().flatMap(line -> line.dots().stream()).toList();
    boolean cubic = dots.stream().anyMatch(dot -> dot.mean() > 2.5);
    boolean bars = dots.stream().anyMatch(dot -> dot.low() < dot.high());
    String caption =
        "Slopes of log "
            + (kind.unit().dimension() == Unit.Dimension.TIME ? "time" : "value")
            + " over log "
            + Text.clean(kind.sizeName())
            + " between neighbouring sizes, each at the middle of its sizes"
            + (bars ? "; bars are 95 % intervals over forks, cut where they leave the plot" : "")
            + ". The grey lines are at the exponents 0 (constant), 1 (linear)"
            + (cubic ? ", 2 (quadratic) and 3 (cubic)." : " and 2 (quadratic).")
            + (part.lines().size() > 1 ? " Points of one size stand beside each other." : "")
            + (wild ? " Slopes below -3 or above 6 are not drawn." : "");
    return new ScalingChart(
        ScalingChart.unique("exponent-" + ScalingChart.slug(kind.aspect()), names),
        Text.clean(kind.aspect())
            + ": local exponent against "
            + Text.clean(kind.sizeName())
            + part.suffix(),
        caption,
        kind.sizeName(),
        EXPONENT,
        false,
        cubic ? List.of(0.0, 1.0, 2.0, 3.0) : List.of(0.0, 1.0, 2.0),
        part.lines(),
        style);
  }
}
