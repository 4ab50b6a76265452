package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How well the exponent of a series is known so far, and what makes it uncertain.
 *
 * @param exponent the exponent with the 95 % interval that a report gives
 * @param deviations the standard deviation of a single fork at each size, relative, as forks tell
 *     it; with one fork a size as the scatter about a line does
 * @param degrees its degrees of freedom
 * @param bent whether sizes scatter about a line by more than forks explain (F, 99 %): the interval
 *     then stems from the bend, and further forks hardly narrow it
 * @param noise how the noise of forks splits; empty with one fork a size or one iteration a fork
 */
public record Standing(
    Interval exponent,
    List<Double> deviations,
    int degrees,
    boolean bent,
    Optional<NoiseSplit> noise) {

  /** The level of the F test that finds a bend. */
  private static final double BENT = 0.99;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a deviation or the degrees of freedom are negative
   */
  public Standing {
    Objects.requireNonNull(exponent, "exponent");
    Objects.requireNonNull(noise, "noise");
    deviations = List.copyOf(deviations);
    for (double deviation : deviations) {
      if (!(deviation >= 0)) {
        throw new IllegalArgumentException("deviation (" + deviation + ") must not be negative");
      }
    }
    if (degrees < 0) {
      throw new IllegalArgumentException("degrees (" + degrees + ") must not be negative");
    }
  }

  static Standing of(Observations data, Interval exponent) {
    PowerFit line = PowerFit.of(data.sizes(), data.logs(), data.weights());
    int degrees = data.count() - 2;
    boolean repeated = data.forkDegrees() > 0;
    boolean bent =
        repeated
            && line.squares() / degrees
                > data.forkVariance()
                    / data.meanForks()
                    * Observations.quantileOfF(BENT, degrees, data.forkDegrees());
    double ofFork = repeated ? data.forkVariance() : line.squares() / degrees;
    return new Standing(
        exponent,
        Arrays.stream(data.scales()).mapToObj(scale -> scale * Math.sqrt(ofFork)).toList(),
        repeated ? data.forkDegrees() : degrees,
        bent,
        data.summary().noise());
  }

  /** Returns half the width of the exponent's interval. */
  public double halfWidth() {
    return (exponent.high() - exponent.low()) / 2;
  }
}
