package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The slope d log t / d log n between neighbouring sizes.
 *
 * <p>It is the slope of the line through the logarithms of two sizes; where these are less than a
 * factor of √2 apart, of as many as span it, since a slope over a short way is mostly noise. The
 * interval has Student's t and the variance between forks, pooled over all sizes: the slope's
 * variance is s²/f̄ over the leverage of its sizes. It knows nothing of steps.
 *
 * @param from the smallest size
 * @param to the largest size
 * @param value the slope
 * @param interval its 95 % interval; absent where no size has two forks
 */
public record LocalExponent(double from, double to, double value, Optional<Interval> interval) {

  private static final double NARROWEST = Math.sqrt(2) * (1 - 1e-9);

  /** Checks that every part is there. */
  public LocalExponent {
    Objects.requireNonNull(interval, "interval");
  }

  /** Returns the geometric middle of the sizes, at which the slope is drawn. */
  public double middle() {
    return Math.sqrt(from * to);
  }

  /** Returns the slopes along a series; empty with one size. */
  static List<LocalExponent> of(Observations data) {
    List<LocalExponent> slopes = new ArrayList<>();
    int reached = 0;
    for (int first = 0; reached < data.count() - 1; first++) {
      int last = first + 1;
      while (last < data.count() - 1 && data.sizes()[last] / data.sizes()[first] < NARROWEST) {
        last++;
      }
      // Near the end the way may be too short: it then begins earlier.
      int begin = first;
      while (begin > 0 && data.sizes()[last] / data.sizes()[begin] < NARROWEST) {
        begin--;
      }
      slopes.add(between(data, begin, last));
      reached = last;
    }
    return List.copyOf(slopes);
  }

  private static LocalExponent between(Observations data, int first, int last) {
    PowerFit line =
        PowerFit.of(
            Arrays.copyOfRange(data.sizes(), first, last + 1),
            Arrays.copyOfRange(data.logs(), first, last + 1),
            Arrays.copyOfRange(data.weights(), first, last + 1));
    double slope = line.exponent();
    Optional<Interval> interval = Optional.empty();
    if (data.forkDegrees() > 0) {
      double level = (1 + Exponent.CONFIDENCE) / 2;
      double reach =
          data.deviation()
              / Math.sqrt(line.leverage())
              * Observations.quantileOfT(level, data.forkDegrees());
      interval =
          Optional.of(new Interval(slope, slope - reach, slope + reach, Exponent.CONFIDENCE));
    }
    return new LocalExponent(data.sizes()[first], data.sizes()[last], slope, interval);
  }
}
