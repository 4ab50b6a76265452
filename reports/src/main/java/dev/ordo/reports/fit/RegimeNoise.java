package dev.ordo.reports.fit;

import org.apache.commons.math3.distribution.FDistribution;

/**
 * The noise against which a place is judged: that of {@link Plausible}, from forks and the
 * machine's floor. With one fork a size it is the scatter about the richer curve.
 *
 * @param variance σ² of a size of weight 1
 * @param degrees its degrees of freedom, positive
 */
record RegimeNoise(double variance, int degrees) {

  static final double CONFIDENCE = 0.95;

  /**
   * Returns the noise.
   *
   * @param squares what the richer curve leaves
   * @param left its degrees of freedom
   */
  static RegimeNoise of(Observations data, double squares, int left) {
    if (data.forkDegrees() > 0) {
      return new RegimeNoise(data.noise(), data.forkDegrees());
    }
    double floor = Plausible.UNSEEN * Plausible.UNSEEN;
    return new RegimeNoise(Math.max(floor, squares / left), left);
  }

  /**
   * Returns an upper bound of the probability that noise alone makes a curve gain so much at any of
   * several places (Bonferroni).
   *
   * @param gain by how much the richer curve lowers the sum of squares
   * @param parameters how many parameters may have gained it
   */
  double falseAlarm(double gain, int parameters, int places) {
    if (!(gain > 0)) {
      return 1;
    }
    FDistribution f = new FDistribution(null, parameters, degrees);
    return Math.min(1, places * (1 - f.cumulativeProbability(gain / parameters / variance)));
  }

  /** Returns whether the noise explains what a curve leaves (F, 99 %). */
  boolean explains(double squares, int left) {
    return squares / left / variance <= Observations.quantileOfF(Plausible.LEVEL, left, degrees);
  }

  /** Returns by how much a sum of squares may exceed the least one (F, 95 %). */
  double tolerance(int parameters) {
    return parameters * variance * Observations.quantileOfF(CONFIDENCE, parameters, degrees);
  }
}
