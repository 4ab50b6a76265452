package dev.ordo.reports.fit;

import dev.ordo.reports.fit.SampledCurves.Curve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A law that may be that of a series, ready to be fitted again to other errors.
 *
 * @param source the fit that it comes from
 * @param columns a sum prepared for repeated fits; null for a power law
 * @param sizes the sizes it is fitted to
 * @param weights theirs
 * @param fitted its logarithms at the sizes
 * @param squares the weighted sum of squared residuals
 * @param degrees their degrees of freedom
 * @param curve the law itself
 */
record CandidateLaw(
    Fit source,
    CurveFitter.Columns columns,
    double[] sizes,
    double[] weights,
    double[] fitted,
    double squares,
    int degrees,
    Curve curve) {

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
    refitted(best, data.sizes(), data.logs(), data.weights()).ifPresent(candidates::add);
    if (candidates.isEmpty()) {
      return candidates;
    }
    for (Fit fit : analysis.ranking()) {
      if (fit.weight() >= leastWeight && !fit.name().equals(best.name())) {
        refitted(fit, data.sizes(), data.logs(), data.weights()).ifPresent(candidates::add);
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
      refitted(candidate.source, sizes, logs, weights)
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

  /** Returns the Akaike weight. */
  double weight() {
    return source.weight();
  }

  /** Returns the law fitted to its own curve plus errors; shape (sizes), not modified. */
  Curve again(double[] errors) {
    double[] logs = new double[errors.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = fitted[i] + errors[i];
    }
    return columns != null
        ? curve(columns.fit(logs))
        : power(source.form(), sizes, logs, weights).curve;
  }

  /** Returns the number of sizes it is fitted to. */
  int count() {
    return sizes.length;
  }

  /** Returns the variance of a size of weight 1 about the law. */
  double meanSquare() {
    return degrees > 0 ? squares / degrees : squares;
  }

  private static Optional<CandidateLaw> refitted(
      Fit source, double[] sizes, double[] logs, double[] weights) {
    if (source.form() != Fit.Form.SUM) {
      Power power = power(source.form(), sizes, logs, weights);
      return Optional.of(
          candidate(
              source,
              null,
              sizes,
              logs,
              weights,
              power.residuals,
              power.squares,
              power.parameters,
              power.curve));
    }
    CurveFitter fitter = new CurveFitter(sizes, weights);
    return law(source)
        .map(fitter::columns)
        .map(
            columns -> {
              LawFit fit = columns.fit(logs);
              return candidate(
                  source,
                  columns,
                  sizes,
                  logs,
                  weights,
                  fit.residuals(),
                  fit.squares(),
                  fit.parameters(),
                  curve(fit));
            });
  }

  /** Returns the law whose terms a fit has; empty of a sum that is zero. */
  private static Optional<Law> law(Fit fit) {
    boolean zero = fit.terms().stream().allMatch(term -> term.coefficient() == 0);
    for (Law family : Law.FAMILIES) {
      for (Law law : List.of(family, family.withOverhead())) {
        if (!zero && hasTerms(fit, law.columns())) {
          return Optional.of(law);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasTerms(Fit fit, List<Growth> columns) {
    boolean same = fit.terms().size() == columns.size();
    for (int i = 0; same && i < columns.size(); i++) {
      Fit.Term term = fit.terms().get(i);
      same = term.power() == columns.get(i).power() && term.logPower() == columns.get(i).logPower();
    }
    return same;
  }

  /** A power law that was fitted, with a constant or without. */
  private record Power(double[] residuals, double squares, int parameters, Curve curve) {}

  /** Fits a power law; without its constant where the best curve has none. */
  private static Power power(Fit.Form form, double[] sizes, double[] logs, double[] weights) {
    Optional<OverheadPower> above =
        form == Fit.Form.POWER_ABOVE ? OverheadPower.of(sizes, logs, weights) : Optional.empty();
    if (above.isPresent()) {
      OverheadPower fit = above.get();
      return new Power(
          fit.residuals(), fit.squares(), OverheadPower.PARAMETERS, n -> Math.log(fit.at(n)));
    }
    PowerFit fit = PowerFit.of(sizes, logs, weights);
    return new Power(
        fit.residuals(),
        fit.squares(),
        fit.parameters(),
        n -> fit.logFactor() + fit.exponent() * Math.log(n));
  }

  private static CandidateLaw candidate(
      Fit source,
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
    return new CandidateLaw(source, columns, sizes, weights, fitted, squares, degrees, curve);
  }

  private static Curve curve(LawFit fit) {
    return n -> Math.log(fit.at(n));
  }
}
