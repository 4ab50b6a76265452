package dev.ordo.reports.bench;

import java.util.random.RandomGenerator;

/**
 * Relative noise: one draw a fork, and a third of it for each iteration.
 *
 * @param level the standard deviation of a fork's logarithm
 * @param heavy whether forks follow Student's t with 3 degrees of freedom instead of the normal law
 */
record Noise(double level, boolean heavy) {

  private static final int ITERATIONS = 5;

  /** Draws 1 to 10 %, evenly in the logarithm, with or without heavy tails. */
  static Noise draw(RandomGenerator random) {
    return new Noise(0.01 * Math.pow(10, random.nextDouble()), random.nextBoolean());
  }

  /** Returns the iterations of one fork about a mean. */
  double[] fork(double mean, RandomGenerator random) {
    double fork = mean * Math.exp(level * standard(random));
    double[] values = new double[ITERATIONS];
    for (int i = 0; i < values.length; i++) {
      values[i] = fork * Math.exp(level / 3 * random.nextGaussian());
    }
    return values;
  }

  /** Returns a draw of variance 1. */
  private double standard(RandomGenerator random) {
    double z = random.nextGaussian();
    if (!heavy) {
      return z;
    }
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double x = random.nextGaussian();
      squares += x * x;
    }
    // t with 3 degrees of freedom has variance 3.
    return z / Math.sqrt(squares / 3) / Math.sqrt(3);
  }
}
