package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.List;

/**
 * How much the logarithms of iterations of a fork vary about their level, whatever that level does.
 *
 * <p>With d₁ and d₂ the median absolute deviations of the differences of iterations one and two
 * apart, each about the median of its fork, which takes a steady drift away, iterations taken as a
 * first-order autoregression have the correlation and the variance
 *
 * <pre>
 *   φ = d₂²/d₁² − 1,   σ² = (d₁/0.6745)² / (2 (1 − φ))
 * </pre>
 *
 * (Chakar, Lebarbier, Lévy-Leduc and Robin 2017, <i>Bernoulli</i> 23, section 2). A few changes of
 * level and a few outliers change a median of differences little. φ is kept within 0 … {@value
 * #MOST_CORRELATION}.
 *
 * @param deviation σ, at least {@value #LEAST}: a timer is no finer
 * @param correlation φ
 */
record IterationNoise(double deviation, double correlation) {

  private static final double NORMAL_MEDIAN = 0.6745;
  private static final double MOST_CORRELATION = 0.6;
  private static final double LEAST = 0.002;

  /** Estimates from several forks together, each of at least 3 iterations; none is no noise. */
  static IterationNoise of(List<double[]> forks) {
    double one = medianDifference(forks, 1);
    double two = medianDifference(forks, 2);
    double correlation =
        one == 0 ? 0 : Math.min(MOST_CORRELATION, Math.max(0, two * two / (one * one) - 1));
    return of(one, correlation);
  }

  /**
   * Estimates from one fork, with the correlation of all forks together, which a few iterations
   * cannot tell, and at least their deviation.
   */
  static IterationNoise of(double[] fork, IterationNoise common) {
    IterationNoise own = of(medianDifference(List.of(fork), 1), common.correlation);
    return own.deviation > common.deviation ? own : common;
  }

  private static IterationNoise of(double medianDifference, double correlation) {
    double deviation = medianDifference / NORMAL_MEDIAN / Math.sqrt(2 * (1 - correlation));
    return new IterationNoise(Math.max(LEAST, deviation), correlation);
  }

  /** Returns by how much correlation multiplies the variance of a mean: (1 + φ)/(1 − φ). */
  double inflation() {
    return (1 + correlation) / (1 - correlation);
  }

  private static double medianDifference(List<double[]> forks, int lag) {
    if (forks.isEmpty()) {
      return 0;
    }
    double[] differences = new double[forks.stream().mapToInt(fork -> fork.length - lag).sum()];
    int next = 0;
    for (double[] fork : forks) {
      double[] own = new double[fork.length - lag];
      for (int i = 0; i < own.length; i++) {
        own[i] = fork[i + lag] - fork[i];
      }
      Arrays.sort(own);
      double drift = Tails.median(own);
      for (double difference : own) {
        differences[next++] = Math.abs(difference - drift);
      }
    }
    Arrays.sort(differences);
    return Tails.median(differences);
  }
}
