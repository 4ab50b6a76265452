package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A series as the fits see it: at each size the mean of the logarithms of its fork means, and apart
 * from that the relative deviations of forks from their size's mean, pooled over the series.
 *
 * <p>Logarithms make errors relative and make a change of units a shift. Pooling the deviations
 * rests on the relative noise between forks being alike at all sizes, or following a {@link
 * NoiseTrend}; with two to five forks a size, no size alone could tell its noise. Values do not
 * depend on the order of forks.
 *
 * <p>What counts of a fork is chosen by {@link SteadyForks}; {@link OutlyingForks} leaves out those
 * that stand far off.
 */
final class Observations {

  private static final double POOLING_LEVEL = 0.25;

  private static final Map<Quantile, Double> QUANTILES = new ConcurrentHashMap<>();

  private final double[] sizes;
  private final double[][] forkLogs;
  private final double[] logs;
  private final int[] forks;
  private final double[] weights;
  private final double[] pool;
  private final double[] scales;
  private final double forkVariance;
  private final int forkDegrees;
  private final double meanForks;
  private final List<Double> excludedSizes;
  private final ForkSummary summary;

  private Observations(
      double[] sizes, double[][] forkLogs, List<Double> excludedSizes, ForkSummary summary) {
    int m = sizes.length;
    this.sizes = sizes;
    this.forkLogs = forkLogs;
    this.excludedSizes = List.copyOf(excludedSizes);
    this.summary = summary;
    logs = new double[m];
    forks = new int[m];
    double squares = 0;
    double[] ofSize = new double[m];
    int degrees = 0;
    for (int i = 0; i < m; i++) {
      forks[i] = forkLogs[i].length;
      logs[i] = sum(forkLogs[i]) / forks[i];
      degrees += forks[i] - 1;
      for (double log : forkLogs[i]) {
        double deviation = log - logs[i];
        ofSize[i] += deviation * deviation;
      }
      squares += ofSize[i];
    }
    int pooled = 0;
    for (int f : forks) {
      pooled += f > 1 ? f : 0;
    }
    pool = new double[pooled];
    scales = NoiseTrend.scales(sizes, ofSize, forks);
    for (int i = 0; i < m; i++) {
      // A deviation from a mean of f values is smaller than one from the truth, by √((f−1)/f).
      double inflation = Math.sqrt(forks[i] / (forks[i] - 1.0)) / scales[i];
      for (double log : forks[i] > 1 ? forkLogs[i] : new double[0]) {
        pool[--pooled] = (log - logs[i]) * inflation;
      }
    }
    Arrays.sort(pool);
    forkDegrees = degrees;
    forkVariance = degrees == 0 ? 0 : squares / degrees;
    meanForks = mean(forks);
    weights = weights(forks, meanForks);
  }

  private Observations(Observations all, int from) {
    int m = all.sizes.length;
    sizes = Arrays.copyOfRange(all.sizes, from, m);
    forkLogs = Arrays.copyOfRange(all.forkLogs, from, m);
    logs = Arrays.copyOfRange(all.logs, from, m);
    forks = Arrays.copyOfRange(all.forks, from, m);
    pool = all.pool;
    scales = Arrays.copyOfRange(all.scales, from, m);
    summary = all.summary;
    forkVariance = all.forkVariance;
    forkDegrees = all.forkDegrees;
    meanForks = mean(forks);
    weights = weights(forks, meanForks);
    excludedSizes = all.excludedSizes.stream().filter(size -> size >= sizes[0]).toList();
  }

  private Observations(Observations other, ForkSummary summary) {
    sizes = other.sizes;
    forkLogs = other.forkLogs;
    logs = other.logs;
    forks = other.forks;
    weights = other.weights;
    pool = other.pool;
    scales = other.scales;
    forkVariance = other.forkVariance;
    forkDegrees = other.forkDegrees;
    meanForks = other.meanForks;
    excludedSizes = other.excludedSizes;
    this.summary = summary;
  }

  /**
   * Makes observations.
   *
   * @throws IllegalArgumentException if a value is not positive
   */
  static Observations of(Series series) {
    SteadyForks steady = SteadyForks.of(series);
    List<SteadyForks.Fork[]> forks = OutlyingForks.without(steady.forks());
    double[] sizes = series.sizes();
    List<Double> excluded = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      if (forks.get(i).length < steady.forks().get(i).length) {
        excluded.add(sizes[i]);
      }
    }
    Observations data = new Observations(sizes, logs(forks), excluded, ForkSummary.NONE);
    Optional<NoiseSplit> noise =
        NoiseSplit.of(forks, data.forkVariance, data.forkDegrees, steady.correlation());
    ForkSummary summary = new ForkSummary(noise, steady.judged(), steady.labelled());
    return new Observations(data, summary);
  }

  /**
   * Returns the observations from a size on. The noise between forks stays that of all sizes: more
   * forks tell it better.
   */
  Observations from(int index) {
    return new Observations(this, index);
  }

  /** Returns the same observations without one size. */
  Observations without(int index) {
    double[] otherSizes = new double[sizes.length - 1];
    double[][] otherLogs = new double[sizes.length - 1][];
    for (int i = 0; i < otherSizes.length; i++) {
      int from = i < index ? i : i + 1;
      otherSizes[i] = sizes[from];
      otherLogs[i] = forkLogs[from];
    }
    return new Observations(
        otherSizes,
        otherLogs,
        excludedSizes.stream().filter(size -> size != sizes[index]).toList(),
        summary);
  }

  /** Returns the number of sizes. */
  int count() {
    return sizes.length;
  }

  /** Returns the sizes, ascending; not to be modified. */
  double[] sizes() {
    return sizes;
  }

  /** Returns the mean logarithm at each size; not to be modified. */
  double[] logs() {
    return logs;
  }

  /** Returns the number of forks at each size; not to be modified. */
  int[] forks() {
    return forks;
  }

  /**
   * Returns a weight for each size, its forks over the mean number of forks; not to be modified.
   */
  double[] weights() {
    return weights;
  }

  /** Returns the mean number of forks. */
  double meanForks() {
    return meanForks;
  }

  /**
   * Returns the standard deviation of a fork at each size over that of the pooled forks, as {@link
   * NoiseTrend} sees it; not to be modified.
   */
  double[] scales() {
    return scales;
  }

  /**
   * Returns the deviations of all forks over the scale of their size, ascending, inflated to the
   * spread that a single fork has about the truth; empty if no size has two forks; not to be
   * modified.
   */
  double[] pool() {
    return pool;
  }

  /** Returns the variance of a single fork's logarithm, pooled over sizes; 0 if it is unknown. */
  double forkVariance() {
    return forkVariance;
  }

  /** Returns the standard deviation that forks give to a size of weight 1; 0 if it is unknown. */
  double deviation() {
    return Math.sqrt(forkVariance / meanForks);
  }

  /**
   * Returns the noise of a size of weight 1, a variance: that of its forks, and {@link
   * Ranking#FLOOR}² for what machines do to all forks of a size alike.
   */
  double noise() {
    return forkVariance / meanForks + Ranking.FLOOR * Ranking.FLOOR;
  }

  /** Returns the degrees of freedom of {@link #forkVariance()}: Σ (forks − 1). */
  int forkDegrees() {
    return forkDegrees;
  }

  /**
   * The variance of a size of weight 1.
   *
   * @param value the variance of its mean logarithm
   * @param degrees the degrees of freedom behind it; 0 if it is unknown
   * @param scatterOnly whether it comes from the scatter about a curve alone
   */
  record Variance(double value, int degrees, boolean scatterOnly) {}

  /**
   * Returns the variance that forks and the scatter about a curve show together, or the scatter
   * alone where it is larger than the forks explain or where there is one fork a size.
   *
   * @param squares the weighted sum of squared residuals about the curve
   * @param degrees its degrees of freedom, positive
   * @param limit how many times the forks' variance the scatter's may be; see {@link
   *     #poolingLimit(int)}
   */
  Variance variance(double squares, int degrees, double limit) {
    return variance(squares, degrees, forkVariance, limit);
  }

  /** Does the same for another variance between forks, that of a resample. */
  Variance variance(double squares, int degrees, double otherForkVariance, double limit) {
    double atOneSize = otherForkVariance / meanForks;
    if (forkDegrees == 0 || squares / degrees > atOneSize * limit) {
      return new Variance(squares / degrees, degrees, true);
    }
    int all = degrees + forkDegrees;
    return new Variance((squares + forkDegrees * atOneSize) / all, all, false);
  }

  /** Returns the limit of the F test before pooling, at the level {@value #POOLING_LEVEL}. */
  double poolingLimit(int degrees) {
    return forkDegrees == 0 ? 0 : quantileOfF(1 - POOLING_LEVEL, degrees, forkDegrees);
  }

  /** Returns a quantile of Fisher's F; all series of a file ask for the same few. */
  static double quantileOfF(double level, int above, int below) {
    return QUANTILES.computeIfAbsent(
        new Quantile(level, above, below),
        q -> new FDistribution(null, q.above, q.below).inverseCumulativeProbability(q.level));
  }

  /** Returns a quantile of Student's t, kept likewise. */
  static double quantileOfT(double level, int degrees) {
    return QUANTILES.computeIfAbsent(
        new Quantile(level, 0, degrees),
        q -> new TDistribution(null, q.below).inverseCumulativeProbability(q.level));
  }

  /**
   * Which quantile of F, at a level, with the degrees of freedom above and below; of t, 0 above.
   */
  private record Quantile(double level, int above, int below) {}

  /** Returns the sizes at which a fork was excluded. */
  List<Double> excludedSizes() {
    return excludedSizes;
  }

  /** Returns how the forks' noise splits and which forks did not run at one level. */
  ForkSummary summary() {
    return summary;
  }

  /** Returns the largest size. */
  double largest() {
    return sizes[sizes.length - 1];
  }

  /** Returns the largest size over the smallest. */
  double range() {
    return largest() / sizes[0];
  }

  private static double[][] logs(List<SteadyForks.Fork[]> forks) {
    double[][] logs = new double[forks.size()][];
    for (int i = 0; i < logs.length; i++) {
      SteadyForks.Fork[] ofSize = forks.get(i);
      logs[i] = new double[ofSize.length];
      for (int j = 0; j < ofSize.length; j++) {
        logs[i][j] = ofSize[j].log();
      }
    }
    return logs;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double mean(int[] values) {
    double sum = 0;
    for (int value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double[] weights(int[] forks, double meanForks) {
    double[] weights = new double[forks.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = forks[i] / meanForks;
    }
    return weights;
  }
}
