package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fits in the order of Akaike's corrected criterion, with Akaike weights.
 *
 * <p>AICc = m ln(S/m + φ²) + 2K + 2K(K+1)/(m − K − 1), with m the number of sizes, S the weighted
 * sum of squared log residuals, K the number of coefficients plus one for the error, and φ =
 * {@value #FLOOR} the relative error below which no curve counts as better (Hurvich and Tsai,
 * Biometrika 76, 1989; weights: Burnham and Anderson, <i>Model Selection</i>, 2002, section 2.9).
 * Of the two variants of a law, with and without overhead, the one with the lower criterion is
 * ranked.
 */
final class Ranking {

  /** The relative error of one size below which machines do not let laws be told apart. */
  static final double FLOOR = 0.01;

  private Ranking() {}

  /** One ranked law, not yet weighed. */
  private record Candidate(
      String name,
      List<Fit.Term> terms,
      double relativeError,
      double aicc,
      int parameters,
      Fit.Form form,
      List<Interval> intervals) {

    Fit weighing(double weight) {
      return new Fit(name, terms, relativeError, aicc, weight, form, intervals);
    }
  }

  /** Ranks the better variant of every family, and of the power law. */
  static List<Fit> of(Observations data, Candidates all) {
    Map<Law, LawFit> best = new LinkedHashMap<>();
    for (LawFit fit : all.laws()) {
      best.merge(fit.law().family(), fit, (a, b) -> aicc(b) < aicc(a) ? b : a);
    }
    TermIntervals intervals = new TermIntervals(data);
    List<Candidate> candidates = new ArrayList<>();
    for (LawFit fit : best.values()) {
      candidates.add(
          new Candidate(
              fit.law().formula(),
              fit.terms(),
              fit.relativeError(),
              aicc(fit),
              fit.parameters(),
              Fit.Form.SUM,
              intervals.of(fit)));
    }
    Candidate plain = candidate(all.power(), intervals);
    candidates.add(
        all.above()
            .map(above -> candidate(above, intervals))
            .filter(above -> above.aicc() < plain.aicc())
            .orElse(plain));
    candidates.sort(
        Comparator.comparingDouble(Candidate::aicc)
            .thenComparingDouble(Candidate::relativeError)
            .thenComparingInt(Candidate::parameters));
    double least = candidates.get(0).aicc();
    double[] weights =
        candidates.stream()
            .mapToDouble(c -> Double.isFinite(least) ? Math.exp((least - c.aicc()) / 2) : 0)
            .toArray();
    double total = Arrays.stream(weights).sum();
    List<Fit> ranking = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      ranking.add(candidates.get(i).weighing(total > 0 ? weights[i] / total : 0));
    }
    return List.copyOf(ranking);
  }

  /** Returns a fit as it stands in a ranking, or beside it if its variant is not ranked. */
  static Fit find(List<Fit> ranking, Observations data, LawFit fit) {
    return find(
        ranking,
        new Fit(
            fit.law().formula(),
            fit.terms(),
            fit.relativeError(),
            aicc(fit),
            0,
            new TermIntervals(data).of(fit)));
  }

  /** Does the same for the power law. */
  static Fit find(List<Fit> ranking, Observations data, PowerFit power) {
    return find(ranking, candidate(power, new TermIntervals(data)).weighing(0));
  }

  /** Does the same for the power law above a constant. */
  static Fit find(List<Fit> ranking, Observations data, OverheadPower power) {
    return find(ranking, candidate(power, new TermIntervals(data)).weighing(0));
  }

  private static Fit find(List<Fit> ranking, Fit other) {
    return ranking.stream()
        .filter(ranked -> ranked.name().equals(other.name()))
        .findFirst()
        .orElse(other);
  }

  private static Candidate candidate(PowerFit power, TermIntervals intervals) {
    return new Candidate(
        String.format(Locale.ROOT, "a·n^%.2f", power.exponent()),
        List.of(new Fit.Term(Math.exp(power.logFactor()), power.exponent(), 0)),
        LawFit.relativeError(power.residuals()),
        aicc(power.squares(), power.residuals().length, power.parameters()),
        power.parameters(),
        Fit.Form.POWER,
        intervals.of(power));
  }

  private static Candidate candidate(OverheadPower power, TermIntervals intervals) {
    return new Candidate(
        String.format(Locale.ROOT, "a + b·n^%.2f", power.exponent()),
        List.of(
            new Fit.Term(power.overhead(), 0, 0),
            new Fit.Term(power.factor(), power.exponent(), 0)),
        LawFit.relativeError(power.residuals()),
        aicc(power.squares(), power.residuals().length, OverheadPower.PARAMETERS),
        OverheadPower.PARAMETERS,
        Fit.Form.POWER_ABOVE,
        intervals.of(power));
  }

  /** Returns the criterion of a fit; +∞ where there are too few sizes for it. */
  static double aicc(LawFit fit) {
    return aicc(fit.squares(), fit.residuals().length, fit.parameters());
  }

  private static double aicc(double squares, int m, int coefficients) {
    int k = coefficients + 1;
    if (m - k - 1 <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    return m * Math.log(squares / m + FLOOR * FLOOR) + 2.0 * k + 2.0 * k * (k + 1) / (m - k - 1);
  }
}
