package dev.ordo.reports.history;

import java.util.Arrays;

/** The stretches of runs over which a {@link Shift} is sought. */
final class Stretches {

  /** From so many runs on, stretches are fewer: what they miss is long, and seen all the same. */
  private static final int MANY = 400;

  private final int[] from;
  private final int[] to;
  private final double[] weights;

  private Stretches(int n, int[] from, int[] to) {
    this.from = from;
    this.to = to;
    this.weights = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      double m = to[i] - from[i];
      weights[i] = n / (m * (n - m));
    }
  }

  /** Returns all beginnings of n runs that leave enough on both sides. */
  static Stretches beginnings(int n) {
    int count = n - 2 * Shift.FEWEST + 1;
    int[] to = new int[count];
    Arrays.setAll(to, i -> i + Shift.FEWEST);
    return new Stretches(n, new int[count], to);
  }

  /** Returns stretches of n runs with enough runs before and behind them; none of few runs. */
  static Stretches inner(int n) {
    int[] from = new int[8 * n];
    int[] to = new int[8 * n];
    int count = 0;
    int longest = n - 2 * Shift.FEWEST;
    double longer = n < MANY ? 1.25 : 1.5;
    int offsets = n < MANY ? 8 : 4;
    for (int m = Shift.FEWEST; m <= longest; m = Math.max(m + 1, (int) (m * longer))) {
      for (int i = Shift.FEWEST; i + m <= n - Shift.FEWEST; i += Math.max(1, m / offsets)) {
        if (count == from.length) {
          from = Arrays.copyOf(from, 2 * count);
          to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = i;
        to[count] = i + m;
        count++;
      }
    }
    return new Stretches(n, Arrays.copyOf(from, count), Arrays.copyOf(to, count));
  }

  int count() {
    return from.length;
  }

  int from(int index) {
    return from[index];
  }

  int to(int index) {
    return to[index];
  }

  /** Returns n/(m(n − m)) of a stretch of m runs. */
  double weight(int index) {
    return weights[index];
  }

  /** Returns whether the sum of any stretch, squared and weighted, is as large as a limit. */
  boolean reach(double[] prefix, double limit) {
    for (int i = 0; i < from.length; i++) {
      double sum = prefix[to[i]] - prefix[from[i]];
      if (sum * sum * weights[i] >= limit) {
        return true;
      }
    }
    return false;
  }
}
