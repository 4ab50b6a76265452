package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
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
   * Returns the models of a curve under each hypothesis; none where the data cannot tell the
   * curve's parameters apart.
   *
   * @param noise the variance of a size of weight 1, beforehand
   * @param noiseDegrees the degrees of freedom behind it
   * @param least the logarithm of an evidence that does not count beside others: a model that has
   *     less is left out
   */
  static List<CurveModel> of(
      Curve curve,
      Observations data,
      List<Hypothesis> hypotheses,
      double noise,
      double noiseDegrees,
      double least) {
    Optional<LinearFit> fit = LinearFit.of(curve, data);
    if (fit.isEmpty()) {
      return List.of();
    }
    int left = data.count() - fit.get().parameters();
    double common =
        curve.logPrior()
            - fit.get().logDeterminant()
            - left / 2.0 * Math.log(Math.PI)
            + Gamma.logGamma((noiseDegrees + left) / 2);
    List<CurveModel> models = new ArrayList<>();
    for (Hypothesis hypothesis : hypotheses) {
      under(hypothesis, curve, fit.get(), data, noise, noiseDegrees, common, least)
          .ifPresent(models::add);
    }
    return models;
  }

  private static Optional<CurveModel> under(
      Hypothesis hypothesis,
      Curve curve,
      LinearFit fit,
      Observations data,
      double noise,
      double noiseDegrees,
      double common,
      double least) {
    int m = data.count();
    int p = fit.parameters();
    double[] off = new double[m];
    for (int i = hypothesis.first(); i < hypothesis.last(); i++) {
      off[i] = Math.sqrt(data.weights()[i]);
    }
    double[] push = fit.explain(off);
    double relative = hypothesis.deviation() * hypothesis.deviation() / noise;
    double stretch = 1 + relative * LinearFit.dot(off, off);
    double shift = relative * LinearFit.dot(off, fit.residuals()) / stretch;
    double spread = relative / stretch;
    double squares = LinearFit.dot(fit.residuals(), fit.residuals());
    double left = Math.max(0, squares - shift * LinearFit.dot(off, fit.residuals()));
    double degrees = noiseDegrees + m - p;
    double scale = noiseDegrees * noise + left;
    double variance = scale / degrees;
    double evidence =
        Math.log(hypothesis.weight())
            + common
            - Math.log(stretch) / 2
            - degrees / 2 * Math.log(scale);
    if (evidence < least) {
      return Optional.empty();
    }
    double[] parameters = new double[p + 1];
    double[][] covariance = new double[p + 1][p + 1];
    parameters[p] = shift;
    covariance[p][p] = spread;
    for (int j = 0; j < p; j++) {
      parameters[j] = curve.parameters()[j] + fit.change()[j] - push[j] * shift;
      covariance[j][p] = -push[j] * spread;
      covariance[p][j] = covariance[j][p];
      for (int k = 0; k < p; k++) {
        covariance[j][k] = fit.inverse()[j][k] + push[j] * push[k] * spread;
      }
    }
    if (!curve.allows(parameters)) {
      return Optional.empty();
    }
    if (curve.hidden().isPresent()) {
      int h = curve.hidden().get();
      double t = parameters[h] / Math.sqrt(variance * covariance[h][h]);
      double positive = Mixture.normalBelow(Mixture.normalOf(t, degrees));
      evidence += Math.log(Math.max(Double.MIN_NORMAL, positive));
    }
    return Optional.of(
        new CurveModel(curve, hypothesis, parameters, covariance, evidence, variance, degrees));
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
    double[] gradient = Arrays.copyOf(curve.gradient(n, given), p + 1);
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
}
