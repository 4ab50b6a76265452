package dev.ordo.reports.compare;

import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.SampledCurves;
import dev.ordo.reports.text.Figures;
import java.util.Arrays;
import java.util.Optional;

/**
 * The curves of two series laid over each other: the logarithm of one over the other on a grid of
 * sizes, 16 to an octave, for the series' own curves (row 0) and for each pair of sampled ones.
 */
final class Overlay {

  private static final double CONFIDENCE = 0.95;
  private static final double SURE = 1 - (1 - CONFIDENCE) / 2;
  private static final int STEPS_AN_OCTAVE = 16;

  private final double[] sizes;
  private final double[][] logRatios;
  private final int largest;
  private final boolean beyond;

  private Overlay(double[] sizes, double[][] logRatios, int largest, boolean beyond) {
    this.sizes = sizes;
    this.logRatios = logRatios;
    this.largest = largest;
    this.beyond = beyond;
  }

  /** What the curves say; the ratio is that of the higher to the lower at the largest size. */
  record Outcome(
      boolean firstIsLower,
      Crossing.Kind kind,
      Optional<Interval> size,
      double upTo,
      Interval ratio,
      Optional<String> reason) {}

  /** Lays two series over each other from their smallest common size to beyond the largest. */
  static Overlay of(
      SampledCurves one, SampledCurves other, double smallest, double largest, double reach) {
    double[] inside = grid(smallest, largest);
    double[] outside = grid(largest, reach * largest);
    double[] sizes = Arrays.copyOf(inside, inside.length + outside.length - 1);
    System.arraycopy(outside, 1, sizes, inside.length, outside.length - 1);
    double[][] logs = one.logsAt(sizes);
    double[][] others = other.logsAt(sizes);
    for (int r = 0; r < logs.length; r++) {
      for (int k = 0; k < sizes.length; k++) {
        logs[r][k] -= others[r][k];
      }
    }
    boolean beyond = !Double.isNaN(logs[0][sizes.length - 1]);
    return new Overlay(sizes, logs, inside.length - 1, beyond);
  }

  /** Returns what can be said beyond the range if that is anything, else what can within it. */
  Outcome outcome() {
    if (beyond) {
      Optional<Outcome> outcome = upTo(sizes.length - 1);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return upTo(largest).orElseGet(this::untold);
  }

  private Optional<Outcome> upTo(int end) {
    int resamples = logRatios.length - 1;
    long firstLower = Arrays.stream(logRatios).skip(1).filter(curve -> curve[end] < 0).count();
    long otherLower = Arrays.stream(logRatios).skip(1).filter(curve -> curve[end] > 0).count();
    if (Math.max(firstLower, otherLower) < SURE * resamples) {
      return Optional.empty();
    }
    boolean first = firstLower > otherLower;
    double[] places = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      places[r] = lastChange(logRatios[r + 1], first, end);
    }
    Arrays.sort(places);
    double high = quantile(places, SURE);
    double upTo = sizes[end];
    if (high <= sizes[0]) {
      return Optional.of(
          new Outcome(
              first,
              Crossing.Kind.THROUGHOUT,
              Optional.empty(),
              upTo,
              ratio(first),
              Optional.empty()));
    }
    if (Double.isInfinite(high)) {
      return Optional.empty();
    }
    double low = quantile(places, 1 - SURE);
    double own = lastChange(logRatios[0], first, end);
    double value = Double.isInfinite(own) ? quantile(places, 0.5) : own;
    Interval size = new Interval(value, Math.min(low, value), Math.max(high, value), CONFIDENCE);
    return Optional.of(
        new Outcome(
            first,
            Crossing.Kind.OVERTAKES,
            Optional.of(size),
            upTo,
            ratio(first),
            Optional.empty()));
  }

  private Outcome untold() {
    boolean first = logRatios[0][largest] < 0;
    Interval ratio = ratio(first);
    String at = Figures.size(sizes[largest]);
    String reason =
        "at "
            + at
            + " the ratio of "
            + Figures.factor(ratio.value())
            + " "
            + Figures.factors(ratio)
            + " is not significant";
    return new Outcome(
        first,
        Crossing.Kind.CANNOT_TELL,
        Optional.empty(),
        sizes[largest],
        ratio,
        Optional.of(reason));
  }

  /**
   * Returns the size from which a curve stays on one side of zero up to the end: the smallest size
   * where it always was, ∞ where it is not there at the end.
   */
  private double lastChange(double[] curve, boolean below, int end) {
    for (int k = end; k >= 0; k--) {
      if (below ? !(curve[k] < 0) : !(curve[k] > 0)) {
        if (k == end) {
          return Double.POSITIVE_INFINITY;
        }
        double part = curve[k] / (curve[k] - curve[k + 1]);
        return sizes[k] * Math.pow(sizes[k + 1] / sizes[k], part);
      }
    }
    return sizes[0];
  }

  private Interval ratio(boolean firstIsLower) {
    double sign = firstIsLower ? -1 : 1;
    double[] logs =
        Arrays.stream(logRatios)
            .skip(1)
            .mapToDouble(curve -> sign * curve[largest])
            .sorted()
            .toArray();
    double value = sign * logRatios[0][largest];
    return new Interval(
        Math.exp(value),
        Math.exp(Math.min(value, quantile(logs, 1 - SURE))),
        Math.exp(Math.max(value, quantile(logs, SURE))),
        CONFIDENCE);
  }

  private static double[] grid(double from, double to) {
    int steps = Math.max(1, (int) Math.ceil(STEPS_AN_OCTAVE * Math.log(to / from) / Math.log(2)));
    double[] grid = new double[steps + 1];
    for (int k = 0; k <= steps; k++) {
      grid[k] = from * Math.pow(to / from, k / (double) steps);
    }
    grid[steps] = to;
    return grid;
  }

  private static double quantile(double[] ascending, double level) {
    return ascending[(int) Math.round(level * (ascending.length + 1)) - 1];
  }
}
