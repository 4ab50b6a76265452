package dev.ordo.peers;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long to measure.
 *
 * @param forks forks of each contender on each JDK
 * @param warmups iterations before the measurement
 * @param iterations iterations that are measured
 * @param millis the length of an iteration in milliseconds; a run that takes longer makes it longer
 */
record Plan(int forks, int warmups, int iterations, int millis) {

  static final Plan FULL = new Plan(5, 8, 6, 500);

  /** Shows that every row runs; what it measures is worth nothing. */
  static final Plan QUICK = new Plan(1, 1, 1, 200);

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

  Plan withForks(int count) {
    return new Plan(count, warmups, iterations, millis);
  }

  ChainedOptionsBuilder apply(ChainedOptionsBuilder options) {
    TimeValue time = TimeValue.milliseconds(millis);
    return options
        .forks(1)
        .warmupForks(0)
        .warmupIterations(warmups)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time);
  }
}
