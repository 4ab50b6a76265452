package dev.ordo.reports.fit;

import java.util.List;
import java.util.Optional;

/**
 * A sum of terms; its parameters are the parts of the terms: of the slowest at the smallest size,
 * of the steepest at the largest, of one between at the middle of the range.
 */
final class SumCurve implements Curve {

  /** An overhead makes a law half as likely beforehand. */
  private static final double OVERHEAD = 0.5;

  /** A part below this is none: far from the fit, the linear model does not hold. */
  private static final double LEAST_PART = 0.01;

  private final LawFit fit;
  private final List<Growth> columns;
  private final double[] fitted;
  private final double[] scales;

  private SumCurve(LawFit fit, double[] sizes) {
    this.fit = fit;
    columns = fit.law().columns();
    int p = columns.size();
    fitted = new double[p];
    scales = new double[p];
    for (int j = 0; j < p; j++) {
      double first = sizes[0];
      double last = sizes[sizes.length - 1];
      double at = p == 1 ? last : first * Math.pow(last / first, j / (p - 1.0));
      double unit = columns.get(j).at(at);
      if (unit == 0) {
        at = last;
        unit = columns.get(j).at(at);
      }
      scales[j] = fit.at(at) / unit;
      fitted[j] = fit.coefficients()[j] / scales[j];
    }
  }

  /**
   * Returns the curve of a law; empty where a term other than the steepest of several is zero,
   * since that is the curve of a simpler law.
   */
  static Optional<Curve> of(LawFit fit, double[] sizes) {
    double[] coefficients = fit.coefficients();
    int p = coefficients.length;
    for (int j = 0; j < p; j++) {
      if (!(coefficients[j] > 0) && (j < p - 1 || p == 1)) {
        return Optional.empty();
      }
    }
    return Optional.of(new SumCurve(fit, sizes));
  }

  @Override
  public String formula() {
    return fit.law().formula();
  }

  @Override
  public double[] parameters() {
    return fitted;
  }

  @Override
  public double logAt(double n, double[] parameters) {
    return Math.log(at(n, parameters));
  }

  private double at(double n, double[] parameters) {
    double value = 0;
    for (int j = 0; j < scales.length; j++) {
      value += Math.max(0, parameters[j]) * unit(j, n);
    }
    return value;
  }

  private double unit(int j, double n) {
    return scales[j] * columns.get(j).at(n);
  }

  @Override
  public double[] gradient(double n, double[] parameters) {
    double value = at(n, parameters);
    double[] gradient = new double[scales.length];
    for (int j = 0; j < gradient.length; j++) {
      gradient[j] = unit(j, n) / value;
    }
    return gradient;
  }

  @Override
  public boolean allows(double[] parameters) {
    for (int j = 0; j < Math.max(1, scales.length - 1); j++) {
      if (!(parameters[j] > LEAST_PART)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double logPrior() {
    return fit.law().overhead() ? Math.log(OVERHEAD) : 0;
  }

  @Override
  public Optional<Integer> hidden() {
    return scales.length > 1 ? Optional.of(scales.length - 1) : Optional.empty();
  }
}
