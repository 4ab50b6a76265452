package dev.ordo.peers;

import java.util.Arrays;

/**
 * The median of ratios, one from each fork, with a distribution-free interval.
 *
 * <p>The interval reaches from the k-th smallest to the k-th largest ratio, where k is the largest
 * number for which a fair coin shows fewer than k heads in as many throws as there are ratios at
 * most once in 40 times. It assumes that forks are independent and nothing else. Source: Hollander,
 * Wolfe and Chicken, Nonparametric Statistical Methods (3rd edition, 2014), section 3.6.
 *
 * @param ratio the median
 * @param low lower bound; NaN where there are too few ratios for the confidence
 * @param high upper bound; NaN likewise
 */
record RatioInterval(double ratio, double low, double high) {

  private static final double TAIL = 0.025;

  /**
   * Finds the interval at a confidence of at least 95 %.
   *
   * @param ratios positive values, not modified; six are the fewest with an interval
   * @throws IllegalArgumentException if there are none
   */
  static RatioInterval of(double[] ratios) {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    int skipped = skipped(sorted.length);
    return skipped < 0
        ? new RatioInterval(median(sorted), Double.NaN, Double.NaN)
        : new RatioInterval(median(sorted), sorted[skipped], sorted[sorted.length - 1 - skipped]);
  }

  /**
   * Returns the median.
   *
   * @throws IllegalArgumentException if there are no values
   */
  static double median(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values (0) must not be empty");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns the largest k with P(at most k heads of n) ≤ {@link #TAIL}, −1 if there is none. */
  private static int skipped(int n) {
    double heads = Math.pow(0.5, n);
    double tail = heads;
    int k = -1;
    while (tail <= TAIL) {
      k++;
      heads *= (n - k) / (k + 1.0);
      tail += heads;
    }
    return k;
  }
}
