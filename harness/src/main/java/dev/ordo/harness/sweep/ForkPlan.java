package dev.ordo.harness.sweep;

/**
 * How long one fork runs.
 *
 * <p>An iteration lasts {@code iterationMillis} or one operation, whichever is longer.
 *
 * @param warmups the number of warm-up iterations
 * @param iterations the number of measured iterations
 * @param iterationMillis the least length of an iteration, in milliseconds
 */
public record ForkPlan(int warmups, int iterations, int iterationMillis) {

  private static final int ITERATION_MILLIS = 50;
  private static final int WARMUPS = 6;
  private static final int ITERATIONS = 5;

  /** The time after which a longer operation gets fewer iterations, in milliseconds. */
  private static final double PATIENCE_MILLIS = 300;

  /**
   * Chooses a plan for operations of a known or predicted length.
   *
   * <p>Short operations get {@value #WARMUPS} + {@value #ITERATIONS} iterations of {@value
   * #ITERATION_MILLIS} ms. Longer ones get as many as fit the same time, at least one of each.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds; not negative
   */
  static ForkPlan of(double nanosPerOp) {
    double millis = nanosPerOp / 1e6;
    if (millis <= ITERATION_MILLIS) {
      return new ForkPlan(WARMUPS, ITERATIONS, ITERATION_MILLIS);
    }
    int fitting = (int) Math.max(1, Math.min(ITERATIONS, PATIENCE_MILLIS / millis));
    return new ForkPlan(fitting, fitting, ITERATION_MILLIS);
  }

  /**
   * Returns the time that the iterations will take, in milliseconds.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds
   */
  double millis(double nanosPerOp) {
    return (warmups + iterations) * Math.max(iterationMillis, nanosPerOp / 1e6);
  }
}
