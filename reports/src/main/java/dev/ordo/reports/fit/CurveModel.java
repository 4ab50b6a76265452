package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;

/**
 * A curve under one hypothesis about the machine, with all that is uncertain about it: the linear
 * model of logarithms about the fit, flat priors of its parameters, and a variance known from forks
 * and scatter together (Bayesian linear regression with the conjugate prior, as in Gelman et al.,
 * <i>Bayesian Data Analysis</i>, 2013, chapter 14).
 *
 * <p>Parameters are those of the curve and, behind them, how far the sizes of the hypothesis are
 * off.
 */
final class CurveModel {

  /** Parts of the distribution of a hidden term, each stood for by its middle. */
  private static final double[] STRATA = {0, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.98, 1};

  private static final double LEAST_PIVOT = 1e-10;

  /** A deviation of the logarithm that says nothing is known, and still gives finite numbers. */
  private static final double WIDEST = 5;

  /** A hidden term so many standard deviations above zero is not hidden. */
  private static final double CLEAR = 4;

  private final Curve curve;
  private final Hypothesis hypothesis;
  private final double[] parameters;
  private final double[][] covariance;
  private final double logEvidence;
  private final double variance;
  private final double degrees;

  private CurveModel(
      Curve curve,
      Hypothesis hypothesis,
      double[] parameters,
      double[][] covariance,
      double logEvidence,
      double variance,
      double degrees) {
    this.curve = curve;
    this.hypothesis = hypothesis;
    this.parameters = parameters;
    this.covariance = covariance;
    this.logEvidence = logEvidence;
    this.variance = variance;
    this.degrees = degrees;
  }

  Curve curve() {
    return curve;
  }

  /** Returns the standard deviation of a size of weight 1 that the model leaves unexplained. */
  double error() {
    return Math.sqrt(variance);
  }

  /** Returns the logarithm of how likely data and model are together, up to a common constant. */
  double logEvidence() {
    return logEvidence;
  }

  /**
   * Returns the models of a curve under each hypothesis; empty where the curve's parameters cannot
   * be told apart.
   *
   * @param noise the variance of a size of weight 1, beforehand
   * @param noiseDegrees the degrees of freedom behind it
   */
  static List<CurveModel> of(
      Curve curve,
      Observations data,
      List<Hypothesis> hypotheses,
      double noise,
      double noiseDegrees) {
    int m = data.count();
    double[] fitted = curve.parameters();
    int p = fitted.length;
    double[][] rows = new double[p][m];
    double[] residuals = new double[m];
    for (int i = 0; i < m; i++) {
      double root = Math.sqrt(data.weights()[i]);
      double n = data.sizes()[i];
      double[] gradient = curve.gradient(n, fitted);
      for (int j = 0; j < p; j++) {
        rows[j][i] = root * gradient[j];
      }
      residuals[i] = root * (data.logs()[i] - curve.logAt(n, fitted));
    }
    double[][] r = new double[p][p];
    double logDeterminant = 0;
    for (int j = 0; j < p; j++) {
      double before = dot(rows[j], rows[j]);
      for (int k = 0; k < j; k++) {
        r[k][j] = dot(rows[k], rows[j]);
        subtract(rows[j], r[k][j], rows[k]);
      }
      double after = dot(rows[j], rows[j]);
      if (!(after > LEAST_PIVOT * before)) {
        return List.of();
      }
      r[j][j] = Math.sqrt(after);
      for (int i = 0; i < m; i++) {
        rows[j][i] /= r[j][j];
      }
      logDeterminant += Math.log(r[j][j]);
    }
    double[] projected = new double[p];
    for (int j = 0; j < p; j++) {
      projected[j] = dot(rows[j], residuals);
      subtract(residuals, projected[j], rows[j]);
    }
    double[] change = solve(r, projected);
    double[][] inverse = inverse(r);
    double squares = dot(residuals, residuals);
    double allDegrees = noiseDegrees + m - p;
    double constant =
        curve.logPrior()
            - logDeterminant
            - (m - p) / 2.0 * Math.log(Math.PI)
            + Gamma.logGamma(allDegrees / 2);
    List<CurveModel> models = new ArrayList<>();
    for (Hypothesis hypothesis : hypotheses) {
      double[] off = new double[m];
      for (int i = hypothesis.first(); i < hypothesis.last(); i++) {
        off[i] = Math.sqrt(data.weights()[i]);
      }
      double[] shared = new double[p];
      for (int j = 0; j < p; j++) {
        shared[j] = dot(rows[j], off);
        subtract(off, shared[j], rows[j]);
      }
      double relative = hypothesis.deviation() * hypothesis.deviation() / noise;
      double stretch = 1 + relative * dot(off, off);
      double shift = relative * dot(off, residuals) / stretch;
      double left = squares - shift * dot(off, residuals);
      double scale = noiseDegrees * noise + Math.max(0, left);
      double evidence =
          constant
              + Math.log(hypothesis.weight())
              - Math.log(stretch) / 2
              - allDegrees / 2 * Math.log(scale);
      double[] push = solve(r, shared);
      double[] parameters = new double[p + 1];
      double[][] covariance = new double[p + 1][p + 1];
      double spread = relative / stretch;
      parameters[p] = shift;
      covariance[p][p] = spread;
      for (int j = 0; j < p; j++) {
        parameters[j] = fitted[j] + change[j] - push[j] * shift;
        covariance[j][p] = -push[j] * spread;
        covariance[p][j] = covariance[j][p];
        for (int k = 0; k < p; k++) {
          covariance[j][k] = inverse[j][k] + push[j] * push[k] * spread;
        }
      }
      if (!curve.allows(parameters)) {
        continue;
      }
      double variance = scale / allDegrees;
      Optional<Integer> hidden = curve.hidden();
      if (hidden.isPresent()) {
        int h = hidden.get();
        double z = parameters[h] / Math.sqrt(variance * covariance[h][h]);
        evidence +=
            Math.log(Math.max(1e-300, Mixture.normalBelow(Mixture.normalOf(z, allDegrees))));
      }
      models.add(
          new CurveModel(
              curve, hypothesis, parameters, covariance, evidence, variance, allDegrees));
    }
    return models;
  }

  /**
   * Returns the distribution of the logarithm of a new measurement.
   *
   * @param n its size
   * @param weight the weight of the model
   * @param more what is added to the variance
   */
  List<Mixture.Part> predict(double n, double weight, double more) {
    int p = parameters.length - 1;
    Optional<Integer> hidden = curve.hidden();
    double deviation = hidden.map(h -> Math.sqrt(variance * covariance[h][h])).orElse(0.0);
    if (hidden.isEmpty() || parameters[hidden.get()] > CLEAR * deviation) {
      return List.of(part(n, weight, more, parameters, -1));
    }
    int h = hidden.get();
    double below = below(-parameters[h] / deviation);
    List<Mixture.Part> parts = new ArrayList<>();
    for (int i = 1; i < STRATA.length; i++) {
      double level = below + (1 - below) * (STRATA[i - 1] + STRATA[i]) / 2;
      double drawn =
          Math.max(
              0,
              parameters[h]
                  + deviation * Mixture.studentOf(Mixture.normalQuantile(level), degrees));
      double[] given = new double[p + 1];
      for (int j = 0; j <= p; j++) {
        given[j] = parameters[j] + covariance[j][h] / covariance[h][h] * (drawn - parameters[h]);
      }
      given[h] = drawn;
      if (curve.allows(given)) {
        parts.add(part(n, weight * (STRATA[i] - STRATA[i - 1]), more, given, h));
      }
    }
    return parts;
  }

  private double below(double t) {
    return Mixture.normalBelow(Mixture.normalOf(t, degrees));
  }

  private Mixture.Part part(double n, double weight, double more, double[] given, int known) {
    int p = given.length - 1;
    double[] gradient = java.util.Arrays.copyOf(curve.gradient(n, given), p + 1);
    double mean = curve.logAt(n, given);
    if (hypothesis.lasting()) {
      gradient[p] = 1;
      mean += given[p];
    }
    double spread = 0;
    double shared = 0;
    for (int j = 0; j <= p; j++) {
      for (int k = 0; k <= p; k++) {
        spread += gradient[j] * gradient[k] * covariance[j][k];
      }
      if (known >= 0) {
        shared += gradient[j] * covariance[j][known];
      }
    }
    if (known >= 0) {
      spread -= shared * shared / covariance[known][known];
    }
    double all = variance * (1 + Math.max(0, spread)) + more;
    return new Mixture.Part(weight, mean, Math.min(WIDEST, Math.sqrt(all)), degrees);
  }

  private static double[] solve(double[][] r, double[] right) {
    int p = right.length;
    double[] solution = new double[p];
    for (int j = p - 1; j >= 0; j--) {
      double sum = right[j];
      for (int k = j + 1; k < p; k++) {
        sum -= r[j][k] * solution[k];
      }
      solution[j] = sum / r[j][j];
    }
    return solution;
  }

  /** Returns (RᵀR)⁻¹. */
  private static double[][] inverse(double[][] r) {
    int p = r.length;
    double[][] columns = new double[p][];
    for (int j = 0; j < p; j++) {
      double[] unit = new double[p];
      unit[j] = 1;
      columns[j] = solve(r, unit);
    }
    double[][] product = new double[p][p];
    for (int j = 0; j < p; j++) {
      for (int k = 0; k < p; k++) {
        for (int l = 0; l < p; l++) {
          product[j][k] += columns[l][j] * columns[l][k];
        }
      }
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * what[i];
    }
  }
}
