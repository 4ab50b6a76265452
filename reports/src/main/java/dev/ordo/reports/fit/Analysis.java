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
 */
public record Analysis(
    Optional<Interval> exponent,
    List<Fit> ranking,
    Optional<Fit> best,
    Optional<Crossover> crossover,
    Optional<Regime> regime,
    Conclusion conclusion) {

  /** Checks that every part is there. */
  public Analysis {
    Objects.requireNonNull(exponent, "exponent");
    ranking = List.copyOf(ranking);
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(crossover, "crossover");
    Objects.requireNonNull(regime, "regime");
    Objects.requireNonNull(conclusion, "conclusion");
  }

  /** Makes an analysis of a series without a place at which it changes. */
  public Analysis(
      Optional<Interval> exponent,
      List<Fit> ranking,
      Optional<Fit> best,
      Optional<Crossover> crossover,
      Conclusion conclusion) {
    this(exponent, ranking, best, crossover, Optional.empty(), conclusion);
  }
}
