package dev.ordo.reports.fit;

/**
 * A value with a confidence interval.
 *
 * @param value the point estimate
 * @param low the lower end
 * @param high the upper end
 * @param confidence the confidence level, in 0 … 1, exclusive
 */
public record Interval(double value, double low, double high, double confidence) {

  /**
   * Checks the order of the ends.
   *
   * @throws IllegalArgumentException if an end is NaN, if {@code low > high}, or if the level is
   *     not between 0 and 1
   */
  public Interval {
    if (!(low <= high) || Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "interval " + value + " [" + low + ", " + high + "] must be ordered");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence (" + confidence + ") must be in (0, 1)");
    }
  }

  /** Returns whether the interval holds {@code x}, ends included. */
  public boolean contains(double x) {
    return low <= x && x <= high;
  }
}
