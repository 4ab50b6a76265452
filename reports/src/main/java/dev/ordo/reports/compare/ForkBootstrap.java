package dev.ordo.reports.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A hierarchical, studentised bootstrap of the difference of two groups of forks.
 *
 * <p>Each resample draws, for each side, as many forks as it has, and for each drawn fork as many
 * of its iterations as it has, both with replacement. Its value is t* = (d* − d)/e*, with d the
 * difference of the means of the forks' scores, e² = s²/f + u²/g its squared error, and the stars
 * those of the resample (Davison and Hinkley, <i>Bootstrap Methods</i>, 1997, sections 2.4 and
 * 3.8). The interval is d ± q·e with q a quantile of |t*|; symmetric intervals are those of Hall
 * (1988, <i>Annals of Statistics</i> 16). Drawing iterations of a fork again counts their variance
 * twice, which would make a percentile interval too wide; here it is in e* as well and cancels.
 *
 * <p>Two to five forks are too few to stand for what forks might do: two forks a side have three
 * distinct resamples. The draws are therefore smoothed with their variance kept (Silverman and
 * Young 1987, <i>Biometrika</i> 74): a fork's deviation is √(1 − h²) of a drawn one and h of a
 * normal one, h = (4/(3f))^(1/5). With two forks that is nearly a normal law with each side's own
 * variance, with many it is what the forks did.
 *
 * <p>What a side's noise is, is uncertain too: each resample draws it anew ({@link
 * ForkScores#draw}). With as many forks on one side as on the other that is enough. Otherwise the
 * side with few forks may look quiet by luck and lend its weight to the other; then each side is
 * studentised by itself, t* = (e₁t₁* − e₂t₂*)/e, which is the solution of Behrens and Fisher
 * (Fisher 1935, <i>Annals of Eugenics</i> 6) with bootstrap-t in the place of Student's, and errs
 * on the side of caution.
 *
 * <p>So many resamples say nothing of probabilities below 1 %, which a suite of many comparisons
 * needs. Beyond that quantile the tail is that of Student's t whose 99 % quantile is the
 * bootstrap's.
 */
final class ForkBootstrap {

  /** The two-sided level at which the tail is handed to Student's law. */
  private static final double TAIL = 0.01;

  private static final double FEWEST_DEGREES = 0.5;
  private static final double MOST_DEGREES = 1e4;

  private final double difference;
  private final double error;
  private final double[] statistics;
  private final double degrees;
  private final double scale;

  /**
   * Resamples.
   *
   * @param above the side that is subtracted from; at least two forks
   * @param below the side that is subtracted; at least two forks
   * @param resamples how many, at least 199
   */
  ForkBootstrap(ForkScores above, ForkScores below, int resamples, long seed) {
    difference = above.mean() - below.mean();
    error = Math.sqrt(above.squaredError() + below.squaredError());
    if (error == 0) {
      statistics = new double[0];
      degrees = 1;
      scale = 1;
      return;
    }
    Dice random = new Dice(seed);
    boolean balanced = above.count() == below.count();
    statistics = new double[resamples];
    double[] one = new double[2];
    double[] other = new double[2];
    for (int r = 0; r < resamples; r++) {
      above.draw(random, one);
      below.draw(random, other);
      statistics[r] =
          balanced
              ? Math.abs(one[0] - other[0]) / Math.sqrt(one[1] + other[1])
              : Math.abs(pivot(above, one) - pivot(below, other)) / error;
    }
    Arrays.sort(statistics);
    double tail = empiricalQuantile(TAIL);
    degrees = degreesOf(tail);
    scale = tail / student(TAIL, degrees);
  }

  /** Returns a side's drawn difference, as large as it would be were the drawn error the true. */
  private static double pivot(ForkScores side, double[] drawn) {
    return drawn[1] == 0 ? 0 : drawn[0] * Math.sqrt(side.squaredError() / drawn[1]);
  }

  /** Returns d, the difference of means. */
  double difference() {
    return difference;
  }

  /** Returns e, the standard error of the difference; 0 where no fork differs from another. */
  double error() {
    return error;
  }

  /**
   * Returns half the width of the interval of the difference.
   *
   * @param level one less the confidence
   */
  double reach(double level) {
    if (error == 0) {
      return 0;
    }
    return error * (level >= TAIL ? empiricalQuantile(level) : scale * student(level, degrees));
  }

  /**
   * Returns the two-sided probability of a difference this large where the true one is within a
   * margin of zero, at its worst.
   *
   * @param margin 0 or more
   */
  double probability(double margin) {
    double beyond = Math.abs(difference) - margin;
    if (beyond <= 0) {
      return 1;
    }
    if (error == 0) {
      return 0;
    }
    double t = beyond / error;
    if (t >= statistics[quantileIndex(TAIL)]) {
      double x = t / scale;
      return degrees >= MOST_DEGREES
          ? 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-x)
          : 2 * new TDistribution(null, degrees).cumulativeProbability(-x);
    }
    int place = Arrays.binarySearch(statistics, t);
    int below = place >= 0 ? place : -place - 1;
    return (statistics.length - below + 1) / (statistics.length + 1.0);
  }

  private double empiricalQuantile(double level) {
    return statistics[quantileIndex(level)];
  }

  private int quantileIndex(double level) {
    int index = (int) Math.ceil((1 - level) * (statistics.length + 1)) - 1;
    return Math.max(0, Math.min(statistics.length - 1, index));
  }

  /** Returns the degrees of freedom at which Student's quantile is nearest to {@code quantile}. */
  private static double degreesOf(double quantile) {
    double low = FEWEST_DEGREES;
    double high = MOST_DEGREES;
    if (student(TAIL, high) >= quantile) {
      return high;
    }
    for (int step = 0; step < 40; step++) {
      double middle = Math.sqrt(low * high);
      if (student(TAIL, middle) > quantile) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low * high);
  }

  private static double student(double level, double degrees) {
    return degrees >= MOST_DEGREES
        ? new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - level / 2)
        : new TDistribution(null, degrees).inverseCumulativeProbability(1 - level / 2);
  }
}
