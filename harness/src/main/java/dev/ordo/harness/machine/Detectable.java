package dev.ordo.harness.machine;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The smallest change that a comparison of forks finds as often as it should.
 *
 * <p>Two results of k forks each are compared by Student's test on the logarithms of the forks'
 * means, with ν = 2(k − 1) degrees of freedom. With σ the deviation of these and δ = ln r the
 * change, the statistic has a noncentral t distribution with the parameter λ = δ/(σ·√(2/k)) and the
 * power is
 *
 * <pre>
 *   ∫ f(v)·[Φ(λ − t·√(v/ν)) + Φ(−λ − t·√(v/ν))] dv,
 * </pre>
 *
 * f the density of χ² with ν degrees of freedom, t the quantile of the two-sided test (Johnson,
 * Kotz &amp; Balakrishnan 1995, <i>Continuous Univariate Distributions</i> 2, chapter 31). σ is
 * taken for known, though it comes from a few forks itself; a test whose noise is judged from more
 * than these forks, as that of {@code ordo compare} is, finds smaller changes.
 */
public final class Detectable {

  private static final int CELLS = 400;
  private static final double LARGEST = 1e3;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private Detectable() {}

  /**
   * Returns the smallest ratio above 1 that is found with a power.
   *
   * @param noise the deviation of logarithms of forks' means, not negative
   * @param forks the number of forks on each side, at least 2
   * @param alpha the rate of false alarms, in 0 … 1, exclusive
   * @param power how often the change is to be found, between alpha and 1
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static double ratio(double noise, int forks, double alpha, double power) {
    if (!(noise >= 0)) {
      throw new IllegalArgumentException("noise (" + noise + ") must not be negative");
    }
    if (forks < 2) {
      throw new IllegalArgumentException("forks (" + forks + ") must be at least 2");
    }
    if (!(alpha > 0 && alpha < power && power < 1)) {
      throw new IllegalArgumentException(
          "alpha (" + alpha + ") and power (" + power + ") must be in (0, 1) and ascend");
    }
    double[] reaches = reaches(2 * (forks - 1), alpha);
    double low = 0;
    double high = LARGEST;
    while (high - low > 1e-9 * high) {
      double middle = (low + high) / 2;
      if (power(middle, reaches) < power) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.exp(high * noise * Math.sqrt(2.0 / forks));
  }

  /**
   * Returns how often a change is found.
   *
   * @param shift λ, the change in standard errors
   */
  static double power(double shift, int degrees, double alpha) {
    return power(shift, reaches(degrees, alpha));
  }

  private static double power(double shift, double[] reaches) {
    double sum = 0;
    for (double reach : reaches) {
      sum += NORMAL.cumulativeProbability(shift - reach);
      sum += NORMAL.cumulativeProbability(-shift - reach);
    }
    return sum / reaches.length;
  }

  /** Returns t·√(v/ν) in the middle of cells of v that are equally probable. */
  private static double[] reaches(int degrees, double alpha) {
    double quantile = new TDistribution(null, degrees).inverseCumulativeProbability(1 - alpha / 2);
    ChiSquaredDistribution chi = new ChiSquaredDistribution(null, degrees);
    double[] reaches = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      double v = chi.inverseCumulativeProbability((i + 0.5) / CELLS);
      reaches[i] = quantile * Math.sqrt(v / degrees);
    }
    return reaches;
  }
}
