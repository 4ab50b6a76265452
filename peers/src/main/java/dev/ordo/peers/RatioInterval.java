package dev.ordo.peers;

import java.util.Arrays;

/**
 * A ratio of medians with a distribution-free interval.
 *
 * <p>The interval is that of Hodges and Lehmann for a shift of logarithms: of all ratios of one
 * sample's values to the other's, sorted, the k-th from either end, where k is the largest number
 * whose Mann-Whitney tail keeps the confidence. It assumes that the values are independent and that
 * the two distributions differ by a factor alone. The ratio of medians of odd samples is always
 * inside. Source: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods (3rd edition,
 * 2014), section 4.3.
 *
 * @param ratio median of the first over median of the second
 * @param low lower bound; NaN where the samples are too small for the confidence
 * @param high upper bound; NaN likewise
 */
record RatioInterval(double ratio, double low, double high) {

  private static final double TAIL = 0.025;

  /**
   * Compares two samples at a confidence of at least 95 %.
   *
   * @param over positive values, not modified; four in each sample are the fewest with an interval
   * @param under positive values, not modified
   * @throws IllegalArgumentException if a sample is empty
   */
  static RatioInterval of(double[] over, double[] under) {
    double ratio = median(over) / median(under);
    int skipped = skipped(over.length, under.length);
    if (skipped < 0) {
      return new RatioInterval(ratio, Double.NaN, Double.NaN);
    }
    double[] ratios =
        Arrays.stream(over).flatMap(a -> Arrays.stream(under).map(b -> a / b)).sorted().toArray();
    return new RatioInterval(ratio, ratios[skipped], ratios[ratios.length - 1 - skipped]);
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

  /** Returns the largest u with P(U ≤ u) ≤ {@link #TAIL} for equal distributions, −1 if none. */
  private static int skipped(int m, int n) {
    // orders[j][u]: arrangements of i values of the one and j of the other sample with U = u.
    double[][] orders = new double[n + 1][m * n + 1];
    for (double[] none : orders) {
      none[0] = 1;
    }
    for (int i = 1; i <= m; i++) {
      double[][] next = new double[n + 1][m * n + 1];
      next[0][0] = 1;
      for (int j = 1; j <= n; j++) {
        for (int u = 0; u <= i * j; u++) {
          next[j][u] = (u >= j ? orders[j][u - j] : 0) + next[j - 1][u];
        }
      }
      orders = next;
    }
    double all = Arrays.stream(orders[n]).sum();
    double tail = 0;
    int u = -1;
    while (u + 1 <= m * n && tail + orders[n][u + 1] <= TAIL * all) {
      u++;
      tail += orders[n][u];
    }
    return u;
  }
}
