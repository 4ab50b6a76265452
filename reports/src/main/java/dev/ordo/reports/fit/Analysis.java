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
 * @param heldOut how well the largest size is predicted without it; absent with fewer than 5 sizes
 *     or where nothing can be predicted
 * @param localExponents the exponent between neighbouring sizes, sizes ascending; empty with fewer
 *     than 2 sizes or where a value is not positive
 * @param predictions what is predicted for further sizes, in the order in which they were asked for
 */
public record Analysis(
    Optional<Interval> exponent,
    List<Fit> ranking,
    Optional<Fit> best,
    Optional<Crossover> crossover,
    Optional<Regime> regime,
    Conclusion conclusion,
    ForkSummary forks,
    Optional<HeldOut> heldOut,
    List<LocalExponent> localExponents,
    List<Prediction> predictions) {

  /** Checks that every part is there. */
  public Analysis {
    Objects.requireNonNull(exponent, "exponent");
    ranking = List.copyOf(ranking);
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(crossover, "crossover");
    Objects.requireNonNull(regime, "regime");
    Objects.requireNonNull(conclusion, "conclusion");
    Objects.requireNonNull(forks, "forks");
    Objects.requireNonNull(heldOut, "heldOut");
    localExponents = List.copyOf(localExponents);
    predictions = List.copyOf(predictions);
  }

  /**
   * Makes an analysis without a place of change, without what is known of forks, and without
   * predictions of any kind.
   */
  public Analysis(
      Optional<Interval> exponent,
      List<Fit> ranking,
      Optional<Fit> best,
      Optional<Crossover> crossover,
      Conclusion conclusion) {
    this(
        exponent,
        ranking,
        best,
        crossover,
        Optional.empty(),
        conclusion,
        ForkSummary.NONE,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Returns the same analysis with other local exponents. */
  Analysis withLocalExponents(List<LocalExponent> others) {
    return new Analysis(
        exponent,
        ranking,
        best,
        crossover,
        regime,
        conclusion,
        forks,
        heldOut,
        others,
        predictions);
  }

  /** Returns the same analysis with other predictions. */
  public Analysis withPredictions(List<Prediction> others) {
    return new Analysis(
        exponent,
        ranking,
        best,
        crossover,
        regime,
        conclusion,
        forks,
        heldOut,
        localExponents,
        others);
  }

  /** Returns the same analysis with what is known of the forks. */
  public Analysis withForks(ForkSummary known) {
    return new Analysis(
        exponent,
        ranking,
        best,
        crossover,
        regime,
        conclusion,
        known,
        heldOut,
        localExponents,
        predictions);
  }

  /** Returns the same analysis with the place at which the series changes, if there is one. */
  public Analysis withRegime(Optional<Regime> place) {
    return new Analysis(
        exponent,
        ranking,
        best,
        crossover,
        place,
        conclusion,
        forks,
        heldOut,
        localExponents,
        predictions);
  }
}
