package dev.ordo.reports.fit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Where the mean of a sequence changes: the segments that minimise the sum of squares about the
 * means of the segments plus a penalty for each change.
 *
 * <p>The minimum is exact, found by PELT (Killick, Fearnhead and Eckley 2012, <i>Journal of the
 * American Statistical Association</i> 107, section 3): dynamic programming over the last change,
 * with a candidate dropped once no later end can make it the best. With segments of a least length
 * ℓ, a candidate that is beaten at s is dropped from the end s + ℓ on and not before, for until
 * then s itself is no candidate. Time is linear in the length where changes are many, and at worst
 * quadratic; memory is linear.
 */
final class Segmentation {

  private Segmentation() {}

  /**
   * Returns where segments start, ascending, the first being 0.
   *
   * @param values shape (T); not modified
   * @param least the least length of a segment, positive; a sequence shorter than twice that is one
   *     segment
   * @param penalty what a change must save in squares, positive
   */
  static int[] starts(double[] values, int least, double penalty) {
    int n = values.length;
    if (n < 2 * least) {
      return new int[] {0};
    }
    double[] sums = new double[n + 1];
    double[] squares = new double[n + 1];
    for (int i = 0; i < n; i++) {
      // Centred, so that sums of squares do not cancel.
      double value = values[i] - values[0];
      sums[i + 1] = sums[i] + value;
      squares[i + 1] = squares[i] + value * value;
    }
    double[] cost = new double[n + 1];
    int[] last = new int[n + 1];
    int[] droppedFrom = new int[n + 1];
    Arrays.fill(droppedFrom, Integer.MAX_VALUE);
    Arrays.fill(cost, Double.POSITIVE_INFINITY);
    cost[0] = -penalty;
    int[] candidates = new int[n + 1];
    int count = 0;
    for (int end = least; end <= n; end++) {
      int fresh = end - least;
      if (Double.isFinite(cost[fresh])) {
        candidates[count++] = fresh;
      }
      int kept = 0;
      for (int c = 0; c < count; c++) {
        int start = candidates[c];
        if (droppedFrom[start] > end) {
          candidates[kept++] = start;
          double whole = cost[start] + cost(sums, squares, start, end) + penalty;
          if (whole < cost[end]) {
            cost[end] = whole;
            last[end] = start;
          }
        }
      }
      count = kept;
      for (int c = 0; c < count; c++) {
        int start = candidates[c];
        if (cost[start] + cost(sums, squares, start, end) >= cost[end]) {
          droppedFrom[start] = Math.min(droppedFrom[start], end + least);
        }
      }
    }
    Deque<Integer> starts = new ArrayDeque<>();
    for (int end = n; end > 0; end = last[end]) {
      starts.addFirst(last[end]);
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double cost(double[] sums, double[] squares, int from, int to) {
    double sum = sums[to] - sums[from];
    return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
  }
}
