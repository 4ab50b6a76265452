package dev.ordo.reports.compare;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How two results are compared.
 *
 * @param margin the relative change that is too small to be called one, 0.05 for 5 %; if absent it
 *     is derived from the noise of both results
 * @param alpha the level: intervals have the confidence 1 − alpha, and of the differences found in
 *     a suite a share of at most alpha is expected to be false
 * @param correction the rule for the suite; if absent it is Benjamini–Hochberg for one metric and
 *     Benjamini–Yekutieli for several
 * @param metrics the metrics to compare; if empty the one selected in the base
 * @param resamples the number of resamples behind each interval
 * @param seed the seed of all resampling
 */
public record ComparisonOptions(
    OptionalDouble margin,
    double alpha,
    Optional<FalseDiscovery> correction,
    List<String> metrics,
    int resamples,
    long seed) {

  /** A derived margin, a level of 5 %, one metric, 2999 resamples, seed 1. */
  public static final ComparisonOptions DEFAULT =
      new ComparisonOptions(OptionalDouble.empty(), 0.05, Optional.empty(), List.of(), 2999, 1);

  private static final int FEWEST_RESAMPLES = 199;
  private static final double LARGEST_ALPHA = 0.5;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the margin is negative or not finite, alpha is not above 0
   *     and at most 0.5, or there are fewer than 199 resamples
   */
  public ComparisonOptions {
    Objects.requireNonNull(margin, "margin");
    Objects.requireNonNull(correction, "correction");
    metrics = List.copyOf(metrics);
    if (margin.isPresent() && !(margin.getAsDouble() >= 0 && margin.getAsDouble() < 1e6)) {
      throw new IllegalArgumentException(
          "margin (" + margin.getAsDouble() + ") must be 0 or more and below 10⁶");
    }
    if (!(alpha > 0 && alpha <= LARGEST_ALPHA)) {
      throw new IllegalArgumentException("alpha (" + alpha + ") must be above 0 and at most 0.5");
    }
    if (resamples < FEWEST_RESAMPLES) {
      throw new IllegalArgumentException(
          "resamples (" + resamples + ") must be at least " + FEWEST_RESAMPLES);
    }
  }

  /** Returns the same options with a given margin, 0.05 for 5 %. */
  public ComparisonOptions withMargin(double given) {
    return new ComparisonOptions(
        OptionalDouble.of(given), alpha, correction, metrics, resamples, seed);
  }

  /** Returns the same options with another level. */
  public ComparisonOptions withAlpha(double other) {
    return new ComparisonOptions(margin, other, correction, metrics, resamples, seed);
  }

  /** Returns the same options with a given rule for the suite. */
  public ComparisonOptions withCorrection(FalseDiscovery given) {
    return new ComparisonOptions(margin, alpha, Optional.of(given), metrics, resamples, seed);
  }

  /** Returns the same options with other metrics. */
  public ComparisonOptions withMetrics(List<String> others) {
    return new ComparisonOptions(margin, alpha, correction, others, resamples, seed);
  }

  /** Returns the same options with another number of resamples. */
  public ComparisonOptions withResamples(int other) {
    return new ComparisonOptions(margin, alpha, correction, metrics, other, seed);
  }

  /** Returns the same options with another seed. */
  public ComparisonOptions withSeed(long other) {
    return new ComparisonOptions(margin, alpha, correction, metrics, resamples, other);
  }
}
