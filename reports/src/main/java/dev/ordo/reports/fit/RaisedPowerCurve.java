package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The power law with an overhead, a + b·n^k; its parameters are the logarithms of a and of the
 * power's level at the largest size, and k. (A flat prior of the part of the overhead is one of its
 * logarithm times the part.)
 */
final class RaisedPowerCurve implements Curve {

  private static final int STEPS = 40;
  private static final double OVERHEAD = 0.5;
  private static final double TOLERANCE = 1e-9;
  private static final double MOST_DAMPING = 1e6;
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

  /** Fits; empty where that ends in no overhead or no growth, or does not end at all. */
  static Optional<Curve> of(Observations data) {
    double[] sizes = data.sizes();
    int m = sizes.length;
    RaisedPowerCurve start = new RaisedPowerCurve(sizes[0], sizes[m - 1], start(data));
    double[] parameters = start.fitted;
    double squares = start.squares(data, parameters);
    double damping = 1e-3;
    int step = 0;
    while (step < STEPS && damping < MOST_DAMPING) {
      double[] next = start.step(data, parameters, damping);
      double lower = next == null ? Double.NaN : start.squares(data, next);
      step++;
      if (lower < squares) {
        damping = squares - lower < TOLERANCE * squares ? MOST_DAMPING : damping / 10;
        parameters = next;
        squares = lower;
      } else {
        damping *= 10;
      }
    }
    boolean converged = damping >= MOST_DAMPING;
    RaisedPowerCurve curve = new RaisedPowerCurve(sizes[0], sizes[m - 1], parameters);
    double overhead = Math.exp(parameters[0] - curve.logAt(sizes[0], parameters));
    double growth = Math.exp(parameters[1] - curve.logAt(sizes[m - 1], parameters));
    boolean both = overhead > LEAST_PART && growth > LEAST_PART;
    return converged && both && curve.allows(parameters) ? Optional.of(curve) : Optional.empty();
  }

  private static double[] start(Observations data) {
    double[] logs = data.logs();
    int m = logs.length;
    double least = Arrays.stream(logs).min().orElseThrow();
    int middle = m / 2;
    double slope =
        (logs[m - 1] - logs[middle]) / Math.log(data.sizes()[m - 1] / data.sizes()[middle]);
    return new double[] {least - Math.log(2), logs[m - 1], Math.max(0.3, Math.min(3, slope))};
  }

  private double squares(Observations data, double[] parameters) {
    double sum = 0;
    for (int i = 0; i < data.count(); i++) {
      double residual = data.logs()[i] - logAt(data.sizes()[i], parameters);
      sum += data.weights()[i] * residual * residual;
    }
    return sum;
  }

  /** Takes one step of Levenberg and Marquardt; null where it cannot be taken. */
  private double[] step(Observations data, double[] parameters, double damping) {
    double[][] normal = new double[3][4];
    for (int i = 0; i < data.count(); i++) {
      double n = data.sizes()[i];
      double[] gradient = gradient(n, parameters);
      double residual = data.logs()[i] - logAt(n, parameters);
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          normal[j][k] += data.weights()[i] * gradient[j] * gradient[k];
        }
        normal[j][3] += data.weights()[i] * gradient[j] * residual;
      }
    }
    for (int j = 0; j < 3; j++) {
      normal[j][j] *= 1 + damping;
      normal[j][j] += 1e-12;
    }
    for (int j = 0; j < 3; j++) {
      for (int row = j + 1; row < 3; row++) {
        double factor = normal[row][j] / normal[j][j];
        for (int k = j; k < 4; k++) {
          normal[row][k] -= factor * normal[j][k];
        }
      }
    }
    double[] next = parameters.clone();
    double[] change = new double[3];
    for (int j = 2; j >= 0; j--) {
      double sum = normal[j][3];
      for (int k = j + 1; k < 3; k++) {
        sum -= normal[j][k] * change[k];
      }
      change[j] = sum / normal[j][j];
      if (!(Math.abs(change[j]) < 50)) {
        return null;
      }
      next[j] += change[j];
    }
    return next;
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
