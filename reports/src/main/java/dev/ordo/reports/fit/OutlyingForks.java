package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forks that stand far from the other forks of their size.
 *
 * <p>At a size with three or more forks, at most one, when it is more than 6 robust standard
 * deviations and 5 % away from the size's median. The robust deviation is the median distance to
 * the size's median, the median forks themselves not counted, over 0.74, what it is for normal
 * noise: that over the whole series or that over the size and its neighbours, whichever is larger,
 * so that a noisy end of the range is no outlier.
 */
final class OutlyingForks {

  private static final int FEWEST = 3;
  private static final double DEVIATIONS = 6;
  private static final double LEAST = 0.05;
  private static final double NORMAL_DISTANCE = 0.74;

  private OutlyingForks() {}

  /**
   * Returns the forks without those that are outlying.
   *
   * @param forks shape (sizes, forks), each size by its means, ascending; not modified
   */
  static List<SteadyForks.Fork[]> without(List<SteadyForks.Fork[]> forks) {
    int m = forks.size();
    double[][] distances = new double[m][];
    for (int i = 0; i < m; i++) {
      distances[i] = distances(forks.get(i));
    }
    double overall = robustDeviation(distances, 0, m);
    List<SteadyForks.Fork[]> kept = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      double near = robustDeviation(distances, Math.max(0, i - 1), Math.min(m, i + 2));
      double limit = Math.max(LEAST, DEVIATIONS * Math.max(overall, near));
      kept.add(withoutOutlier(forks.get(i), limit));
    }
    return kept;
  }

  /** Returns how far forks are from the median of their size, ascending; none of fewer than 3. */
  private static double[] distances(SteadyForks.Fork[] sorted) {
    if (sorted.length < FEWEST) {
      return new double[0];
    }
    double median = median(sorted);
    double[] distances = new double[sorted.length];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(sorted[i].log() - median);
    }
    Arrays.sort(distances);
    // Of an odd number of forks one is the median, and says nothing of the spread.
    return Arrays.copyOfRange(distances, distances.length % 2, distances.length);
  }

  private static double robustDeviation(double[][] distances, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += distances[i].length;
    }
    if (count == 0) {
      return 0;
    }
    double[] all = new double[count];
    int next = 0;
    for (int i = from; i < to; i++) {
      System.arraycopy(distances[i], 0, all, next, distances[i].length);
      next += distances[i].length;
    }
    Arrays.sort(all);
    return Tails.median(all) / NORMAL_DISTANCE;
  }

  private static SteadyForks.Fork[] withoutOutlier(SteadyForks.Fork[] sorted, double limit) {
    int f = sorted.length;
    if (f < FEWEST) {
      return sorted;
    }
    double median = median(sorted);
    double below = median - sorted[0].log();
    double above = sorted[f - 1].log() - median;
    if (Math.max(below, above) <= limit) {
      return sorted;
    }
    return above >= below ? Arrays.copyOfRange(sorted, 0, f - 1) : Arrays.copyOfRange(sorted, 1, f);
  }

  private static double median(SteadyForks.Fork[] sorted) {
    int half = sorted.length / 2;
    double upper = sorted[half].log();
    return sorted.length % 2 == 1 ? upper : (sorted[half - 1].log() + upper) / 2;
  }
}
