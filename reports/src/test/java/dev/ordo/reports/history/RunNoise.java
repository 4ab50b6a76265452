package dev.ordo.reports.history;

import java.util.SplittableRandom;

/**
 * Noise of runs with variance 1: a level that wanders, with white noise on it.
 *
 * @param persistence what is left of the level's deviation one run later
 * @param white the part of the variance that is white
 * @param heavy whether white noise has the heavy tails of Student's t with three degrees
 */
public record RunNoise(double persistence, double white, boolean heavy) {

  /** Independent normal noise. */
  public static final RunNoise WHITE = new RunNoise(0, 1, false);

  /** Draws the noise of runs in a row. */
  public double[] draw(int runs, SplittableRandom random) {
    double[] noise = new double[runs];
    double level = random.nextGaussian();
    for (int i = 0; i < runs; i++) {
      noise[i] = Math.sqrt(1 - white) * level + Math.sqrt(white) * unit(random);
      level =
          persistence * level + Math.sqrt(1 - persistence * persistence) * random.nextGaussian();
    }
    return noise;
  }

  private double unit(SplittableRandom random) {
    double normal = random.nextGaussian();
    if (!heavy) {
      return normal;
    }
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double other = random.nextGaussian();
      squares += other * other;
    }
    // Student's t with three degrees has the variance 3.
    return normal / Math.sqrt(squares / 3) / Math.sqrt(3);
  }
}
