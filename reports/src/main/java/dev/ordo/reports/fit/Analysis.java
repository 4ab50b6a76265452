package dev.ordo.reports.fit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is said about one series.
 *
 * @param exponent the exponent of the power law with its interval; absent with fewer than 3 sizes
 * @param ranking the fitted laws, best first; empty with fewer than 3 sizes
 * @param best the fit that the curve of a chart shows; absent where nothing could be fitted
 * @param crossover where the quadratic part overtakes the linear part, if both are there
 * @param regime the place at which the series changes, if a test finds one; exponent, ranking and
 *     conclusion are those beyond it
 * @param conclusion what the data says
 * @param forks how the noise of forks splits, and which forks did not run at one level
 */
public record Analysis(
    Optional<Interval> exponent,
    List<Fit> ranking,
    Optional<Fit> best,
    Optional<Crossover> crossover,
    Optional<Regime> regime,
    Conclusion conclusion,
    ForkSummary forks) {

  /** Checks that every part is there. */
  public Analysis {
    Objects.requireNonNull(exponent, "exponent");
    ranking = List.copyOf(ranking);
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(crossover, "crossover");
    Objects.requireNonNull(regime, "regime");
    Objects.requireNonNull(conclusion, "conclusion");
    Objects.requireNonNull(forks, "forks");
  }

  /** Makes an analysis without a place of change and without anything known of forks. */
  public Analysis(
      Optional<Interval> exponent,
      List<Fit> ranking,
      Optional<Fit> best,
      Optional<Crossover> crossover,
      Conclusion conclusion) {
    this(exponent, ranking, best, crossover, Optional.empty(), conclusion, ForkSummary.NONE);
  }

  /** Returns the same analysis with what is known of the forks. */
  public Analysis withForks(ForkSummary known) {
    return new Analysis(exponent, ranking, best, crossover, regime, conclusion, known);
  }

  /** Returns the same analysis with the place at which the series changes, if there is one. */
  public Analysis withRegime(Optional<Regime> place) {
    return new Analysis(exponent, ranking, best, crossover, place, conclusion, forks);
  }
}
