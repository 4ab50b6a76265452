package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param plainPower whether the power law without overhead is in the set
 * @param overheadPower the power law above a constant, if it is in the set and the constant pays
 *     for itself
 * @param noise σ² of a size of weight 1
 * @param noiseDegrees its degrees of freedom
 * @param loose whether σ² is that of the best law, not that of the forks
 */
record Plausible(
    Map<Law, LawFit> laws,
    boolean plainPower,
    Optional<OverheadPower> overheadPower,
    double noise,
    int noiseDegrees,
    boolean loose) {

  static final double LEVEL = 0.99;
  static final double LEVEL_OF_TWO = 0.995;
  static final double MACHINE = 0.05;
  static final double UNSEEN = 0.02;

  /** With fewer degrees of freedom of forks, the scatter of sizes helps to tell the noise. */
  private static final int FEW_DEGREES = 6;

  /** Finds the set; empty if not even the best law leaves residuals to judge by. */
  static Plausible of(Observations data, Candidates candidates) {
    Candidates.Curve best = candidates.closest();
    if (data.forkDegrees() > 0) {
      double noise = data.noise();
      Plausible strict = within(data, candidates, noise, data.forkDegrees(), false);
      if (!strict.laws.isEmpty() || strict.powerLaw()) {
        return data.forkDegrees() < FEW_DEGREES && best.meanSquare() <= noise
            ? strict.pooled(data, candidates, best)
            : strict;
      }
    }
    double least = data.forkDegrees() > 0 ? MACHINE : UNSEEN;
    double noise = Math.max(best.meanSquare(), least * least);
    return within(data, candidates, noise, best.degrees(), true);
  }

  /**
   * Returns the set at the noise that few forks and the scatter about the best curve show together:
   * two forks at one size of seven say next to nothing of the noise, seven sizes on a curve do.
   */
  private Plausible pooled(Observations data, Candidates candidates, Candidates.Curve best) {
    int degrees = noiseDegrees + best.degrees();
    double floor = Ranking.FLOOR * Ranking.FLOOR;
    double scatter = Math.max(floor, best.meanSquare());
    return within(
        data,
        candidates,
        (noiseDegrees * noise + best.degrees() * scatter) / degrees,
        degrees,
        false);
  }

  /** Returns whether a power law is in the set, with an overhead or without. */
  boolean powerLaw() {
    return plainPower || overheadPower.isPresent();
  }

  /** Returns whether the constant law is in the set. */
  boolean constant() {
    return laws.containsKey(Law.CONSTANT);
  }

  /** Returns the curves of all laws in the set, the power laws among them. */
  List<Candidates.Curve> curves(PowerFit power) {
    List<Candidates.Curve> curves = new ArrayList<>();
    laws.values().forEach(fit -> curves.add(Candidates.Curve.of(fit)));
    if (plainPower) {
      curves.add(Candidates.Curve.of(power));
    }
    overheadPower.ifPresent(fit -> curves.add(Candidates.Curve.of(fit)));
    return curves;
  }

  /** Returns whether there are laws in the set and all need their overhead. */
  boolean needsOverhead() {
    return !loose
        && !laws.isEmpty()
        && laws.values().stream().allMatch(fit -> fit.law().overhead());
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
      Observations data, Candidates candidates, double noise, int noiseDegrees, boolean loose) {
    double most =
        candidates.leastSquares()
            + 2 * noise * Observations.quantileOfF(LEVEL_OF_TWO, 2, noiseDegrees);
    Map<Law, LawFit> kept = new LinkedHashMap<>();
    List<LawFit> accepted = new ArrayList<>();
    for (LawFit fit : candidates.laws()) {
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
    PowerFit power = candidates.power();
    boolean plainPower =
        power.degrees() > 0
            && power.squares() <= most
            && fits(power.squares(), power.degrees(), noise, noiseDegrees);
    Optional<OverheadPower> above =
        candidates
            .above()
            .filter(fit -> fit.squares() <= most)
            .filter(
                fit ->
                    fits(
                        fit.squares(),
                        data.count() - OverheadPower.PARAMETERS,
                        noise,
                        noiseDegrees))
            .filter(
                fit ->
                    !plainPower
                        || significant(power.squares() - fit.squares(), noise, noiseDegrees));
    return new Plausible(kept, plainPower, above, noise, noiseDegrees, loose);
  }

  private static boolean fits(double squares, int degrees, double noise, int noiseDegrees) {
    return squares / degrees / noise <= Observations.quantileOfF(LEVEL, degrees, noiseDegrees);
  }

  private static boolean significant(double gain, double noise, int noiseDegrees) {
    return gain / noise > Observations.quantileOfF(LEVEL, 1, noiseDegrees);
  }
}
