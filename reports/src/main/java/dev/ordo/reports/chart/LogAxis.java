package dev.ordo.reports.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The range of an axis and, where it is logarithmic, the places that get a label.
 *
 * @param low the lower end; positive on a logarithmic axis
 * @param high the upper end
 */
record LogAxis(double low, double high) {

  private static final int MOST_DECADES = 12;

  /**
   * Returns an axis around values, a little wider than they are.
   *
   * @param least the smallest value, positive
   * @param most the largest value
   * @param decades the fewest decades that the axis spans, so that noise does not look like growth
   */
  static LogAxis around(double least, double most, double decades) {
    double low = Math.log10(least);
    double high = Math.log10(most);
    double margin = Math.max(0.05 * (high - low), (decades - (high - low)) / 2);
    margin = Math.max(margin, 0.05);
    return new LogAxis(Math.pow(10, low - margin), Math.pow(10, high + margin));
  }

  /**
   * Returns the places with a label: 1, 2 and 5 of each decade up to three decades, decades beyond,
   * every second or third decade where there are very many.
   */
  List<Double> ticks() {
    double decades = Math.log10(high / low);
    int step = (int) Math.ceil(decades / MOST_DECADES);
    int[] digits = decades <= 3 ? new int[] {1, 2, 5} : new int[] {1};
    List<Double> ticks = new ArrayList<>();
    int first = Math.floorDiv((int) Math.floor(Math.log10(low)), step) * step;
    for (int decade = first; decade <= Math.ceil(Math.log10(high)); decade += step) {
      for (int digit : digits) {
        double tick = Double.parseDouble(digit + "e" + decade);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** Returns whether {@code value}, perhaps off by rounding, is one of {@link #ticks}. */
  boolean isTick(double value) {
    return ticks().stream().anyMatch(tick -> Math.abs(value / tick - 1) < 1e-6);
  }
}
