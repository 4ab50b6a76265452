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
    List<double[]> logs =
        forks.stream()
            .map(ofSize -> Arrays.stream(ofSize).mapToDouble(SteadyForks.Fork::log).toArray())
            .toList();
    double overall = robustDeviation(logs);
    List<SteadyForks.Fork[]> kept = new ArrayList<>();
    for (int i = 0; i < logs.size(); i++) {
      List<double[]> near = logs.subList(Math.max(0, i - 1), Math.min(logs.size(), i + 2));
      double deviation = Math.max(overall, robustDeviation(near));
      kept.add(withoutOutlier(forks.get(i), Math.max(LEAST, DEVIATIONS * deviation)));
    }
    return kept;
  }

  private static double robustDeviation(List<double[]> logs) {
    double[] distances =
        logs.stream()
            .filter(fork -> fork.length >= 3)
            .flatMapToDouble(
                fork -> {
                  double median = median(fork);
                  // Of an odd number of forks one is the median, and says nothing of the spread.
                  return Arrays.stream(fork)
                      .map(log -> Math.abs(log - median))
                      .sorted()
                      .skip(fork.length % 2);
                })
            .sorted()
            .toArray();
    return distances.length == 0 ? 0 : median(distances) / NORMAL_DISTANCE;
  }

  private static SteadyForks.Fork[] withoutOutlier(SteadyForks.Fork[] sorted, double limit) {
    int f = sorted.length;
    if (f < 3) {
      return sorted;
    }
    double median = median(Arrays.stream(sorted).mapToDouble(SteadyForks.Fork::log).toArray());
    double below = median - sorted[0].log();
    double above = sorted[f - 1].log() - median;
    if (Math.max(below, above) <= limit) {
      return sorted;
    }
    return above >= below ? Arrays.copyOfRange(sorted, 0, f - 1) : Arrays.copyOfRange(sorted, 1, f);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
