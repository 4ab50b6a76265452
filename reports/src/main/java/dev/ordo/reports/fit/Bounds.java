package dev.ordo.reports.fit;

import java.util.Objects;

/**
 * Two laws between which the growth of a series lies, in the order of {@link Growth}: by what they
 * tend to as n grows. {@link Growth#CONSTANT} or {@link Growth#LOGARITHMIC} below and {@link
 * Growth#CUBIC} above a wider interval say next to nothing, for no law outside them is tried.
 *
 * @param atLeast the lower law
 * @param atMost the upper law; the same as the lower one where a single law is claimed
 */
public record Bounds(Growth atLeast, Growth atMost) {

  /** What b·n + c·n² with unknown parts lies between. */
  static final Bounds LINEAR_TO_QUADRATIC = new Bounds(Growth.LINEAR, Growth.QUADRATIC);

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if the lower law grows faster than the upper one
   */
  public Bounds {
    Objects.requireNonNull(atLeast, "atLeast");
    Objects.requireNonNull(atMost, "atMost");
    if (atLeast.compareTo(atMost) > 0) {
      throw new IllegalArgumentException(
          "atLeast (" + atLeast + ") must not grow faster than atMost (" + atMost + ")");
    }
  }

  /** Returns the bounds of a single law. */
  static Bounds of(Growth growth) {
    return new Bounds(growth, growth);
  }

  /** Returns the pure powers around an exponent; above cubic there is no bound. */
  static Bounds around(Interval exponent) {
    Growth low = Growth.CONSTANT;
    Growth high = Growth.CUBIC;
    for (Growth growth : Growth.values()) {
      if (growth.logPower() == 0 && growth.power() <= exponent.low()) {
        low = growth;
      }
      if (growth.logPower() == 0
          && growth.power() >= exponent.high()
          && growth.compareTo(high) < 0) {
        high = growth;
      }
    }
    return new Bounds(low, high);
  }

  /** Returns whether a law lies within, ends included. */
  public boolean contains(Growth growth) {
    return atLeast.compareTo(growth) <= 0 && growth.compareTo(atMost) <= 0;
  }

  /** Returns the smallest bounds that hold both. */
  Bounds and(Bounds other) {
    return new Bounds(
        atLeast.compareTo(other.atLeast) <= 0 ? atLeast : other.atLeast,
        atMost.compareTo(other.atMost) >= 0 ? atMost : other.atMost);
  }

  /** Returns whether the lower law says something: logarithmic growth is as good as none. */
  boolean fromBelow() {
    return atLeast.compareTo(Growth.LOGARITHMIC) > 0;
  }

  /** Returns whether the upper law says something: beyond cubic growth no law is tried. */
  boolean fromAbove() {
    return atMost.compareTo(Growth.CUBIC) < 0;
  }

  /** Returns the bounds as a short cell text: {@code n … n²}, {@code at most n log n}. */
  String text() {
    if (fromBelow() && fromAbove()) {
      return atLeast.symbol() + " … " + atMost.symbol();
    }
    return fromBelow() ? "at least " + atLeast.symbol() : "at most " + atMost.symbol();
  }

  /** Returns the bounds as they stand in a sentence: {@code at least n and at most n²}. */
  String words() {
    return fromBelow() && fromAbove()
        ? "at least " + atLeast.symbol() + " and at most " + atMost.symbol()
        : text();
  }
}
