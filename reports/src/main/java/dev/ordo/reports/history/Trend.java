package dev.ordo.reports.history;

import java.util.Objects;

/** The values of one cell or exponent over the runs of a history. */
public final class Trend {

  private final TrendKey key;
  private final int[] runs;
  private final double[] values;

  /**
   * Makes a trend.
   *
   * @param key what it is the trend of
   * @param runs places in the list of runs, ascending; copied
   * @param values the value of each of these runs, finite; copied
   * @throws IllegalArgumentException if the arrays differ in length, runs do not ascend or a value
   *     is not finite
   */
  public Trend(TrendKey key, int[] runs, double[] values) {
    this.key = Objects.requireNonNull(key, "key");
    this.runs = runs.clone();
    this.values = values.clone();
    if (runs.length != values.length) {
      throw new IllegalArgumentException(
          "values (" + values.length + ") must be as many as runs (" + runs.length + ")");
    }
    for (int i = 0; i < runs.length; i++) {
      if (runs[i] < 0 || (i > 0 && runs[i] <= runs[i - 1])) {
        throw new IllegalArgumentException("run (" + runs[i] + ") must ascend from 0");
      }
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("value (" + values[i] + ") must be finite");
      }
    }
  }

  /** Returns what it is the trend of. */
  public TrendKey key() {
    return key;
  }

  /** Returns the number of values. */
  public int count() {
    return runs.length;
  }

  /** Returns the place of a value's run in the list of runs. */
  public int run(int index) {
    return runs[index];
  }

  /** Returns a value. */
  public double value(int index) {
    return values[index];
  }
}
