package dev.ordo.reports.fit;

import java.util.function.DoubleUnaryOperator;

/** A candidate law of growth in the size n. */
public enum Growth {
  /** Does not grow. */
  CONSTANT("1", n -> 1),
  /** Logarithmic. */
  LOGARITHMIC("log n", n -> Math.log(n) / Math.log(2)),
  /** Linear. */
  LINEAR("n", n -> n),
  /** Linearithmic. */
  LINEARITHMIC("n log n", n -> n * Math.log(n) / Math.log(2)),
  /** Quadratic. */
  QUADRATIC("n²", n -> n * n),
  /** Quadratic times a logarithm. */
  QUADRATIC_LOGARITHMIC("n² log n", n -> n * n * Math.log(n) / Math.log(2)),
  /** Cubic. */
  CUBIC("n³", n -> n * n * n);

  private final String symbol;
  private final DoubleUnaryOperator function;

  Growth(String symbol, DoubleUnaryOperator function) {
    this.symbol = symbol;
    this.function = function;
  }

  /** Returns the law as text in n, for example {@code n log n}. */
  public String symbol() {
    return symbol;
  }

  /** Returns the law's function at size {@code n}, without a coefficient. */
  public double at(double n) {
    return function.applyAsDouble(n);
  }
}
