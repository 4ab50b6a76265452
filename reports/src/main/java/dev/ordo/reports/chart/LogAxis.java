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

  private static final double FEW_DECADES = 3;

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
   * Returns the places that may have a label, the most first: 1, 2 and 5 of each decade up to three
   * decades, then 1 and 3, decades, and every second or third decade.
   */
  List<List<Double>> choices() {
    double decades = Math.log10(high / low);
    List<List<Double>> choices = new ArrayList<>();
    if (decades <= FEW_DECADES) {
      choices.add(ticks(1, 1, 2, 5));
      choices.add(ticks(1, 1, 3));
    }
    for (int step = 1; step == 1 || step <= decades; step++) {
      choices.add(ticks(step, 1));
    }
    // Less than a decade may lie between two of them.
    choices.removeIf(List::isEmpty);
    return choices;
  }

  private List<Double> ticks(int step, int... digits) {
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
}
