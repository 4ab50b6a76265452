package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exponent of a series with its interval: the slope of a line through the logarithms.
 *
 * <p>Two things make a slope uncertain, noise between forks and sizes that stand off the line. If
 * the scatter about the line is no larger than the forks explain, both are pooled into one variance
 * and the interval is a studentised bootstrap over forks: errors are drawn from the pooled fork
 * deviations, slope and standard error computed anew, and the quantiles of their ratio used in
 * place of Student's (Davison and Hinkley, <i>Bootstrap Methods and their Application</i>, 1997,
 * sections 5.2.1 and 6.2.3). A percentile interval would be too narrow with two to five forks. If
 * the scatter is larger (an F test at the level 0.25, as Bancroft 1964 advises for tests before
 * pooling), or if there is one fork a size only, the scatter alone is the variance and Student's
 * quantile with m − 2 degrees of freedom is used.
 *
 * <p>Where noise has a trend over the sizes, the sizes that carry the slope are noisier than forks
 * are on the whole. With xᵢ the centred ln nᵢ and σᵢ/s the scales of {@link Observations#scales()},
 * the variance of the slope is then larger by Σwᵢxᵢ²σᵢ² / (s² Σwᵢxᵢ²), and resamples are drawn at
 * these scales.
 */
final class Exponent {

  static final double CONFIDENCE = 0.95;
  static final int RESAMPLES = 999;

  private Exponent() {}

  /** Returns the exponent with its 95 % interval; needs at least 3 sizes. */
  static Interval of(Observations data, PowerFit fit, long seed) {
    return of(data, fit, seed, CONFIDENCE).get(0);
  }

  /** Returns the exponent with an interval of each confidence, from the same resamples. */
  static List<Interval> of(Observations data, PowerFit fit, long seed, double... confidences) {
    double exponent = fit.exponent();
    int degrees = data.count() - 2;
    double limit = data.poolingLimit(degrees);
    Observations.Variance variance = data.variance(fit.squares(), degrees, limit);
    Line line = new Line(data);
    double error = Math.sqrt(variance.value() * line.unevenness / fit.leverage());
    double[] ratios = variance.scatterOnly() ? null : ratios(data, line, limit, seed);
    List<Interval> intervals = new ArrayList<>();
    for (double confidence : confidences) {
      double above = (1 + confidence) / 2;
      double low;
      double high;
      if (ratios == null) {
        double reach = error * Observations.quantileOfT(above, degrees);
        low = exponent - reach;
        high = exponent + reach;
      } else {
        low = Math.min(exponent, exponent - error * Tails.quantile(ratios, above));
        high = Math.max(exponent, exponent - error * Tails.quantile(ratios, 1 - above));
      }
      intervals.add(new Interval(exponent, low, high, confidence));
    }
    return intervals;
  }

  /** Returns the ratios of slope error to standard error over all resamples, its tails in order. */
  private static double[] ratios(Observations data, Line line, double limit, long seed) {
    ForkNoise noise = new ForkNoise(data, seed);
    int degrees = data.count() - 2;
    double[] errors = new double[data.count()];
    double[] ratios = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double forkVariance = noise.draw(errors) / data.forkDegrees();
      line.through(errors);
      double variance = data.variance(line.squares, degrees, forkVariance, limit).value();
      ratios[b] =
          variance > 0 ? line.slope / Math.sqrt(variance * line.unevenness / line.leverage) : 0;
    }
    Tails.order(ratios);
    return ratios;
  }

  /** A weighted line through logarithms, with what does not change between resamples kept. */
  private static final class Line {

    private final double[] weights;
    private final double[] centred;
    private final double[] pull;
    private final double totalWeight;
    private final double leverage;

    /** How much noisier the sizes that carry the slope are than the forks taken together. */
    private final double unevenness;

    private double slope;
    private double squares;

    Line(Observations data) {
      weights = data.weights();
      totalWeight = Arrays.stream(weights).sum();
      centred = Arrays.stream(data.sizes()).map(Math::log).toArray();
      double mean = 0;
      for (int i = 0; i < centred.length; i++) {
        mean += weights[i] * centred[i] / totalWeight;
      }
      double sum = 0;
      for (int i = 0; i < centred.length; i++) {
        centred[i] -= mean;
        sum += weights[i] * centred[i] * centred[i];
      }
      leverage = sum;
      pull = new double[centred.length];
      for (int i = 0; i < pull.length; i++) {
        pull[i] = weights[i] * centred[i];
      }
      double carried = 0;
      for (int i = 0; i < centred.length; i++) {
        double scale = data.scales()[i];
        carried += weights[i] * centred[i] * centred[i] * scale * scale;
      }
      unevenness = carried / leverage;
    }

    void through(double[] values) {
      double mean = 0;
      double product = 0;
      double total = 0;
      for (int i = 0; i < values.length; i++) {
        double weighted = weights[i] * values[i];
        mean += weighted;
        product += pull[i] * values[i];
        total += weighted * values[i];
      }
      slope = product / leverage;
      squares = Math.max(0, total - mean * mean / totalWeight - slope * product);
    }
  }
}
