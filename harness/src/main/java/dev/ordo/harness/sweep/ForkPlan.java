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

  /** The least length of an iteration, in milliseconds. */
  static final int ITERATION_MILLIS = 40;

  /** What all measured iterations of a fork take where nothing is known of its noise. */
  static final double USUAL_MILLIS = 240;

  /** The least that all measured iterations of a fork take, in milliseconds. */
  static final double LEAST_MILLIS = 120;

  /** The most that all measured iterations of a fork take, in milliseconds; one always runs. */
  static final double MOST_MILLIS = 720;

  private static final int WARMUPS = 2;

  /** More iterations than this become longer ones. */
  private static final int MOST_ITERATIONS = 12;

  /** The time after which a fork no longer waits for a steady operation, in milliseconds. */
  private static final double STEADY_MILLIS = 3000;

  /** Chooses a plan for operations of a known or predicted length, in nanoseconds. */
  static ForkPlan of(double nanosPerOp) {
    return of(nanosPerOp, USUAL_MILLIS);
  }

  /**
   * Chooses a plan.
   *
   * <p>Short operations get {@value #WARMUPS} warm-up iterations and as many of {@value
   * #ITERATION_MILLIS} ms as the time holds; where these would be more than {@value
   * #MOST_ITERATIONS}, so many and longer ones. An operation that is longer than an iteration is
   * one by itself: a fork, which has done it several times before, goes without warm-up iterations
   * and measures single operations, as many as the time holds, at least one.
   *
   * @param nanosPerOp the time of one operation, in nanoseconds; not negative
   * @param measuredMillis what all measured iterations are to take, in milliseconds; brought into
   *     {@value #LEAST_MILLIS} … {@value #MOST_MILLIS}
   */
  static ForkPlan of(double nanosPerOp, double measuredMillis) {
    double millis = nanosPerOp / 1e6;
    double measured = Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, measuredMillis));
    int iteration = (int) Math.max(ITERATION_MILLIS, Math.round(measured / MOST_ITERATIONS));
    if (millis <= iteration) {
      return new ForkPlan(WARMUPS, (int) Math.round(measured / iteration), iteration);
    }
    return new ForkPlan(0, (int) Math.max(1, measured / millis), ITERATION_MILLIS);
  }

  /** Returns whether each iteration is a single operation of the given time, in nanoseconds. */
  boolean singleShot(double nanosPerOp) {
    return nanosPerOp > iterationMillis * 1e6;
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
