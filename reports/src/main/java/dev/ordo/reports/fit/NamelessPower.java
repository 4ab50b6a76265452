package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.List;

/**
 * The power law n^k as the rival of the laws with a name: any k between them may be the truth, and
 * over a short range a law with a logarithm or an overhead looks like one.
 */
final class NamelessPower {

  /** How far an exponent may be off by what machines do. */
  private static final double MACHINE_EXPONENT = 0.05;

  /** How far an exponent may lie outside bounds without widening them. */
  private static final double OUTSIDE = 0.1;

  /** The error below which no curve is called clearly better; that of laws is three times it. */
  private static final double FLOOR = 0.003;

  private final Observations data;
  private final List<LawFit> fits;
  private final PowerFit power;
  private final Plausible plausible;
  private final Interval surer;

  /**
   * Makes one.
   *
   * @param surer the exponent with its 99 % interval
   */
  NamelessPower(
      Observations data, List<LawFit> fits, PowerFit power, Plausible plausible, Interval surer) {
    this.data = data;
    this.fits = fits;
    this.power = power;
    this.plausible = plausible;
    this.surer = surer;
  }

  /** Returns the pure powers around the exponent's interval; above cubic there is no bound. */
  Bounds bounds() {
    return bounds(surer);
  }

  /** Returns the pure powers around an interval of exponents. */
  Bounds bounds(Interval exponent) {
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

  /** Returns whether the exponent is that of the law over the measured sizes, or nearly so. */
  boolean isNear(Growth growth) {
    return Math.abs(slope(growth) - power.exponent()) < MACHINE_EXPONENT;
  }

  /** Returns whether the exponent is nearly that of any law with a name. */
  boolean isNearAny() {
    return Arrays.stream(Growth.values()).anyMatch(this::isNear);
  }

  /** Returns whether an interval of exponents holds that of a law with a name. */
  boolean isNamedWithin(Interval exponent) {
    return Arrays.stream(Growth.values()).anyMatch(growth -> exponent.contains(slope(growth)));
  }

  /**
   * Returns whether the exponent lies outside bounds. Overheads are flexible: a power law may pass
   * below all laws that fit with one.
   */
  boolean isOutside(Bounds bounds) {
    return power.exponent() < slope(bounds.atLeast()) - OUTSIDE
        || power.exponent() > slope(bounds.atMost()) + OUTSIDE;
  }

  /**
   * Returns whether the power law fits better than a law, with or without overhead, by more than
   * chance at the forks' noise, the floor for what machines do being lower here.
   */
  boolean isClearlyBetterThan(Law law) {
    if (plausible.loose() || data.forkDegrees() == 0 || !plausible.powerLaw()) {
      return false;
    }
    double squares =
        fits.stream()
            .filter(fit -> fit.law().family().equals(law))
            .mapToDouble(LawFit::squares)
            .min()
            .orElseThrow();
    double noise = data.forkVariance() / data.meanForks() + FLOOR * FLOOR;
    return (squares - power.squares()) / noise
        > Observations.quantileOfF(Plausible.LEVEL, 1, data.forkDegrees());
  }

  /** Returns the exponent that a law without overhead shows over the measured sizes. */
  private double slope(Growth growth) {
    double[] logs = Arrays.stream(data.sizes()).map(growth::at).map(Math::log).toArray();
    return PowerFit.of(data.sizes(), logs, data.weights()).exponent();
  }
}
