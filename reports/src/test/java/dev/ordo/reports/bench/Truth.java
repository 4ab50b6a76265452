package dev.ordo.reports.bench;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * What a generated series is made from.
 *
 * @param curve the law with its coefficients, without overhead, steps and noise
 * @param order the law's order
 * @param crossover where the quadratic part overtakes the linear one, if the law is their sum
 */
record Truth(DoubleUnaryOperator curve, Order order, OptionalDouble crossover) {

  /** A part of the value that is too small for anybody to see in the range. */
  private static final double INVISIBLE = 0.10;

  /** How an answer does. */
  enum Judgement {
    /** Names the law. */
    EXACT,
    /** Admits the law and others: quasi-linear, at most, the leading term of a sum. */
    BOUNDED,
    /** Claims nothing. */
    CANNOT_TELL,
    /** Claims something that excludes the law. */
    WRONG
  }

  /** Returns the exponent, if the law is a power. */
  OptionalDouble exponent() {
    return crossover.isEmpty() && order.logPower() == 0
        ? OptionalDouble.of(order.power())
        : OptionalDouble.empty();
  }

  /**
   * Judges an answer. Of a sum of a linear and a quadratic part, an answer of order n² is bounded,
   * for it has the leading term; one of order n is so only if the quadratic part is at most {@value
   * #INVISIBLE} of the value at the largest size. A sum claimed where there is none is wrong.
   */
  Judgement judge(Claim claim, double largest) {
    if (!claim.told()) {
      return Judgement.CANNOT_TELL;
    }
    if (crossover.isPresent()) {
      if (claim.mixed()) {
        return Judgement.EXACT;
      }
      double quadratic = largest / (largest + crossover.getAsDouble());
      return claim.admits(Order.QUADRATIC) || (claim.admits(Order.LINEAR) && quadratic <= INVISIBLE)
          ? Judgement.BOUNDED
          : Judgement.WRONG;
    }
    if (claim.mixed() || !claim.admits(order)) {
      return Judgement.WRONG;
    }
    return claim.exact() ? Judgement.EXACT : Judgement.BOUNDED;
  }
}
