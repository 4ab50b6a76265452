package dev.ordo.reports.chart;

import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.chart.ScalingChart.Range;

/** What a chart makes of the time, or the bytes, of an operation at a size. */
interface Measure {

  /** Returns the value to be shown; monotone in {@code value}. */
  double of(double size, double value);

  /** Returns a line of shown values; ends change places where more is less. */
  default Line of(Line line) {
    return new Line(
        line.subject(),
        line.dots().stream().map(this::of).toList(),
        line.curve().stream()
            .map(place -> new Place(place.size(), of(place.size(), place.value())))
            .toList(),
        line.band().stream().map(this::of).toList());
  }

  private Dot of(Dot dot) {
    double one = of(dot.size(), dot.low());
    double other = of(dot.size(), dot.high());
    return new Dot(
        dot.size(),
        of(dot.size(), dot.mean()),
        Math.min(one, other),
        Math.max(one, other),
        dot.forks(),
        dot.label());
  }

  private Range of(Range range) {
    double one = of(range.size(), range.low());
    double other = of(range.size(), range.high());
    return new Range(range.size(), Math.min(one, other), Math.max(one, other));
  }
}
