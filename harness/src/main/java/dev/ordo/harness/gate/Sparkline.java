package dev.ordo.harness.gate;

import java.util.List;

/** Ratios along the sizes as a line of blocks. */
final class Sparkline {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  /** Half a doubling either way fills the height; larger changes stretch it. */
  private static final double LEAST_RANGE = Math.log(Math.sqrt(2));

  private Sparkline() {}

  /**
   * Returns one block for each ratio, 1 in the middle, on a logarithmic scale.
   *
   * @param ratios positive; an infinite one is as high as can be
   */
  static String of(List<Double> ratios) {
    double most = LEAST_RANGE;
    for (double ratio : ratios) {
      double log = Math.abs(Math.log(ratio));
      most = Double.isFinite(log) ? Math.max(most, log) : most;
    }
    StringBuilder line = new StringBuilder();
    for (double ratio : ratios) {
      double place = (Math.log(ratio) / most + 1) / 2 * (BLOCKS.length() - 1);
      int index = (int) Math.round(Math.max(0, Math.min(BLOCKS.length() - 1.0, place)));
      line.append(BLOCKS.charAt(index));
    }
    return line.toString();
  }
}
