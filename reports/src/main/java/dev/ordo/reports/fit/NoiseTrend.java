package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * How the noise between forks changes with the size: a straight line of ln σᵢ² over ln nᵢ.
 *
 * <p>The variance sᵢ² between the fᵢ forks of a size is σᵢ² χ²/νᵢ with νᵢ = fᵢ − 1 degrees of
 * freedom, a gamma variable, so the slope γ is that of a generalised linear model with logarithmic
 * link:
 *
 * <pre>
 *   Σ νᵢ (xᵢ − x̄) (sᵢ²/σᵢ² − 1) = 0,   σᵢ² = exp(α + γ (xᵢ − x̄)),   var γ = 2 / Σ νᵢ (xᵢ − x̄)²
 * </pre>
 *
 * (McCullagh and Nelder, <i>Generalized Linear Models</i>, 1989, chapter 8), solved by halving. Two
 * to five forks a size tell it badly, and noise with heavy tails looks like a trend, so γ is shrunk
 * by the factor max(0, 1 − {@value #CAUTION} var γ/γ²), which makes it zero more often than not
 * where there is none.
 */
final class NoiseTrend {

  private static final double CAUTION = 2;
  private static final double STEEPEST = 4;
  private static final int HALVINGS = 30;

  private NoiseTrend() {}

  /**
   * Returns the standard deviation of a fork at each size over that of the pooled forks; all 1
   * where no trend is seen.
   *
   * @param sizes shape (m); not modified
   * @param squares shape (m), sums of squares of the forks about the mean of their size
   * @param forks shape (m)
   */
  static double[] scales(double[] sizes, double[] squares, int[] forks) {
    int m = sizes.length;
    double[] scales = new double[m];
    Arrays.fill(scales, 1);
    double degrees = -m;
    double total = 0;
    for (int i = 0; i < m; i++) {
      degrees += forks[i];
      total += squares[i];
    }
    double[] x = new double[m];
    double centre = 0;
    for (int i = 0; i < m; i++) {
      x[i] = Math.log(sizes[i]);
      centre += (forks[i] - 1) * x[i] / degrees;
    }
    double information = 0;
    for (int i = 0; i < m; i++) {
      x[i] -= centre;
      information += (forks[i] - 1) * x[i] * x[i] / 2;
    }
    if (!(degrees > 0) || !(total > 0) || !(information > 0)) {
      return scales;
    }
    double slope = slope(x, squares);
    double kept = slope * Math.max(0, 1 - CAUTION / (information * slope * slope));
    if (kept == 0) {
      return scales;
    }
    double mean = 0;
    for (int i = 0; i < m; i++) {
      scales[i] = Math.exp(kept * x[i]);
      mean += (forks[i] - 1) * scales[i] / degrees;
    }
    for (int i = 0; i < m; i++) {
      scales[i] = Math.sqrt(scales[i] / mean);
    }
    return scales;
  }

  /**
   * Solves the equation by halving an interval: with α at its best the left side is, but for a
   * positive factor, the mean of xᵢ − x̄ with weights νᵢsᵢ²·exp(−γ(xᵢ − x̄)), which falls with γ.
   */
  private static double slope(double[] x, double[] squares) {
    double low = -STEEPEST;
    double high = STEEPEST;
    for (int step = 0; step < HALVINGS; step++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += squares[i] * x[i] * Math.exp(-middle * x[i]);
      }
      if (sum > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
