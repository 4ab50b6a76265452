package dev.ordo.reports.fit;

/** A candidate law of growth in the size n: n^power · (log₂ n)^logPower. */
public enum Growth {
  /** Does not grow. */
  CONSTANT("1", "constant", 0, 0),
  /** Logarithmic. */
  LOGARITHMIC("log n", "logarithmic", 0, 1),
  /** With the square root. */
  SQUARE_ROOT("√n", "square root", 0.5, 0),
  /** Linear. */
  LINEAR("n", "linear", 1, 0),
  /** Linearithmic. */
  LINEARITHMIC("n log n", "n log n", 1, 1),
  /** With the power 3/2. */
  THREE_HALVES("n^1.5", "n^1.5", 1.5, 0),
  /** Quadratic. */
  QUADRATIC("n²", "quadratic", 2, 0),
  /** Quadratic times a logarithm. */
  QUADRATIC_LOGARITHMIC("n² log n", "n² log n", 2, 1),
  /** Cubic. */
  CUBIC("n³", "cubic", 3, 0);

  private static final double LOG_OF_TWO = Math.log(2);

  private final String symbol;
  private final String word;
  private final double power;
  private final int logPower;

  Growth(String symbol, String word, double power, int logPower) {
    this.symbol = symbol;
    this.word = word;
    this.power = power;
    this.logPower = logPower;
  }

  /** Returns the law as text in n, for example {@code n log n}. */
  public String symbol() {
    return symbol;
  }

  /** Returns the law as it is called in a sentence, for example {@code linear}. */
  public String word() {
    return word;
  }

  /** Returns the exponent of n. */
  public double power() {
    return power;
  }

  /** Returns the exponent of log₂ n. */
  public int logPower() {
    return logPower;
  }

  /** Returns the law's function at size {@code n}, without a coefficient. */
  public double at(double n) {
    // Not pow for what products and a root do: every fit asks for it at every size.
    return switch (this) {
      case CONSTANT -> 1;
      case LOGARITHMIC -> Math.log(n) / LOG_OF_TWO;
      case SQUARE_ROOT -> Math.sqrt(n);
      case LINEAR -> n;
      case LINEARITHMIC -> n * Math.log(n) / LOG_OF_TWO;
      case THREE_HALVES -> n * Math.sqrt(n);
      case QUADRATIC -> n * n;
      case QUADRATIC_LOGARITHMIC -> n * n * Math.log(n) / LOG_OF_TWO;
      case CUBIC -> n * n * n;
    };
  }
}
