package dev.ordo.reports.compare;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The margin that the noise of two results suggests: two standard deviations of a fork, which is
 * how far single forks of the same code lie from their mean 19 times of 20, but at least {@value
 * #LEAST}.
 *
 * <p>The variance of a cell's logarithms is pooled over both results and divided by the median of
 * χ²/ν, so that half of the cells show less than the truth whatever their number of forks; the
 * margin is the median over cells. One noisy cell, and a cell that is quiet by luck, do not move
 * it. A cell without any noise, being counted, has a margin of zero.
 */
record NoiseMargin(double value) {

  static final double LEAST = 0.01;

  static NoiseMargin of(List<CellMatch.Pair> pairs) {
    double[] variances =
        pairs.stream()
            .flatMapToDouble(NoiseMargin::variance)
            .filter(variance -> variance > 0)
            .sorted()
            .toArray();
    double noise = variances.length == 0 ? 0 : Math.sqrt(median(variances));
    return new NoiseMargin(Math.max(LEAST, Math.expm1(2 * noise)));
  }

  /** Returns the margin of one cell. */
  double of(CellMatch.Pair pair) {
    return counted(pair) ? 0 : value;
  }

  private static boolean counted(CellMatch.Pair pair) {
    double[] base = pair.base().sample().forkMeans();
    double[] candidate = pair.candidate().sample().forkMeans();
    return base.length > 1
        && candidate.length > 1
        && Arrays.stream(base).distinct().count() == 1
        && Arrays.stream(candidate).distinct().count() == 1;
  }

  private static DoubleStream variance(CellMatch.Pair pair) {
    double squares = 0;
    int degrees = 0;
    for (var sample : List.of(pair.base().sample(), pair.candidate().sample())) {
      OptionalDouble deviation = Estimate.noise(sample);
      if (deviation.isPresent()) {
        squares += (sample.forkCount() - 1) * deviation.getAsDouble() * deviation.getAsDouble();
        degrees += sample.forkCount() - 1;
      }
    }
    if (degrees == 0) {
      return DoubleStream.empty();
    }
    double median =
        new ChiSquaredDistribution(null, degrees).inverseCumulativeProbability(0.5) / degrees;
    return DoubleStream.of(squares / degrees / median);
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
