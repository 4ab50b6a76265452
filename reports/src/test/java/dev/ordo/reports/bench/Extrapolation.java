package dev.ordo.reports.bench;

import dev.ordo.reports.bench.SeriesGenerator.Case;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A prediction beyond a generated series beside what the machine that made it shows there.
 *
 * @param factor how many times beyond the largest size
 * @param predicted the value with its interval
 * @param truth the value there, without noise
 */
record Extrapolation(double factor, Interval predicted, double truth) {

  /** How far beyond the range is predicted. */
  static final List<Double> FACTORS = List.of(2.0, 4.0, 16.0);

  /** Predicts a series at each of {@link #FACTORS}. */
  static List<Extrapolation> of(Case drawn) {
    List<Double> sizes = FACTORS.stream().map(factor -> factor * drawn.largest()).toList();
    List<Prediction> predictions = Prediction.of(drawn.series(), sizes);
    List<Extrapolation> all = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      double truth = drawn.beyond().orElseThrow().applyAsDouble(sizes.get(i));
      double factor = FACTORS.get(i);
      predictions
          .get(i)
          .value()
          .ifPresent(value -> all.add(new Extrapolation(factor, value, truth)));
    }
    return all;
  }

  /** Returns the part of intervals that hold the truth. */
  static double coverage(List<Extrapolation> all) {
    return all.stream().filter(one -> one.predicted.contains(one.truth)).count()
        / (double) all.size();
  }

  /** Returns a quantile of the upper end over the lower one. */
  static double width(List<Extrapolation> all, double part) {
    return quantile(
        all.stream().mapToDouble(one -> one.predicted.high() / one.predicted.low()).toArray(),
        part);
  }

  /** Returns a quantile of the factor, at least 1, by which the predicted value is off. */
  static double error(List<Extrapolation> all, double part) {
    return quantile(
        all.stream()
            .mapToDouble(one -> Math.exp(Math.abs(Math.log(one.predicted.value() / one.truth))))
            .toArray(),
        part);
  }

  /** Returns those so many times beyond the largest size. */
  static List<Extrapolation> at(double factor, List<Extrapolation> all) {
    return all.stream().filter(one -> one.factor == factor).toList();
  }

  private static double quantile(double[] values, double part) {
    Arrays.sort(values);
    return BenchFit.quantile(values, part);
  }
}
