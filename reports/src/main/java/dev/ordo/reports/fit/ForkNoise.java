package dev.ordo.reports.fit;

/**
 * Draws the errors that the sizes of a series might have had: for each size as many deviations as
 * it has forks, with replacement, from the pooled deviations of all forks, times the scale of the
 * noise at that size.
 */
final class ForkNoise {

  private static final double LEAST_DEVIATION = 0.001;

  private final double[] pool;
  private final int[] forks;
  private final double[] scales;
  private final double[] weights;
  private final double deviation;
  private final SplitMix random;

  ForkNoise(Observations observations, long seed) {
    pool = observations.pool();
    forks = observations.forks();
    scales = observations.scales();
    weights = observations.weights();
    deviation = observations.deviation();
    random = new SplitMix(seed);
  }

  /**
   * Returns the standard deviation to draw errors with so that their quantiles are as wide as those
   * of Student's t: draws are made as if the variance were known. At least {@value
   * #LEAST_DEVIATION}.
   *
   * @param variance that of a size of weight 1
   * @param degrees the degrees of freedom behind it
   */
  static double widened(double variance, int degrees) {
    double widening = Observations.quantileOfT(0.975, degrees) / 1.96;
    return Math.max(LEAST_DEVIATION, Math.sqrt(variance) * widening);
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
    int left = 0;
    for (int i = 0; i < errors.length; i++) {
      double sum = 0;
      double squares = 0;
      for (int j = 0; j < forks[i]; j++) {
        // One random long is enough for two draws.
        if (left == 0) {
          bits = random.nextLong();
          left = 2;
        }
        double deviation = pool[SplitMix.below(bound, bits)];
        bits >>>= 32;
        left--;
        sum += deviation;
        squares += deviation * deviation;
      }
      double mean = sum / forks[i];
      errors[i] = scales[i] * mean;
      within += scales[i] * scales[i] * (squares - sum * mean);
    }
    return Math.max(0, within);
  }

  /**
   * Draws once, stretched to a standard deviation of a size of weight 1; normal errors where forks
   * do not tell theirs.
   *
   * @param errors shape (sizes), receives the errors
   */
  void draw(double[] errors, double wanted) {
    if (pool.length > 0 && deviation > 0) {
      draw(errors);
      for (int i = 0; i < errors.length; i++) {
        errors[i] *= wanted / deviation;
      }
      return;
    }
    for (int i = 0; i < errors.length; i++) {
      errors[i] = random.nextGaussian() * wanted / Math.sqrt(weights[i]);
    }
  }
}
