package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is predicted for a size that was not measured.
 *
 * <p>The interval is for the mean of a new measurement with as many forks as the measured sizes
 * have on average. It includes the coefficients' uncertainty, that of the law — every law that the
 * data leaves likely takes part, each with its weight — and the noise of measuring and of the
 * machine, which grows with the distance. It does not know of what lies beyond the range and leaves
 * no trace in it.
 *
 * @param size the size
 * @param distance by which factor the size lies outside the measured sizes; 1 inside
 * @param value the predicted value, in the unit of the series, with its interval; absent where
 *     nothing can be predicted
 * @param law the formula of the law with the largest weight; empty without a value
 * @param weight the weight of that law among all that took part, in 0 … 1
 * @param reason why there is no value; empty where there is one
 */
public record Prediction(
    double size,
    double distance,
    Optional<Interval> value,
    String law,
    double weight,
    String reason) {

  /** The ratio of an interval's ends from which the laws are said to part. */
  private static final double PARTED = 10;

  /** Checks that every part is there. */
  public Prediction {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Predicts the values of a series at sizes.
   *
   * @param sizes positive and finite
   * @return one prediction for each size, in their order
   * @throws IllegalArgumentException if a size is not positive and finite
   */
  public static List<Prediction> of(Series series, List<Double> sizes) {
    for (double size : sizes) {
      if (!(size > 0 && Double.isFinite(size))) {
        throw new IllegalArgumentException("size (" + size + ") must be positive and finite");
      }
    }
    if (series.points().isEmpty()) {
      return none(series, sizes, "the series has no sizes");
    }
    if (Analyst.isZero(series)) {
      return exact(series, sizes, new Fit("0", List.of(new Fit.Term(0, 0, 0)), 0, 0, 1));
    }
    Optional<Analysis> counted = Exact.of(series);
    if (counted.isPresent()) {
      return exact(series, sizes, counted.get().best().orElseThrow());
    }
    if (Analyst.notPositive(series).isPresent()) {
      return none(series, sizes, "not every value is positive");
    }
    int m = series.points().size();
    if (m < Predictor.FEWEST_SIZES) {
      return none(
          series,
          sizes,
          m
              + (m == 1 ? " size is" : " sizes are")
              + " too few, "
              + Predictor.FEWEST_SIZES
              + " are needed");
    }
    Predictor predictor = Predictor.of(Observations.of(series));
    if (predictor.fitsNothing()) {
      return none(
          series, sizes, "no law fits: the best is off by " + Words.percent(predictor.error()));
    }
    Map.Entry<String, Double> law = predictor.heaviest();
    return sizes.stream()
        .map(
            size ->
                new Prediction(
                    size,
                    distance(series, size),
                    Optional.of(predictor.at(size)),
                    law.getKey(),
                    law.getValue(),
                    ""))
        .toList();
  }

  /** Returns whether the interval spans a factor of {@value #PARTED} or more. */
  public boolean parted() {
    return value.filter(interval -> interval.high() / interval.low() >= PARTED).isPresent();
  }

  private static List<Prediction> exact(Series series, List<Double> sizes, Fit fit) {
    return sizes.stream()
        .map(
            size -> {
              double value = fit.at(size);
              Interval point = new Interval(value, value, value, Predictor.CONFIDENCE);
              return new Prediction(
                  size, distance(series, size), Optional.of(point), fit.name(), 1, "");
            })
        .toList();
  }

  private static List<Prediction> none(Series series, List<Double> sizes, String reason) {
    return sizes.stream()
        .map(size -> new Prediction(size, distance(series, size), Optional.empty(), "", 0, reason))
        .toList();
  }

  private static double distance(Series series, double size) {
    double[] sizes = series.sizes();
    return sizes.length == 0
        ? 1
        : Math.max(1, Math.max(size / sizes[sizes.length - 1], sizes[0] / size));
  }
}
