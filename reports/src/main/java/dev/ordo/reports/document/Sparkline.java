package dev.ordo.reports.document;

import java.util.Arrays;

/** A row of small bars of different height, one for each value or for several in a row. */
final class Sparkline {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** The least difference that fills the height, so that noise is no mountain range. */
  private static final double LEAST_SPAN = 0.1;

  private Sparkline() {}

  /**
   * Draws values; of several in one place their median.
   *
   * @param values in the order of runs, finite; not modified
   * @param columns the most bars
   */
  static String of(double[] values, int columns) {
    int count = Math.min(columns, values.length);
    double[] bars = new double[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * values.length / count);
      int to = (int) ((long) (i + 1) * values.length / count);
      double[] part = Arrays.copyOfRange(values, from, to);
      Arrays.sort(part);
      bars[i] = part[part.length / 2];
    }
    double low = Arrays.stream(bars).min().orElse(0);
    double high = Arrays.stream(bars).max().orElse(0);
    double span = Math.max(high - low, LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high)));
    double bottom = (low + high - span) / 2;
    return ofParts(
        Arrays.stream(bars).map(bar -> span > 0 ? (bar - bottom) / span : 0.5).toArray());
  }

  /**
   * Draws parts of the full height.
   *
   * @param parts 0 is the lowest bar and 1 the highest, beyond them the same; NaN is a blank
   */
  static String ofParts(double[] parts) {
    StringBuilder line = new StringBuilder();
    for (double part : parts) {
      int height = (int) Math.min(BARS.length() - 1, Math.floor(part * BARS.length()));
      line.append(Double.isNaN(part) ? ' ' : BARS.charAt(Math.max(0, height)));
    }
    return line.toString();
  }
}
