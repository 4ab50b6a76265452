package dev.ordo.reports.fit;

import dev.ordo.reports.fit.SampledCurves.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A law that may be that of a series, ready to be fitted again to other errors.
 *
 * @param law the law; absent for the power law
 * @param weight its Akaike weight
 * @param columns the law prepared for repeated fits; null for the power law
 * @param sizes the sizes it is fitted to
 * @param weights theirs
 * @param fitted its logarithms at the sizes
 * @param squares the weighted sum of squared residuals
 * @param degrees their degrees of freedom
 * @param curve the law itself
 */
record CandidateLaw(
    Optional<Law> law,
    double weight,
    CurveFitter.Columns columns,
    double[] sizes,
    double[] weights,
    double[] fitted,
    double squares,
    int degrees,
    Curve curve) {

  private static final String POWER = "a·n^";

  /**
   * Returns the law that is drawn as best, then the others of the ranking with at least this
   * weight; a law that cannot be refitted is not among them, and nothing if the best one cannot.
   */
  static List<CandidateLaw> of(Analysis analysis, Observations data, double leastWeight) {
    List<CandidateLaw> candidates = new ArrayList<>();
    if (analysis.best().isEmpty()) {
      return candidates;
    }
    Fit best = analysis.best().get();
    named(best, data.sizes(), data.logs(), data.weights()).ifPresent(candidates::add);
    if (candidates.isEmpty()) {
      return candidates;
    }
    for (Fit fit : analysis.ranking()) {
      if (fit.weight() >= leastWeight && !fit.name().equals(best.name())) {
        named(fit, data.sizes(), data.logs(), data.weights()).ifPresent(candidates::add);
      }
    }
    return candidates;
  }

  /** Returns the same laws fitted to the sizes from one on; those with too few are left out. */
  static List<CandidateLaw> from(List<CandidateLaw> all, Observations data, int first) {
    double[] sizes = Arrays.copyOfRange(data.sizes(), first, data.count());
    double[] logs = Arrays.copyOfRange(data.logs(), first, data.count());
    double[] weights = Arrays.copyOfRange(data.weights(), first, data.count());
    List<CandidateLaw> fitted = new ArrayList<>();
    for (CandidateLaw candidate : all) {
      fitted(candidate.law(), candidate.weight(), sizes, logs, weights)
          .filter(law -> law.degrees() > 0)
          .ifPresent(fitted::add);
    }
    return fitted;
  }

  /** Returns the law that holds a place in 0 … 1 among the weights; the first where they are 0. */
  static CandidateLaw at(List<CandidateLaw> candidates, double place) {
    double rest = place * candidates.stream().mapToDouble(CandidateLaw::weight).sum();
    for (CandidateLaw candidate : candidates) {
      rest -= candidate.weight();
      if (rest < 0) {
        return candidate;
      }
    }
    return candidates.get(0);
  }

  /** Returns the law fitted to its own curve plus errors; shape (sizes), not modified. */
  Curve again(double[] errors) {
    double[] logs = new double[errors.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = fitted[i] + errors[i];
    }
    return law.isPresent() ? curve(columns.fit(logs)) : curve(PowerFit.of(sizes, logs, weights));
  }

  /** Returns the number of sizes it is fitted to. */
  int count() {
    return sizes.length;
  }

  /** Returns the variance of a size of weight 1 about the law. */
  double meanSquare() {
    return degrees > 0 ? squares / degrees : squares;
  }

  private static Optional<CandidateLaw> named(
      Fit fit, double[] sizes, double[] logs, double[] weights) {
    if (fit.name().startsWith(POWER) && fit.terms().size() == 1) {
      return fitted(Optional.empty(), fit.weight(), sizes, logs, weights);
    }
    for (Law family : Law.FAMILIES) {
      for (Law law : List.of(family, family.withOverhead())) {
        if (law.formula().equals(fit.name())) {
          return fitted(Optional.of(law), fit.weight(), sizes, logs, weights);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<CandidateLaw> fitted(
      Optional<Law> law, double weight, double[] sizes, double[] logs, double[] weights) {
    if (law.isEmpty()) {
      PowerFit power = PowerFit.of(sizes, logs, weights);
      return Optional.of(
          candidate(
              law,
              weight,
              null,
              sizes,
              logs,
              weights,
              power.residuals(),
              power.squares(),
              2,
              curve(power)));
    }
    CurveFitter.Columns columns = new CurveFitter(sizes, weights).columns(law.get());
    if (columns == null) {
      return Optional.empty();
    }
    LawFit fit = columns.fit(logs);
    return Optional.of(
        candidate(
            law,
            weight,
            columns,
            sizes,
            logs,
            weights,
            fit.residuals(),
            fit.squares(),
            fit.parameters(),
            curve(fit)));
  }

  private static CandidateLaw candidate(
      Optional<Law> law,
      double weight,
      CurveFitter.Columns columns,
      double[] sizes,
      double[] logs,
      double[] weights,
      double[] residuals,
      double squares,
      int parameters,
      Curve curve) {
    double[] fitted = new double[sizes.length];
    for (int i = 0; i < fitted.length; i++) {
      fitted[i] = logs[i] - residuals[i];
    }
    int degrees = sizes.length - parameters;
    return new CandidateLaw(law, weight, columns, sizes, weights, fitted, squares, degrees, curve);
  }

  private static Curve curve(LawFit fit) {
    return n -> Math.log(fit.at(n));
  }

  private static Curve curve(PowerFit power) {
    return n -> power.logFactor() + power.exponent() * Math.log(n);
  }
}
