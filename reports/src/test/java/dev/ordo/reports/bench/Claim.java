package dev.ordo.reports.bench;

import java.util.Objects;

/**
 * The orders of growth that an answer admits.
 *
 * @param low the smallest order admitted
 * @param high the largest order admitted
 * @param mixed whether the answer is a sum of a linear and a quadratic part
 * @param told whether anything is claimed; if not, everything is admitted
 */
record Claim(Order low, Order high, boolean mixed, boolean told) {

  /** Everything is possible. */
  static final Claim NOTHING =
      new Claim(Order.CONSTANT, new Order(Double.POSITIVE_INFINITY, 0), false, false);

  /** b·n + c·n², both parts there. */
  static final Claim MIXED = new Claim(Order.QUADRATIC, Order.QUADRATIC, true, true);

  Claim {
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    if (low.compareTo(high) > 0) {
      throw new IllegalArgumentException("low (" + low + ") must not be above high (" + high + ")");
    }
  }

  /** Returns the claim of one order. */
  static Claim of(Order order) {
    return new Claim(order, order, false, true);
  }

  /** Returns the claim that the order is one of a range, ends included. */
  static Claim between(Order low, Order high) {
    return new Claim(low, high, false, true);
  }

  /** Returns whether one law is named. */
  boolean exact() {
    return told && low.equals(high);
  }

  /** Returns whether the claim excludes that nothing grows. */
  boolean growth() {
    return told && low.compareTo(Order.CONSTANT) > 0;
  }

  /** Returns whether the range holds an order. */
  boolean admits(Order order) {
    return (low.compareTo(order) <= 0 && order.compareTo(high) <= 0)
        || low.matches(order)
        || high.matches(order);
  }
}
