package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The check that anybody can make of a fit: without the largest size, the fit predicts it.
 *
 * @param size the largest size
 * @param predicted what the other sizes predict, in the unit of the series, with a 95 % interval
 *     for a measurement; see {@link Prediction}
 * @param measured the geometric mean of the fork means there, without an outlying fork
 * @param law the formula of the law with the largest weight in the prediction
 */
public record HeldOut(double size, Interval predicted, double measured, String law) {

  /** The fewest sizes that the check is made with. */
  private static final int FEWEST_SIZES = Predictor.FEWEST_SIZES + 1;

  /** Checks that every part is there. */
  public HeldOut {
    Objects.requireNonNull(predicted, "predicted");
    Objects.requireNonNull(law, "law");
  }

  /** Returns the measured value over the predicted one, with the interval that follows. */
  public Interval ratio() {
    return new Interval(
        measured / predicted.value(),
        measured / predicted.high(),
        measured / predicted.low(),
        predicted.confidence());
  }

  /** Returns whether the measured value lies in the interval. */
  public boolean holds() {
    return predicted.contains(measured);
  }

  /**
   * Says all in one sentence, for example {@code Without 4096, the fit predicts 1.83 ms [1.70,
   * 1.98]; measured 1.81 ms, ×0.99.}
   *
   * @param unit the unit of the series
   */
  public String sentence(Unit unit) {
    return "Without "
        + Figures.size(size)
        + ", the fit predicts "
        + Figures.estimate(predicted, unit)
        + "; measured "
        + Figures.value(measured, unit)
        + ", "
        + times()
        + (holds() ? "." : ", outside the interval.");
  }

  /** Returns what a conclusion says of a check that failed. */
  String remark(Unit unit) {
    return "the check fails: without "
        + Figures.size(size)
        + ", the fit predicts "
        + Figures.estimate(predicted, unit)
        + " there, measured is "
        + Figures.value(measured, unit)
        + " ("
        + times()
        + ")";
  }

  private String times() {
    return String.format(Locale.ROOT, "×%.2f", measured / predicted.value());
  }

  /**
   * Checks a series of positive values; empty with fewer than {@value #FEWEST_SIZES} sizes, where
   * the others predict nothing.
   *
   * @param all the series' observations
   */
  static Optional<HeldOut> of(Series series, Observations all) {
    List<Series.Point> points = series.points();
    if (points.size() < FEWEST_SIZES) {
      return Optional.empty();
    }
    Series others = series.withPoints(points.subList(0, points.size() - 1));
    double measured = Math.exp(all.logs()[all.count() - 1]);
    Prediction prediction = Prediction.of(others, List.of(all.largest())).get(0);
    return prediction
        .value()
        .filter(value -> value.low() > 0)
        .map(value -> new HeldOut(all.largest(), value, measured, prediction.law()));
  }
}
