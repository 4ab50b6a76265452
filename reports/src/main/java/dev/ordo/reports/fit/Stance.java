package dev.ordo.reports.fit;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a measured growth stands to what theory says of it.
 *
 * <p>Theory gives two things: a class, which holds for n without end, and the slope that its count
 * has over the measured sizes. A law that is claimed agrees with the class if it is that law, if it
 * is a sum whose fastest term is that law, or if theory's class is one of a pair that share a name.
 * The slope agrees if it lies in the interval of the measured exponent, widened on either side by
 * the exponent that changes a value by {@value #UNSEEN_PART} over the measured range: less than
 * that, caches and code that a compiler makes of short loops do as well.
 *
 * <p>Time contradicts theory only where both disagree, or where one disagrees and the other cannot
 * be had. Bounds that are wide enough to hold the class prove nothing without the slope.
 */
public enum Stance {
  /** The measurement is what theory says. */
  CONSISTENT("consistent with"),
  /** The measurement is not what theory says. */
  CONTRADICTS("contradicts"),
  /** The measurement cannot tell. */
  CANNOT_JUDGE("cannot judge"),
  /** There is no theory. */
  NO_THEORY("");

  private static final double UNSEEN_PART = 0.25;

  /** A slope this close to the power of its class is that power over any part of the range. */
  private static final double PURE = 0.05;

  private static final String NAMELESS = "(overhead \\+ )?n\\^\\d+\\.\\d\\d";

  private final String word;

  Stance(String word) {
    this.word = word;
  }

  /** Returns the stance as it stands before {@code theory}; empty where there is none. */
  public String word() {
    return word;
  }

  /**
   * Judges a measured growth.
   *
   * @param series what was measured
   * @param analysis how it grows
   * @param theory what theory says of it, if anything
   */
  public static Stance of(Series series, Analysis analysis, Optional<Study.Theory> theory) {
    if (theory.isEmpty()) {
      return NO_THEORY;
    }
    Conclusion conclusion = analysis.conclusion();
    if (!conclusion.told()) {
      return CANNOT_JUDGE;
    }
    Optional<Growth> order = order(theory.get());
    Optional<Boolean> slope = slope(series, analysis, theory.get(), order);
    Optional<Bounds> bounds = conclusion.bounds().filter(b -> !conclusion.law().matches(NAMELESS));
    if (order.isEmpty() || bounds.isEmpty()) {
      return slope.map(agrees -> agrees ? CONSISTENT : CONTRADICTS).orElse(CANNOT_JUDGE);
    }
    if (isNamed(conclusion, bounds.get())) {
      return named(conclusion, bounds.get(), order.get())
          ? CONSISTENT
          : slope.map(agrees -> agrees ? CONSISTENT : CONTRADICTS).orElse(CANNOT_JUDGE);
    }
    if (slope.orElse(false)) {
      return CONSISTENT;
    }
    return slope.isPresent() && !bounds.get().contains(order.get()) ? CONTRADICTS : CANNOT_JUDGE;
  }

  /** Returns the class as a law; nothing where it is none of those that are fitted. */
  private static Optional<Growth> order(Study.Theory theory) {
    String symbol = theory.order().replace('L', 'n');
    return Arrays.stream(Growth.values())
        .filter(growth -> growth.symbol().equals(symbol))
        .findFirst();
  }

  /** Returns whether a law is claimed by its name, and not only what it lies between. */
  private static boolean isNamed(Conclusion conclusion, Bounds bounds) {
    return !conclusion.law().equals(bounds.text()) && !conclusion.law().startsWith("at most ");
  }

  private static boolean named(Conclusion conclusion, Bounds bounds, Growth order) {
    boolean sum = conclusion.law().endsWith(Law.MIXED.word());
    return sum ? bounds.atMost() == order : bounds.contains(order);
  }

  /** Returns whether theory's slope agrees with the measured one, where both can be compared. */
  private static Optional<Boolean> slope(
      Series series, Analysis analysis, Study.Theory theory, Optional<Growth> order) {
    double[] sizes = series.sizes();
    double first = analysis.regime().map(Regime::from).orElse(sizes.length == 0 ? 1 : sizes[0]);
    double range = sizes.length == 0 ? 1 : sizes[sizes.length - 1] / first;
    double expected = theory.rangeExponent();
    // Beyond a place of change the exponent is that of a part of the sizes; theory's is of all.
    boolean partly =
        analysis.regime().isPresent()
            && order.filter(o -> Math.abs(o.power() - expected) <= PURE).isEmpty();
    if (!Double.isFinite(expected) || !(range > 1) || partly) {
      return Optional.empty();
    }
    double reach = Math.log1p(UNSEEN_PART) / Math.log(range);
    return analysis
        .exponent()
        .map(exponent -> exponent.low() - reach <= expected && expected <= exponent.high() + reach);
  }
}
