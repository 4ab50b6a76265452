package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.List;

/**
 * The exponent's interval where values may have a step that noise hides.
 *
 * <p>A step of 10 % bends the slope of a line by several of its standard errors before any test
 * would find it. So the line is held against the same line with a step, for each place a step may
 * have. If the best of them lowers the sum of squares by more than the {@value #LENIENT} quantile
 * of F with one degree of freedom, the interval is the hull of the intervals of all places that fit
 * not clearly worse than the best (F, {@value #RIVAL}) and, unless the step is all but sure (F, at
 * 1 % divided by the number of places), of that without a step. Where a law with a name fits
 * clearly better than any step, the series bends smoothly and nothing is widened.
 *
 * <p>On a power law without a step this widens the interval of one series in three or four, which
 * is what it costs; the levels were chosen by simulation.
 */
final class SteppedExponent {

  private static final double LENIENT = 0.90;
  private static final double RIVAL = 0.95;
  private static final double SURE = 0.01;

  /** With one fork a size, scatter is all there is to tell steps from noise. */
  private static final int FEWEST_SIZES_OF_ONE_FORK = 6;

  private final Observations data;
  private final PowerFit power;
  private final List<PowerFit> stepped = new ArrayList<>();
  private final double noise;
  private final int noiseDegrees;
  private final double least;

  private SteppedExponent(Observations data, List<LawFit> fits, PowerFit power) {
    this.data = data;
    this.power = power;
    for (int split = 1; split < data.count(); split++) {
      stepped.add(PowerFit.of(data.sizes(), data.logs(), data.weights(), split));
    }
    double squares = stepped.stream().mapToDouble(PowerFit::squares).min().orElseThrow();
    least = squares;
    int degrees = data.count() - 3;
    boolean smooth = false;
    for (LawFit fit : fits) {
      if (fit.degrees() > 0 && fit.squares() / fit.degrees() < squares / degrees) {
        squares = fit.squares();
        degrees = fit.degrees();
        smooth = true;
      }
    }
    Observations.Variance variance = data.variance(squares, degrees, data.poolingLimit(degrees));
    boolean floored = data.forkDegrees() == 0 && smooth;
    noise =
        floored
            ? Math.max(variance.value(), Plausible.UNSEEN * Plausible.UNSEEN)
            : variance.value();
    noiseDegrees = variance.degrees();
  }

  /**
   * Returns intervals of the exponent with a step that was found.
   *
   * @param found the laws with the step
   * @param power the power law fitted without a step
   * @param plain the intervals without a step, of several confidences
   */
  static List<Interval> taken(
      Observations data, List<LawFit> found, PowerFit power, List<Interval> plain) {
    return new SteppedExponent(data, found, power).hulls(true, plain);
  }

  /**
   * Widens intervals of the exponent.
   *
   * @param fits all laws fitted without a step
   * @param power the power law fitted without a step
   * @param plain the intervals without a step, of several confidences
   * @return the intervals to be reported, of the same confidences
   */
  static List<Interval> widen(
      Observations data, List<LawFit> fits, PowerFit power, List<Interval> plain) {
    int fewest = data.forkDegrees() == 0 ? FEWEST_SIZES_OF_ONE_FORK : 4;
    if (data.count() < fewest) {
      return plain;
    }
    return new SteppedExponent(data, fits, power).widened(fits, plain);
  }

  private List<Interval> widened(List<LawFit> fits, List<Interval> plain) {
    double rival = noise * quantile(RIVAL);
    double gain = power.squares() - least;
    double smooth = fits.stream().mapToDouble(LawFit::squares).reduce(power.squares(), Math::min);
    if (!(gain > noise * quantile(LENIENT)) || least > smooth + rival) {
      return plain;
    }
    return hulls(gain > noise * quantile(1 - SURE / stepped.size()), plain);
  }

  private List<Interval> hulls(boolean sure, List<Interval> plain) {
    double rival = noise * quantile(RIVAL);
    List<PowerFit> plausible =
        stepped.stream().filter(fit -> fit.squares() <= least + rival).toList();
    PowerFit best =
        stepped.stream().filter(fit -> fit.squares() == least).findFirst().orElseThrow();
    return plain.stream().map(interval -> hull(interval, sure, best, plausible)).toList();
  }

  private Interval hull(Interval plain, boolean sure, PowerFit best, List<PowerFit> plausible) {
    double low = sure ? best.exponent() : plain.low();
    double high = sure ? best.exponent() : plain.high();
    for (PowerFit fit : plausible) {
      Observations.Variance variance =
          data.variance(fit.squares(), fit.degrees(), data.poolingLimit(fit.degrees()));
      double reach =
          Math.sqrt(variance.value() / fit.leverage())
              * Observations.quantileOfT((1 + plain.confidence()) / 2, variance.degrees());
      low = Math.min(low, fit.exponent() - reach);
      high = Math.max(high, fit.exponent() + reach);
    }
    return new Interval(sure ? best.exponent() : plain.value(), low, high, plain.confidence());
  }

  private double quantile(double level) {
    return Observations.quantileOfF(level, 1, noiseDegrees);
  }
}
