package dev.ordo.reports.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Half the mean squares of differences of runs at growing lags, σ²(1 − ρⱼ), as parts of the
 * variance (Cressie, <i>Statistics for Spatial Data</i>, 1993, section 2.4).
 *
 * <p>No mean is removed, which would hide what is slow, and pairs on two sides of a suspected
 * change are left out, so that the change itself is not taken for dependence.
 */
final class Variogram {

  private static final int[] LAGS = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32};
  private static final int FEWEST = 8;

  /** The statistic of a suspected change: one that independent runs show in 0.2 % of cases. */
  private static final double SUSPICIOUS = 16;

  private static final int SHORTEST_PIECE = 5;

  private final double[] halves;
  private final double[] weights;

  private Variogram(double[] halves, double[] weights) {
    this.halves = halves;
    this.weights = weights;
  }

  /** Returns the lag of an index. */
  static int lag(int index) {
    return LAGS[index];
  }

  /** Returns the number of lags. */
  int count() {
    return halves.length;
  }

  /** Returns half the mean square of differences at the lag of an index; the variance is 1. */
  double half(int index) {
    return halves[index];
  }

  /** Returns the weight at the lag of an index: the number of pairs that are not about the same. */
  double weight(int index) {
    return weights[index];
  }

  /**
   * Returns the dependence that it shows: none where the correlation at lag 1 is not above what
   * independent runs show by chance.
   *
   * @param errors how many standard errors it must be
   */
  Dependence dependence(double errors) {
    boolean clear = 1 - halves[0] >= errors / Math.sqrt(weights[0]);
    return clear ? Dependence.of(this) : Dependence.NONE;
  }

  /**
   * Returns the variogram of values.
   *
   * @param values in the order of runs; not modified
   * @param from where an odd stretch begins that pairs do not leave
   * @param to where it ends; {@code from} where there is none
   * @return absent with fewer than {@value #FEWEST} values, or where nothing varies
   */
  static Optional<Variogram> of(double[] values, int from, int to) {
    int n = values.length;
    if (n < FEWEST) {
      return Optional.empty();
    }
    int[] pieces = new int[n];
    Arrays.fill(pieces, from, to, 1);
    Arrays.fill(pieces, to, n, from == to ? 0 : 2);
    int last = 2;
    last = cut(values, 0, from, pieces, last);
    last = cut(values, from, to, pieces, last);
    cut(values, to, n, pieces, last);
    double variance = within(values, pieces);
    int count = 0;
    while (count < LAGS.length && LAGS[count] <= n / 4) {
      count++;
    }
    double[] halves = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      int pairs = 0;
      for (int t = LAGS[i]; t < n; t++) {
        if (pieces[t] == pieces[t - LAGS[i]]) {
          double difference = values[t] - values[t - LAGS[i]];
          sum += difference * difference;
          pairs++;
        }
      }
      halves[i] = pairs == 0 ? 1 : sum / (2 * pairs * variance);
      weights[i] = (double) pairs / LAGS[i];
    }
    return variance > 0 && weights[0] > 0
        ? Optional.of(new Variogram(halves, weights))
        : Optional.empty();
  }

  /** Returns the mean of several, each weighted by what it knows; at least one. */
  static Variogram mean(List<Variogram> all) {
    int count = all.stream().mapToInt(Variogram::count).max().orElseThrow();
    double[] halves = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      List<Double> known = new ArrayList<>();
      for (Variogram one : all) {
        if (i < one.count() && one.weight(i) > 0) {
          known.add(one.half(i));
          weights[i] += one.weight(i);
        }
      }
      halves[i] = known.isEmpty() ? 1 : Scores.median(known.stream().mapToDouble(h -> h).toArray());
    }
    return new Variogram(halves, weights);
  }

  /**
   * Cuts a stretch in two for as long as its parts differ suspiciously; returns the last number.
   */
  private static int cut(double[] values, int from, int to, int[] pieces, int last) {
    int n = to - from;
    if (n < 2 * SHORTEST_PIECE) {
      return last;
    }
    double mean = 0;
    for (int i = from; i < to; i++) {
      mean += values[i] / n;
    }
    double squares = squares(values, from, to);
    double sum = 0;
    double most = 0;
    int place = from;
    for (int k = 1; k <= n - SHORTEST_PIECE; k++) {
      sum += values[from + k - 1] - mean;
      double explained = sum * sum * n / ((double) k * (n - k));
      if (k >= SHORTEST_PIECE && explained > most) {
        most = explained;
        place = from + k;
      }
    }
    if (most * (n - 2) <= SUSPICIOUS * (squares - most) || most == 0) {
      return last;
    }
    Arrays.fill(pieces, place, to, last + 1);
    return cut(values, place, to, pieces, cut(values, from, place, pieces, last + 1));
  }

  private static double within(double[] values, int[] pieces) {
    double squares = 0;
    int degrees = 0;
    int from = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || pieces[i] != pieces[from]) {
        squares += squares(values, from, i);
        degrees += i - from - 1;
        from = i;
      }
    }
    return degrees == 0 ? 0 : squares / degrees;
  }

  private static double squares(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    double mean = sum / (to - from);
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return squares;
  }
}
