package dev.ordo.reports.fit;

/**
 * How flat a series is that may be constant.
 *
 * <p>Slopes are exponents over the measured range. The slope of a line is not enough to bound the
 * growth: a law in the set that bends up at the end grows more than its line.
 */
final class Flatness {

  private static final double LARGEST_STEP = 2;

  private final Observations data;
  private final Plausible plausible;
  private final double bent;

  Flatness(Observations data, Plausible plausible) {
    this.data = data;
    this.plausible = plausible;
    bent =
        plausible.laws().values().stream()
            .mapToDouble(fit -> fit.at(data.largest()) / fit.at(data.sizes()[0]))
            .map(ratio -> Math.log(ratio) / Math.log(data.range()))
            .max()
            .orElse(0);
  }

  /** Returns the steepest slope, up or down, that an interval and the laws of the set allow. */
  double steepest(Interval exponent) {
    return Math.max(-exponent.low(), steepestGrowth(exponent));
  }

  /** Returns the steepest slope upwards that an interval and the laws of the set allow. */
  double steepestGrowth(Interval exponent) {
    return Math.max(exponent.high(), bent);
  }

  /** Returns by which part a slope changes the value over the range. */
  double change(double slope) {
    return Math.expm1(slope * Math.log(data.range()));
  }

  /** Returns how many times narrower an interval must be so that a slope changes so little. */
  double excess(double slope, double change) {
    return slope * Math.log(data.range()) / Math.log1p(change);
  }

  /**
   * Returns whether two levels, less than a factor of two apart, explain the series: a cache step
   * looks so, and no law of growth follows from it.
   */
  boolean isOneStep() {
    int m = data.count();
    for (int split = 1; split < m; split++) {
      Level below = level(0, split);
      Level above = level(split, m);
      if (Math.abs(above.mean - below.mean) < Math.log(LARGEST_STEP)
          && plausible.explains(below.squares + above.squares, m - 2)) {
        return true;
      }
    }
    return false;
  }

  /** The mean logarithm of some sizes, and the weighted sum of squares about it. */
  private record Level(double mean, double squares) {}

  private Level level(int from, int to) {
    double total = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      total += data.weights()[i];
      sum += data.weights()[i] * data.logs()[i];
    }
    double mean = sum / total;
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += data.weights()[i] * (data.logs()[i] - mean) * (data.logs()[i] - mean);
    }
    return new Level(mean, squares);
  }
}
