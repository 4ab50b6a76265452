package dev.ordo.reports.bench;

import dev.ordo.reports.fit.Growth;
import java.util.Comparator;

/**
 * An order of growth, n^power · (log n)^logPower. Orders compare as the functions do for n → ∞.
 *
 * @param power the exponent of n
 * @param logPower the exponent of log n
 */
record Order(double power, int logPower) implements Comparable<Order> {

  static final Order CONSTANT = new Order(0, 0);
  static final Order LINEAR = new Order(1, 0);
  static final Order LINEARITHMIC = new Order(1, 1);
  static final Order QUADRATIC = new Order(2, 0);

  /** The difference of exponents below which two powers are the same. */
  static final double TOLERANCE = 0.05;

  private static final Comparator<Order> COMPARATOR =
      Comparator.comparingDouble(Order::power).thenComparingInt(Order::logPower);

  /** Returns the order of a law. */
  static Order of(Growth growth) {
    return new Order(growth.power(), growth.logPower());
  }

  /** Returns whether both are the same order, powers give or take {@value #TOLERANCE}. */
  boolean matches(Order other) {
    return logPower == other.logPower && Math.abs(power - other.power) <= TOLERANCE;
  }

  /** Returns the order's function at size {@code n}. */
  double at(double n) {
    double value = Math.pow(n, power);
    return logPower == 0 ? value : value * Math.pow(Math.log(n), logPower);
  }

  @Override
  public int compareTo(Order other) {
    return COMPARATOR.compare(this, other);
  }
}
