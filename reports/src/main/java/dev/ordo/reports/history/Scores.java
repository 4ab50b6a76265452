package dev.ordo.reports.history;

import java.util.Arrays;

/**
 * Values brought to a common scale, with odd ones drawn in: (y − median)/s, at most {@value #REACH}
 * in size, s = 1.4826 · the median of |y − median| (Huber's ψ; Huber, <i>Robust Statistics</i>,
 * 1981, section 4.3).
 *
 * <p>A single run ten times as slow then counts no more than one four standard deviations off, and
 * several in a row still say all that they have to say. Where more than half of the values are
 * equal, as counted bytes are, there is no scale to draw in to, and values stay as they are.
 */
final class Scores {

  private static final double REACH = 4;
  private static final double NORMAL = 1.4826;

  private Scores() {}

  /** Returns the scores of values; at least one value, all finite. */
  static double[] of(double[] values) {
    double median = median(values);
    double[] scores = Arrays.stream(values).map(value -> value - median).toArray();
    double scale = NORMAL * median(Arrays.stream(scores).map(Math::abs).toArray());
    if (scale > 0) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = Math.max(-REACH, Math.min(REACH, scores[i] / scale));
      }
    }
    return scores;
  }

  /** Returns the median of values, which are not modified; at least one. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
