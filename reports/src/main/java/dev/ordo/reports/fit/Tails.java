package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * The ends of many resampled values, in order: quantiles for intervals need no more, and sorting
 * all of them took a fifth of the time of an analysis. Selection is Hoare's (Find,
 * <i>Communications of the ACM</i> 4, 1961).
 */
final class Tails {

  private static final double PART = 0.03;

  private Tails() {}

  /** Puts the lowest and the highest 3 % of the values in their places, ascending. */
  static void order(double[] values) {
    int last = values.length - 1;
    int tail = (int) Math.ceil(PART * values.length);
    select(values, 0, last, tail);
    select(values, tail, last, last - tail);
    Arrays.sort(values, 0, tail + 1);
    Arrays.sort(values, last - tail, last + 1);
  }

  /**
   * Returns a quantile of values whose tails are in order.
   *
   * @throws IllegalArgumentException if the level is not within 3 % of 0 or of 1
   */
  static double quantile(double[] ordered, double level) {
    if (!(level <= PART || level >= 1 - PART)) {
      throw new IllegalArgumentException("level (" + level + ") must be in a tail of " + PART);
    }
    return ordered[(int) Math.round(level * (ordered.length + 1)) - 1];
  }

  /** Returns the median of values that are in order, at least one. */
  static double median(double[] ascending) {
    int half = ascending.length / 2;
    return ascending.length % 2 == 1
        ? ascending[half]
        : (ascending[half - 1] + ascending[half]) / 2;
  }

  /** Moves values so that the one of a rank is in its place, no larger one before it. */
  private static void select(double[] values, int first, int last, int rank) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = middle(values[low], values[(low + high) >>> 1], values[high]);
      int below = low;
      int above = high;
      int at = low;
      while (at <= above) {
        double value = values[at];
        if (value < pivot) {
          values[at++] = values[below];
          values[below++] = value;
        } else if (value > pivot) {
          values[at] = values[above];
          values[above--] = value;
        } else {
          at++;
        }
      }
      if (rank < below) {
        high = below - 1;
      } else if (rank > above) {
        low = above + 1;
      } else {
        return;
      }
    }
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
