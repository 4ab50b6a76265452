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

  /** One ranked law, or the power law where {@code fit} is null. */
  private record Candidate(
      String name, List<Fit.Term> terms, double relativeError, double aicc, int parameters) {}

  /** Ranks the better variant of every family, and the power law. */
  static List<Fit> of(List<LawFit> fits, PowerFit power) {
    Map<Law, LawFit> best = new LinkedHashMap<>();
    for (LawFit fit : fits) {
      best.merge(fit.law().family(), fit, (a, b) -> aicc(b) < aicc(a) ? b : a);
    }
    List<Candidate> candidates = new ArrayList<>();
    for (LawFit fit : best.values()) {
      candidates.add(
          new Candidate(
              fit.law().formula(), fit.terms(), fit.relativeError(), aicc(fit), fit.parameters()));
    }
    candidates.add(
        new Candidate(
            String.format(Locale.ROOT, "a·n^%.2f", power.exponent()),
            List.of(new Fit.Term(Math.exp(power.logFactor()), power.exponent(), 0)),
            LawFit.relativeError(power.residuals()),
            aicc(power.squares(), power.residuals().length, power.parameters()),
            power.parameters()));
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
      Candidate c = candidates.get(i);
      double weight = total > 0 ? weights[i] / total : 0;
      ranking.add(new Fit(c.name(), c.terms(), c.relativeError(), c.aicc(), weight));
    }
    return List.copyOf(ranking);
  }

  /** Returns a fit as it stands in a ranking. */
  static Fit find(List<Fit> ranking, LawFit fit) {
    for (Fit ranked : ranking) {
      if (ranked.name().equals(fit.law().formula())) {
        return ranked;
      }
    }
    return new Fit(fit.law().formula(), fit.terms(), fit.relativeError(), aicc(fit), 0);
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
