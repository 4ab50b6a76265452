package dev.ordo.reports.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of a plot.
 *
 * @param title what it shows; may be empty
 * @param low its lower end; positive on a logarithmic axis
 * @param high its upper end
 * @param logarithmic whether equal distances are equal factors
 * @param upright whether its labels read upwards
 * @param choices the ticks that it may have, the most first: the first choice is taken whose labels
 *     keep clear of each other
 */
record Axis(
    String title,
    double low,
    double high,
    boolean logarithmic,
    boolean upright,
    List<List<Tick>> choices) {

  private static final int MOST_STEPS = 40;

  Axis {
    choices = choices.stream().map(List::copyOf).toList();
  }

  /**
   * A place with a label.
   *
   * @param value where it lies
   * @param label what it is called
   */
  record Tick(double value, String label) {}

  /** Returns a logarithmic axis with ticks at 1, 2 and 5 of each decade, or fewer. */
  static Axis logarithmic(String title, LogAxis range, DoubleFunction<String> label) {
    return new Axis(
        title,
        range.low(),
        range.high(),
        true,
        false,
        range.choices().stream().map(values -> labelled(values, label)).toList());
  }

  /** Returns a logarithmic axis with ticks at powers of two. */
  static Axis octaves(String title, LogAxis range, DoubleFunction<String> label) {
    int first = (int) Math.ceil(log2(range.low()) - 1e-9);
    int last = (int) Math.floor(log2(range.high()) + 1e-9);
    List<List<Tick>> choices = new ArrayList<>();
    for (int step = 1; step == 1 || step <= last - first; step++) {
      List<Double> values = new ArrayList<>();
      for (int power = first; power <= last; power++) {
        if (Math.floorMod(power, step) == 0) {
          values.add(Math.pow(2, power));
        }
      }
      choices.add(labelled(values, label));
    }
    return new Axis(title, range.low(), range.high(), true, false, choices);
  }

  /** Returns a linear axis with ticks at 1, 2 or 5 times a power of ten. */
  static Axis linear(String title, double low, double high, DoubleFunction<String> label) {
    double span = high - low;
    List<List<Tick>> choices = new ArrayList<>();
    int decade = (int) Math.floor(Math.log10(span / 12));
    for (int i = 0; i < MOST_STEPS; i++) {
      double step = Double.parseDouble(List.of(1, 2, 5).get(i % 3) + "e" + (decade + i / 3));
      if (span / step <= 12) {
        List<Double> values = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * span; k++) {
          values.add(k * step);
        }
        if (values.isEmpty()) {
          break;
        }
        choices.add(labelled(values, label));
      }
    }
    return new Axis(title, low, high, false, false, choices);
  }

  private static List<Tick> labelled(List<Double> values, DoubleFunction<String> label) {
    return values.stream().map(value -> new Tick(value, label.apply(value))).toList();
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** Returns where a value lies on the axis, in units that are equally far apart. */
  double place(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /** Returns which part of the axis lies below a value. */
  double part(double value) {
    return (place(value) - place(low)) / (place(high) - place(low));
  }
}
