package dev.ordo.reports.fit;

import java.util.Locale;
import java.util.Optional;

/**
 * The power law with an overhead, a + b·n^k; its parameters are the logarithms of a and of the
 * power's level at the largest size, and k. (A flat prior of the part of the overhead is one of its
 * logarithm times the part.)
 */
final class RaisedPowerCurve implements Curve {

  private static final double OVERHEAD = 0.5;
  private static final double FLATTEST = 0.1;
  private static final double STEEPEST = 4;

  /** A logarithm so far from the fit is beyond the linear model. */
  private static final double FARTHEST = 2;

  private static final double LEAST_PART = 0.01;

  private final double first;
  private final double last;
  private final double[] fitted;

  private RaisedPowerCurve(double first, double last, double[] fitted) {
    this.first = first;
    this.last = last;
    this.fitted = fitted;
  }

  /** Fits; empty where that ends in next to no overhead or growth. */
  static Optional<Curve> of(Observations data) {
    return OverheadPower.of(data.sizes(), data.logs(), data.weights())
        .map(fit -> of(fit, data.sizes()[0], data.largest()))
        .filter(RaisedPowerCurve::hasBothParts)
        .map(Curve.class::cast);
  }

  private static RaisedPowerCurve of(OverheadPower fit, double first, double last) {
    double growth = Math.log(fit.factor()) + fit.exponent() * Math.log(last);
    return new RaisedPowerCurve(
        first, last, new double[] {Math.log(fit.overhead()), growth, fit.exponent()});
  }

  private boolean hasBothParts() {
    double overhead = Math.exp(fitted[0] - logAt(first, fitted));
    double growth = Math.exp(fitted[1] - logAt(last, fitted));
    return overhead > LEAST_PART && growth > LEAST_PART && allows(fitted);
  }

  @Override
  public String formula() {
    return String.format(Locale.ROOT, "a + b·n^%.2f", fitted[2]);
  }

  @Override
  public double[] parameters() {
    return fitted;
  }

  @Override
  public double logAt(double n, double[] parameters) {
    double power = parameters[1] + parameters[2] * Math.log(n / last);
    double most = Math.max(parameters[0], power);
    return most + Math.log(Math.exp(parameters[0] - most) + Math.exp(power - most));
  }

  @Override
  public double[] gradient(double n, double[] parameters) {
    double value = logAt(n, parameters);
    double part = Math.exp(parameters[1] + parameters[2] * Math.log(n / last) - value);
    return new double[] {1 - part, part, part * Math.log(n / last)};
  }

  @Override
  public boolean allows(double[] parameters) {
    return parameters[2] > FLATTEST
        && parameters[2] < STEEPEST
        && Math.abs(parameters[0] - fitted[0]) < FARTHEST
        && Math.abs(parameters[1] - fitted[1]) < FARTHEST;
  }

  @Override
  public double logPrior() {
    double overhead = Math.exp(fitted[0] - logAt(first, fitted));
    return Math.log(OVERHEAD * overhead / PowerCurve.EXPONENTS);
  }

  @Override
  public Optional<Integer> hidden() {
    return Optional.empty();
  }
}
