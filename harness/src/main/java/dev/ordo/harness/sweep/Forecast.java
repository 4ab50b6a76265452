package dev.ordo.harness.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Predicts how long an operation takes at a length, from the shorter lengths of cells that differ
 * in nothing else.
 *
 * <p>The prediction continues from the longest measured length with the steeper of two slopes: the
 * one between the last two measured lengths, and the one of the theoretical operation counts.
 * Theory knows of a quadratic term before it shows; the measurement knows what theory leaves out.
 */
final class Forecast {

  /** No known model grows faster than the fourth power; noise between two lengths may. */
  private static final double STEEPEST = 4;

  /** The slope that is taken where neither theory nor a second length tells. */
  private static final double UNKNOWN = 1;

  /** The rate of shorter operations, in nanoseconds, says little: much of them is overhead. */
  private static final double LONG_NANOS = 1e5;

  /**
   * Time of one theoretical operation before any was measured, in nanoseconds: ten a nanosecond is
   * what one processor does with short vectors.
   */
  private static final double USUAL_RATE = 0.1;

  private final ToDoubleFunction<Cell> work;
  private double slowestRate;

  /** Cell at length 1 → length → time of an operation, in nanoseconds. */
  private final Map<Cell, NavigableMap<Integer, Double>> measured = new HashMap<>();

  /**
   * Makes a forecast without measurements.
   *
   * @param work the theoretical work of a cell in any unit, or NaN where it is not known
   */
  Forecast(ToDoubleFunction<Cell> work) {
    this.work = work;
  }

  /**
   * Takes note of a measurement.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds
   */
  void measured(Cell cell, double nanosPerOp) {
    measured.computeIfAbsent(cell.at(1), line -> new TreeMap<>()).put(cell.length(), nanosPerOp);
    double rate = nanosPerOp / work.applyAsDouble(cell);
    if (rate > slowestRate && nanosPerOp > LONG_NANOS) {
      slowestRate = rate;
    }
  }

  /**
   * Returns the predicted time of one operation, in nanoseconds: the measurement itself where there
   * is one; where no shorter length was measured, what theory's operations take at the slowest rate
   * seen so far, and nothing where there is no theory either.
   */
  OptionalDouble nanosPerOp(Cell cell) {
    NavigableMap<Integer, Double> known = measured.getOrDefault(cell.at(1), new TreeMap<>());
    Map.Entry<Integer, Double> last = known.floorEntry(cell.length());
    if (last == null) {
      double theory = work.applyAsDouble(cell) * (slowestRate > 0 ? slowestRate : USUAL_RATE);
      return Double.isNaN(theory) ? OptionalDouble.empty() : OptionalDouble.of(theory);
    }
    if (last.getKey() == cell.length()) {
      return OptionalDouble.of(last.getValue());
    }
    double slope = UNKNOWN;
    Map.Entry<Integer, Double> before = known.lowerEntry(last.getKey());
    if (before != null) {
      slope = slope(before.getKey(), before.getValue(), last.getKey(), last.getValue());
    }
    double reference = work.applyAsDouble(cell.at(last.getKey()));
    double target = work.applyAsDouble(cell);
    if (reference > 0 && target > 0) {
      double theory = slope(last.getKey(), reference, cell.length(), target);
      slope = before == null ? theory : Math.max(slope, theory);
    }
    slope = Math.min(STEEPEST, Math.max(0, slope));
    return OptionalDouble.of(
        last.getValue() * Math.pow((double) cell.length() / last.getKey(), slope));
  }

  private static double slope(double fromLength, double from, double toLength, double to) {
    return Math.log(to / from) / Math.log(toLength / fromLength);
  }
}
