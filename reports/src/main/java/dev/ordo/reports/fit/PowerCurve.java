package dev.ordo.reports.fit;

import java.util.Locale;
import java.util.Optional;

/** The power law; its parameters are the logarithm of its level and its exponent. */
record PowerCurve(PowerFit fit) implements Curve {

  /** The range over which exponents are equally likely beforehand. */
  static final double EXPONENTS = 3.5;

  @Override
  public String formula() {
    return String.format(Locale.ROOT, "a·n^%.2f", fit.exponent());
  }

  @Override
  public double[] parameters() {
    return new double[] {fit.logFactor(), fit.exponent()};
  }

  @Override
  public double logAt(double n, double[] parameters) {
    return parameters[0] + parameters[1] * Math.log(n);
  }

  @Override
  public double[] gradient(double n, double[] parameters) {
    return new double[] {1, Math.log(n)};
  }

  @Override
  public boolean allows(double[] parameters) {
    return true;
  }

  @Override
  public double logPrior() {
    return -Math.log(EXPONENTS);
  }

  @Override
  public Optional<Integer> hidden() {
    return Optional.empty();
  }
}
