package dev.ordo.reports.fit;

import java.util.random.RandomGenerator;

/**
 * Iterations of forks about the value 100, as a machine may make them.
 *
 * @param count how many
 * @param noise their standard deviation, relative
 * @param correlation how much each resembles the one before
 * @param heavy whether their shocks follow Student's t with 3 degrees of freedom
 */
record Iterations(int count, double noise, double correlation, boolean heavy) {

  private static final int RUN_IN = 30;

  /** What the level of a fork does. */
  enum Change {
    NONE,
    /** The first third is off. */
    EARLY_STEP,
    /** All after seven tenths are off. */
    LATE_STEP,
    /** A straight line from nothing to the change. */
    DRIFT
  }

  /** Draws one fork. */
  double[] draw(Change change, double height, RandomGenerator random) {
    double[] values = new double[count];
    double state = 0;
    for (int i = -RUN_IN; i < count; i++) {
      double shock = heavy ? student(random) : random.nextGaussian();
      state = correlation * state + Math.sqrt(1 - correlation * correlation) * shock;
      if (i >= 0) {
        values[i] = 100 * Math.exp(noise * state + height * course(change, (double) i / count));
      }
    }
    return values;
  }

  private static double course(Change change, double time) {
    return switch (change) {
      case NONE -> 0;
      case EARLY_STEP -> time < 0.33 ? 1 : 0;
      case LATE_STEP -> time < 0.7 ? 0 : 1;
      case DRIFT -> time;
    };
  }

  /** Student's t with 3 degrees of freedom, scaled to a variance of 1. */
  private static double student(RandomGenerator random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double z = random.nextGaussian();
      squares += z * z;
    }
    return random.nextGaussian() / Math.sqrt(squares);
  }
}
