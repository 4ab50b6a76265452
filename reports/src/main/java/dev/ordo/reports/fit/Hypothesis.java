package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a machine may have done to a series beside its law: nothing, one size off the curve, or one
 * step from a size on, as at the edge of a cache.
 *
 * @param weight how likely it is beforehand
 * @param first the first size that is off; the number of sizes where none is
 * @param last the size after the last that is off
 * @param lasting whether what is off stays so beyond the range
 * @param deviation the standard deviation, beforehand, of how far the logarithm is off
 */
record Hypothesis(double weight, int first, int last, boolean lasting, double deviation) {

  private static final double BAD_SIZE = 0.10;
  private static final double STEP = 0.20;
  private static final double BAD_SIZE_DEVIATION = 0.4;
  private static final double STEP_DEVIATION = 0.25;

  /** Returns all hypotheses about so many sizes; their weights add up to 1. */
  static List<Hypothesis> all(int sizes) {
    List<Hypothesis> all = new ArrayList<>();
    all.add(new Hypothesis(1 - BAD_SIZE - STEP, sizes, sizes, false, 0));
    for (int i = 0; i < sizes; i++) {
      all.add(new Hypothesis(BAD_SIZE / sizes, i, i + 1, false, BAD_SIZE_DEVIATION));
    }
    for (int i = 1; i < sizes; i++) {
      all.add(new Hypothesis(STEP / (sizes - 1), i, sizes, true, STEP_DEVIATION));
    }
    return all;
  }
}
