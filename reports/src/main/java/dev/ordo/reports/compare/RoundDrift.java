package dev.ordo.reports.compare;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far two runs differ as wholes, from how far their rounds do.
 *
 * <p>A run measures one fork of each cell a round, so what all forks of a round have in common is
 * the machine's: a busy neighbour, a warm processor. With n cells in each of R rounds and MS the
 * mean square between rounds, the variance of a round is τ² = (MS − s²)/n with R − 1 degrees of
 * freedom (one-way analysis of variance with random effects; Searle, Casella and McCulloch 1992,
 * <i>Variance Components</i>, chapter 3), and the mean of a run has τ²/R. Both runs are pooled.
 *
 * <p>Nothing is known with fewer than {@value #FEWEST} cells a round, or with a single round.
 */
final class RoundDrift {

  private static final int FEWEST = 20;

  private double roundSquares;
  private double roundDegrees;
  private double withinSquares;
  private double withinDegrees;
  private double cells;
  private double parts;

  private RoundDrift() {}

  /**
   * Returns the variance of the difference of two runs' logarithms.
   *
   * @param base all series of one run, forks in the order of rounds
   * @param candidate those of the other
   */
  static SuiteNoise.Part of(List<Series> base, List<Series> candidate) {
    RoundDrift drift = new RoundDrift();
    if (!drift.add(base) || !drift.add(candidate)) {
      return SuiteNoise.Part.NONE;
    }
    double between = drift.roundSquares / drift.roundDegrees;
    double within = drift.withinSquares / drift.withinDegrees;
    double mean = drift.cells / 2;
    return new SuiteNoise.Part(
        Math.max(0, between - within) / mean * drift.parts, drift.roundDegrees);
  }

  private boolean add(List<Series> run) {
    List<double[]> logs = new ArrayList<>();
    for (Series series : run) {
      for (Series.Point point : series.points()) {
        double[] means = point.sample().forkMeans();
        if (Arrays.stream(means).allMatch(mean -> mean > 0)) {
          logs.add(Arrays.stream(means).map(Math::log).toArray());
        }
      }
    }
    int rounds = 0;
    while (atLeast(logs, rounds + 1) >= FEWEST) {
      rounds++;
    }
    if (rounds < 2) {
      return false;
    }
    int count = rounds;
    List<double[]> whole = logs.stream().filter(forks -> forks.length >= count).toList();
    double[] means = new double[rounds];
    double squares = 0;
    for (double[] forks : whole) {
      double mean = Arrays.stream(forks, 0, rounds).average().orElseThrow();
      for (int round = 0; round < rounds; round++) {
        means[round] += (forks[round] - mean) / whole.size();
        squares += (forks[round] - mean) * (forks[round] - mean);
      }
    }
    double between = whole.size() * Arrays.stream(means).map(mean -> mean * mean).sum();
    roundSquares += between;
    roundDegrees += rounds - 1;
    withinSquares += squares - between;
    withinDegrees += (rounds - 1.0) * (whole.size() - 1.0);
    cells += whole.size();
    parts += 1.0 / rounds;
    return true;
  }

  private static long atLeast(List<double[]> logs, int rounds) {
    return logs.stream().filter(forks -> forks.length >= rounds).count();
  }
}
