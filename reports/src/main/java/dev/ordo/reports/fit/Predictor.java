package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of sizes that were not measured, with intervals that include what is not known of the law.
 *
 * <p>Every law is fitted, with and without an overhead, and two power laws whose exponent may be
 * any; each also under the hypotheses that one size is off its curve or that a step lies in the
 * range ({@link Hypothesis}). What these {@link CurveModel}s predict is averaged, each with the
 * weight that the data gives it (Bayesian model averaging: Hoeting et al., Statistical Science 14,
 * 1999). So the interval is narrow where all likely models agree and grows where they part.
 *
 * <p>The interval is one for the mean of a new measurement with as many forks as the sizes have on
 * average: it has the noise of forks, the machine's floor of {@link Ranking#FLOOR}, and for each
 * doubling beyond the range a variance of {@value #MACHINE}² for steps that lie there.
 */
final class Predictor {

  static final double CONFIDENCE = 0.95;

  /** The fewest sizes to predict from. */
  static final int FEWEST_SIZES = 4;

  /** The relative error above which no law is said to fit. */
  private static final double WORST_FIT = 0.25;

  /** What forks say of noise counts as much as so many sizes at most. */
  private static final double MOST_DEGREES = 6;

  private static final double DEGREES_OF_ONE_FORK = 2;

  /** How far a machine may be off, as a standard deviation, for each doubling beyond the range. */
  private static final double MACHINE = 0.03;

  /** Models less likely than the likeliest by more than this factor do not count. */
  private static final double LEAST_WEIGHT = 1e-3;

  private final Observations data;
  private final List<CurveModel> models;
  private final double[] weights;

  private Predictor(Observations data, List<CurveModel> models, double[] weights) {
    this.data = data;
    this.models = models;
    this.weights = weights;
  }

  /**
   * Makes a predictor.
   *
   * @param data at least {@value #FEWEST_SIZES} sizes
   */
  static Predictor of(Observations data) {
    boolean forks = data.forkDegrees() > 0;
    double noise = forks ? data.noise() : Plausible.UNSEEN * Plausible.UNSEEN;
    double degrees = forks ? Math.min(MOST_DEGREES, data.forkDegrees()) : DEGREES_OF_ONE_FORK;
    List<Hypothesis> hypotheses = Hypothesis.all(data.count());
    List<CurveModel> models = new ArrayList<>();
    double most = Double.NEGATIVE_INFINITY;
    for (Curve curve : curves(data)) {
      if (curve.parameters().length < data.count()) {
        for (CurveModel model :
            CurveModel.of(curve, data, hypotheses, noise, degrees, most + Math.log(LEAST_WEIGHT))) {
          most = Math.max(most, model.logEvidence());
          models.add(model);
        }
      }
    }
    double least = most + Math.log(LEAST_WEIGHT);
    List<CurveModel> kept = models.stream().filter(model -> model.logEvidence() > least).toList();
    double[] weights =
        kept.stream()
            .mapToDouble(model -> LEAST_WEIGHT * Math.exp(model.logEvidence() - least))
            .toArray();
    double total = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= total;
    }
    return new Predictor(data, kept, weights);
  }

  private static List<Curve> curves(Observations data) {
    List<Curve> curves = new ArrayList<>();
    for (LawFit fit : new CurveFitter(data.sizes(), data.weights()).fitAll(data.logs())) {
      SumCurve.of(fit, data.sizes()).ifPresent(curves::add);
    }
    curves.add(new PowerCurve(PowerFit.of(data.sizes(), data.logs(), data.weights())));
    RaisedPowerCurve.of(data).ifPresent(curves::add);
    return curves;
  }

  /** Returns whether the likeliest model leaves too much unexplained to predict anything by it. */
  boolean fitsNothing() {
    return error() > WORST_FIT;
  }

  /** Returns the error of a size that the likeliest model leaves, as a part of the value. */
  double error() {
    return models.get(likeliest()).error();
  }

  private int likeliest() {
    int likeliest = 0;
    for (int i = 1; i < weights.length; i++) {
      likeliest = weights[i] > weights[likeliest] ? i : likeliest;
    }
    return likeliest;
  }

  /** Returns the median and the 95 % interval of the value at a size. */
  Interval at(double n) {
    double distance = Math.max(1, Math.max(n / data.largest(), data.sizes()[0] / n));
    double machine = MACHINE * MACHINE * Math.log(distance) / Math.log(2);
    List<Mixture.Part> parts = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      parts.addAll(models.get(i).predict(n, weights[i], machine));
    }
    Mixture mixture = new Mixture(parts);
    double outside = (1 - CONFIDENCE) / 2;
    return new Interval(
        Math.exp(mixture.quantile(0.5)),
        Math.exp(mixture.quantile(outside)),
        Math.exp(mixture.quantile(1 - outside)),
        CONFIDENCE);
  }

  /** Returns the formula of the law with the largest weight, and that weight in 0 … 1. */
  Map.Entry<String, Double> heaviest() {
    Map<Curve, Double> laws = new IdentityHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      laws.merge(models.get(i).curve(), weights[i], Double::sum);
    }
    Curve heaviest = models.get(0).curve();
    for (CurveModel model : models) {
      heaviest = laws.get(model.curve()) > laws.get(heaviest) ? model.curve() : heaviest;
    }
    return Map.entry(heaviest.formula(), laws.get(heaviest));
  }
}
