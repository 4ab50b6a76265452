package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The laws that the data does not contradict: a confidence set, not the winner of a contest.
 *
 * <p>A law is contradicted if its residuals are larger than the noise allows: (S/(m − p))/σ² above
 * the 99 % quantile of F. The noise of a size is σ² = s²/f + φ², from the forks, with φ = {@link
 * Ranking#FLOOR}. It is also contradicted if it fits clearly worse than the best one: if its sum of
 * squares is larger by 2σ² times the 99.5 % quantile of F with 2 degrees of freedom, two being the
 * coefficients by which the best law may exceed the true one. So the true law is in the set about
 * 98 times of 100, and a law alone in the set may be named.
 *
 * <p>If that contradicts every law — real machines have steps that no smooth law follows — or if
 * there is one fork a size, σ² is the mean square of the best law instead, but not below {@value
 * #MACHINE}² (one fork: {@value #UNSEEN}²). Then only laws that fit several times worse than the
 * best are contradicted.
 *
 * @param laws the better variant of each law in the set, in the order of {@link Law#FAMILIES}; a
 *     law with a growing term of coefficient zero is not in it, being another law
 * @param powerLaw whether the power law is in the set
 * @param noise σ² of a size of weight 1
 * @param noiseDegrees its degrees of freedom
 * @param loose whether σ² is that of the best law, not that of the forks
 */
record Plausible(
    Map<Law, LawFit> laws, boolean powerLaw, double noise, int noiseDegrees, boolean loose) {

  static final double LEVEL = 0.99;
  static final double LEVEL_OF_TWO = 0.995;
  static final double MACHINE = 0.05;
  static final double UNSEEN = 0.02;

  /** Finds the set; empty if not even the best law leaves residuals to judge by. */
  static Plausible of(Observations data, List<LawFit> fits, PowerFit power) {
    if (data.forkDegrees() > 0) {
      double noise = data.forkVariance() / data.meanForks() + Ranking.FLOOR * Ranking.FLOOR;
      Plausible strict = within(data, fits, power, noise, data.forkDegrees(), false);
      if (!strict.laws.isEmpty() || strict.powerLaw) {
        return strict;
      }
    }
    double best =
        power.degrees() > 0 ? power.squares() / power.degrees() : Double.POSITIVE_INFINITY;
    int degrees = power.degrees();
    for (LawFit fit : fits) {
      if (fit.degrees() > 0 && fit.squares() / fit.degrees() < best) {
        best = fit.squares() / fit.degrees();
        degrees = fit.degrees();
      }
    }
    double least = data.forkDegrees() > 0 ? MACHINE : UNSEEN;
    return within(data, fits, power, Math.max(best, least * least), degrees, true);
  }

  /** Returns whether the constant law is in the set. */
  boolean constant() {
    return laws.containsKey(Law.CONSTANT);
  }

  /** Returns whether there are laws in the set and all need their overhead. */
  boolean needsOverhead() {
    return !loose
        && !laws.isEmpty()
        && laws.values().stream().allMatch(fit -> fit.law().overhead());
  }

  /** Returns the laws of one growing term in the set. */
  Set<Law> singles() {
    Set<Law> singles = new java.util.LinkedHashSet<>(laws.keySet());
    singles.remove(Law.MIXED);
    singles.remove(Law.CONSTANT);
    return singles;
  }

  /** Returns the smallest bounds that hold every law of the set; empty if there is none. */
  Optional<Bounds> bounds() {
    return laws.keySet().stream()
        .map(
            law ->
                law.equals(Law.MIXED) ? Bounds.LINEAR_TO_QUADRATIC : Bounds.of(law.terms().get(0)))
        .reduce(Bounds::and);
  }

  /** Returns whether the noise explains a sum of squares. */
  boolean explains(double squares, int degrees) {
    return fits(squares, degrees, noise, noiseDegrees);
  }

  private static Plausible within(
      Observations data,
      List<LawFit> fits,
      PowerFit power,
      double noise,
      int noiseDegrees,
      boolean loose) {
    double least = fits.stream().mapToDouble(LawFit::squares).reduce(power.squares(), Math::min);
    double most = least + 2 * noise * Observations.quantileOfF(LEVEL_OF_TWO, 2, noiseDegrees);
    Map<Law, LawFit> kept = new LinkedHashMap<>();
    List<LawFit> accepted = new ArrayList<>();
    for (LawFit fit : fits) {
      if (fit.degrees() > 0
          && fit.squares() <= most
          && fits(fit.squares(), fit.degrees(), noise, noiseDegrees)
          && fit.law().terms().stream().allMatch(term -> fit.coefficient(term) > 0)) {
        accepted.add(fit);
      }
    }
    for (LawFit fit : accepted) {
      // The variant without overhead comes first and stays, unless the overhead pays for itself.
      kept.merge(
          fit.law().family(),
          fit,
          (plain, overhead) ->
              significant(plain.squares() - overhead.squares(), noise, noiseDegrees)
                  ? overhead
                  : plain);
    }
    int degrees = power.degrees();
    boolean powerLaw =
        degrees > 0
            && power.squares() <= most
            && fits(power.squares(), degrees, noise, noiseDegrees);
    return new Plausible(kept, powerLaw, noise, noiseDegrees, loose);
  }

  private static boolean fits(double squares, int degrees, double noise, int noiseDegrees) {
    return squares / degrees / noise <= Observations.quantileOfF(LEVEL, degrees, noiseDegrees);
  }

  private static boolean significant(double gain, double noise, int noiseDegrees) {
    return gain / noise > Observations.quantileOfF(LEVEL, 1, noiseDegrees);
  }
}
