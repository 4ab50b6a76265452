package dev.ordo.reports.fit;

/**
 * Draws the errors that the sizes of a series might have had: for each size as many deviations as
 * it has forks, with replacement, from the pooled deviations of all forks, times the scale of the
 * noise at that size.
 */
final class ForkNoise {

  private final double[] pool;
  private final int[] forks;
  private final double[] scales;
  private final SplitMix random;

  ForkNoise(Observations observations, long seed) {
    pool = observations.pool();
    forks = observations.forks();
    scales = observations.scales();
    random = new SplitMix(seed);
  }

  /** Returns whether there are deviations to draw from. */
  boolean known() {
    return pool.length > 0;
  }

  /**
   * Draws once.
   *
   * @param errors shape (sizes), receives the mean deviation at each size
   * @return the sum of squares of the drawn forks about the mean of their size
   */
  double draw(double[] errors) {
    double within = 0;
    int bound = pool.length;
    long bits = 0;
    boolean half = false;
    for (int i = 0; i < errors.length; i++) {
      double sum = 0;
      double squares = 0;
      for (int j = 0; j < forks[i]; j++) {
        // One random long is enough for two draws.
        bits = half ? bits >>> 32 : random.nextLong();
        half = !half;
        double deviation = scales[i] * pool[SplitMix.below(bound, bits)];
        sum += deviation;
        squares += deviation * deviation;
      }
      errors[i] = sum / forks[i];
      within += squares - sum * errors[i];
    }
    return Math.max(0, within);
  }

  /** Draws normal errors of a given standard deviation for a size of weight 1. */
  void drawNormal(double[] errors, double deviation, double[] weights) {
    for (int i = 0; i < errors.length; i++) {
      errors[i] = random.nextGaussian() * deviation / Math.sqrt(weights[i]);
    }
  }
}
