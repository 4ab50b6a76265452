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

  private static final int ITERATION_MILLIS = 40;
  private static final int WARMUPS = 2;
  private static final int ITERATIONS = 6;

  /** What all measured iterations of a fork may take, in milliseconds; one always runs. */
  private static final double MEASURED_MILLIS = 240;

  /** The time after which a fork no longer waits for a steady operation, in milliseconds. */
  private static final double STEADY_MILLIS = 3000;

  /**
   * Chooses a plan for operations of a known or predicted length.
   *
   * <p>Short operations get {@value #WARMUPS} + {@value #ITERATIONS} iterations of {@value
   * #ITERATION_MILLIS} ms. Longer ones, which a fork has done several times before its first
   * iteration, get no more warm-up and as many iterations as fit the same time, at least one.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds; not negative
   */
  static ForkPlan of(double nanosPerOp) {
    double millis = nanosPerOp / 1e6;
    if (millis <= ITERATION_MILLIS) {
      return new ForkPlan(WARMUPS, ITERATIONS, ITERATION_MILLIS);
    }
    return new ForkPlan(0, (int) Math.max(1, MEASURED_MILLIS / millis), ITERATION_MILLIS);
  }

  /**
   * Returns the time that the iterations will take, and before them the operations that it takes to
   * see that a long one is steady, in milliseconds.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds
   * @param threads the number of threads; with several, iterations are repeated on one
   */
  double millis(double nanosPerOp, int threads) {
    double millis = nanosPerOp / 1e6;
    double before = warmups == 0 ? millis * Math.min(2, Math.ceil(STEADY_MILLIS / millis)) : 0;
    double once = Math.max(iterationMillis, millis);
    double repeated = threads == 1 ? 0 : Math.max(iterationMillis, millis * threads);
    return (warmups + iterations) * (once + repeated) + before;
  }
}
