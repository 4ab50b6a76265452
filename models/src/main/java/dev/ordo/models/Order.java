package dev.ordo.models;

import java.util.function.DoubleUnaryOperator;

/** The asymptotic order of a quantity in the sequence length L, as theory states it. */
public enum Order {
  /** Does not depend on L. */
  CONSTANT("1", n -> 1),
  /** Grows as log L. */
  LOGARITHMIC("log L", n -> Math.log(n) / Math.log(2)),
  /** Grows as L. */
  LINEAR("L", n -> n),
  /** Grows as L log L. */
  LINEARITHMIC("L log L", n -> n * Math.log(n) / Math.log(2)),
  /** Grows as L². */
  QUADRATIC("L²", n -> n * n),
  /** Grows as L² log L. */
  QUADRATIC_LOGARITHMIC("L² log L", n -> n * n * Math.log(n) / Math.log(2)),
  /** Grows as L³. */
  CUBIC("L³", n -> n * n * n);

  private final String symbol;
  private final DoubleUnaryOperator growth;

  Order(String symbol, DoubleUnaryOperator growth) {
    this.symbol = symbol;
    this.growth = growth;
  }

  /** Returns the order as text in L, for example {@code L log L}. */
  public String symbol() {
    return symbol;
  }

  /** Returns the value of the order's function at length {@code n}, which must be at least 1. */
  public double at(double n) {
    return growth.applyAsDouble(n);
  }
}
