package dev.ordo.peers;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long to measure.
 *
 * @param settlingMillis the longest time for a contender to be compiled, in milliseconds
 * @param forks forks of each row on each JDK
 * @param warmups turns of each contender before the measurement
 * @param iterations turns of each contender that are measured, an iteration each
 * @param millis the length of an iteration in milliseconds; a run that takes longer makes it longer
 */
record Plan(int settlingMillis, int forks, int warmups, int iterations, int millis) {

  /** The fewest forks with an interval at 95 %: see {@link RatioInterval#of}. */
  private static final int FEWEST = 6;

  static final Plan FULL = new Plan(20_000, 6, 2, 9, 100);

  /** Shows that every row runs; what it measures is worth nothing. */
  static final Plan QUICK = new Plan(0, 1, 1, 1, 200);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is not at least one fork and one iteration
   */
  Plan {
    if (forks < 1) {
      throw new IllegalArgumentException("forks (" + forks + ") must be positive");
    }
    if (warmups < 0 || iterations < 1 || millis < 1) {
      throw new IllegalArgumentException(
          "iterations (" + warmups + " + " + iterations + " × " + millis + " ms) must be positive");
    }
  }

  /**
   * Returns the plan of rows that count bytes, which differ from fork to fork by next to nothing.
   */
  Plan counting() {
    return new Plan(
        settlingMillis, Math.min(forks, 2), Math.min(warmups, 1), Math.min(iterations, 3), millis);
  }

  Plan withForks(int count) {
    return new Plan(settlingMillis, count, warmups, iterations, millis);
  }

  /** Says whether there are too few forks for an interval, and so for a verdict. */
  boolean trial() {
    return forks < FEWEST;
  }

  /** Sets the iterations of a fork in which contenders take turns. */
  ChainedOptionsBuilder apply(ChainedOptionsBuilder options, int contenders) {
    TimeValue time = TimeValue.milliseconds(millis);
    return options
        .forks(1)
        .warmupForks(0)
        .warmupIterations(warmups * contenders)
        .warmupTime(time)
        .measurementIterations(iterations * contenders)
        .measurementTime(time);
  }
}
