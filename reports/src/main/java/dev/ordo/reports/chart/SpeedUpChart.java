package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much faster more threads are, against the size: a line for each subject, a chart for each
 * aspect and pair of thread counts, with rules at no speed-up and at the most that there can be.
 */
public final class SpeedUpChart {

  /** What the value axis shows. */
  static final Unit SPEED_UP = new Unit("speed-up", Unit.Dimension.OTHER);

  /** So far beyond all that can be, a single value would press all others flat. */
  private static final double WILD = 2.5;

  private SpeedUpChart() {}

  private record Kind(String aspect, String sizeName, int from, int to) {}

  /** Returns the charts of a study, more where an aspect has more than 12 subjects. */
  public static List<ScalingChart> of(Study study) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    for (SpeedUp speedUp : study.parallelism()) {
      kinds
          .computeIfAbsent(
              new Kind(speedUp.aspect(), speedUp.few().sizeName(), speedUp.from(), speedUp.to()),
              kind -> new ArrayList<>())
          .add(line(speedUp));
    }
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, lines) -> {
          for (Part part : Part.of(lines)) {
            charts.add(chart(kind, part, style, names));
          }
        });
    return List.copyOf(charts);
  }

  private static ScalingChart chart(Kind kind, Part part, Style style, Set<String> names) {
    String title =
        Text.clean(kind.aspect())
            + ": speed-up on "
            + kind.to()
            + (kind.from() == 1 ? " threads" : " threads over " + kind.from())
            + " against "
            + Text.clean(kind.sizeName());
    String name = "speed-up-" + ScalingChart.slug(kind.aspect()) + "-" + kind.to() + "-threads";
    double most = (double) kind.to() / kind.from();
    boolean wild =
        part.lines().stream()
            .flatMap(line -> line.dots().stream())
            .anyMatch(dot -> dot.mean() > WILD * most || dot.mean() < 1 / WILD);
    return new ScalingChart(
        ScalingChart.unique(name, names),
        title + part.suffix(),
        caption(kind, part.lines(), most)
            + (wild ? " The value axis is logarithmic, since some values are far off." : ""),
        kind.sizeName(),
        SPEED_UP,
        wild,
        List.of(1.0, most),
        part.lines(),
        style);
  }

  private static String caption(Kind kind, List<Line> lines, double most) {
    Optional<Dot> bar =
        lines.stream()
            .flatMap(line -> line.dots().stream())
            .filter(dot -> dot.low() < dot.high())
            .findAny();
    return "Time on "
        + threads(kind.from())
        + " over time on "
        + threads(kind.to())
        + bar.map(
                dot ->
                    "; bars are "
                        + Figures.percent(SpeedUp.CONFIDENCE)
                        + " intervals, cut where they leave the plot")
            .orElse("")
        + ". The grey lines are at 1, no gain, and at "
        + Figures.factor(most)
        + ", all that "
        + threads(kind.to())
        + " can give. Points of one size stand beside each other.";
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static Line line(SpeedUp speedUp) {
    List<Dot> dots = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (SpeedUp.Place place : speedUp.places()) {
      double value = place.ratio().value();
      Optional<Interval> interval = place.ratio().interval();
      dots.add(
          new Dot(
              place.size(),
              value,
              interval.map(Interval::low).orElse(value),
              interval.map(Interval::high).orElse(value),
              Math.min(place.ratio().forks(), place.ratio().otherForks())));
      places.add(new Place(place.size(), value));
    }
    return new Line(speedUp.subject(), dots, places.size() > 1 ? places : List.of());
  }
}
