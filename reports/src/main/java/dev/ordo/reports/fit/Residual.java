package dev.ordo.reports.fit;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a fitted law leaves over of one cell, beside the noise between the cell's forks.
 *
 * @param size where the cell lies
 * @param mean the mean of the fork means
 * @param low the smallest fork mean
 * @param high the largest fork mean
 * @param forks the number of forks
 * @param fitted what the law says of this size, positive
 * @param noise the standard deviation between fork means over their mean; NaN with one fork
 */
public record Residual(
    double size, double mean, double low, double high, int forks, double fitted, double noise) {

  /** Returns the relative residual: 0.1 where the measured value is 10 % above the fitted one. */
  public double relative() {
    return mean / fitted - 1;
  }

  /**
   * Returns the residuals of a series, sizes ascending: of the sizes that the law is about, which
   * are those beyond the place where the series changes, if it does. Empty where no law was fitted.
   * Sizes at which the law is not positive have no relative residual and are left out.
   */
  public static List<Residual> of(Series series, Analysis analysis) {
    List<Residual> residuals = new ArrayList<>();
    double from = analysis.regime().map(Regime::from).orElse(0.0);
    analysis
        .best()
        .ifPresent(
            fit -> {
              for (Series.Point point : series.points()) {
                double fitted = fit.at(point.size());
                if (point.size() >= from && fitted > 0 && Double.isFinite(fitted)) {
                  residuals.add(of(point, fitted));
                }
              }
            });
    return residuals;
  }

  private static Residual of(Series.Point point, double fitted) {
    Sample sample = point.sample();
    double[] means = sample.forkMeans();
    double mean = sample.mean();
    double squares = Arrays.stream(means).map(value -> (value - mean) * (value - mean)).sum();
    return new Residual(
        point.size(),
        mean,
        Arrays.stream(means).min().orElseThrow(),
        Arrays.stream(means).max().orElseThrow(),
        means.length,
        fitted,
        means.length < 2 ? Double.NaN : Math.sqrt(squares / (means.length - 1)) / Math.abs(mean));
  }
}
