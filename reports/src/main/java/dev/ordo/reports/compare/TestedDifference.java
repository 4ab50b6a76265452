package dev.ordo.reports.compare;

import dev.ordo.reports.fit.Interval;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A weighted sum of measured differences with its standard error: Student's t with the degrees of
 * freedom of Satterthwaite (1946, <i>Biometrics Bulletin</i> 2).
 *
 * @param estimate the sum
 * @param error its standard error; 0 where nothing varies
 * @param degrees the degrees of freedom behind the error; above {@value #MANY} the normal law is
 *     near enough
 */
public record TestedDifference(double estimate, double error, double degrees) {

  private static final double MANY = 1e4;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the error is negative or there are no degrees of freedom
   */
  public TestedDifference {
    if (!(error >= 0) || Double.isNaN(estimate)) {
      throw new IllegalArgumentException(
          "estimate (" + estimate + ") and error (" + error + ") must be numbers, the error ≥ 0");
    }
    if (!(degrees > 0)) {
      throw new IllegalArgumentException("degrees (" + degrees + ") must be positive");
    }
  }

  /** Returns the interval of a confidence in 0 … 1, exclusive. */
  public Interval interval(double confidence) {
    double reach = error == 0 ? 0 : error * quantile((1 + confidence) / 2);
    return new Interval(estimate, estimate - reach, estimate + reach, confidence);
  }

  /**
   * Returns the two-sided probability of an estimate this far from zero, were the true value as far
   * as a margin; 1 where it is nearer.
   *
   * @param margin 0 or more
   */
  public double probability(double margin) {
    double beyond = Math.abs(estimate) - margin;
    if (beyond <= 0) {
      return 1;
    }
    return error == 0 ? 0 : Math.min(1, 2 * tail(beyond / error));
  }

  private double quantile(double level) {
    return degrees > MANY
        ? new NormalDistribution(null, 0, 1).inverseCumulativeProbability(level)
        : new TDistribution(null, degrees).inverseCumulativeProbability(level);
  }

  private double tail(double t) {
    return degrees > MANY
        ? new NormalDistribution(null, 0, 1).cumulativeProbability(-t)
        : new TDistribution(null, degrees).cumulativeProbability(-t);
  }
}
