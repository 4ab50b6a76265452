package dev.ordo.harness.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.function.LongSupplier;

/**
 * Asks a command again and again until its answers are steady: as a forked JVM warms up, but by the
 * times that the command tells.
 *
 * <p>Answers are taken in batches of one, or of {@value #BATCH_MILLIS} ms where several come in
 * that time. The means of the batches over the last {@value #WINDOW_MILLIS} ms, and of two at the
 * least, have to agree within 15 %.
 */
final class CommandWarmup {

  private static final long BATCH_MILLIS = 20;
  private static final long WINDOW_MILLIS = 100;
  private static final double SPREAD = 1.15;

  private final Duration bound;
  private final LongSupplier nanoTime;
  private double elapsedPerRequest;
  private long requests;

  /**
   * Makes a warm-up.
   *
   * @param bound no batch starts after so much time, which begins with the first answer: what comes
   *     before is the start of the command
   * @param nanoTime a clock, in nanoseconds
   */
  CommandWarmup(Duration bound, LongSupplier nanoTime) {
    this.bound = bound;
    this.nanoTime = nanoTime;
  }

  /** Where the times come from. */
  interface Answers {

    /**
     * Returns the time that one more operation took, in nanoseconds.
     *
     * @throws CommandProcess.NoAnswer if the command does not tell
     */
    double next() throws CommandProcess.NoAnswer;
  }

  private record Batch(long elapsed, double mean) {}

  /**
   * Asks until answers are steady.
   *
   * @return whether they became so within the bound, or did not because of noise alone: the fastest
   *     batch of the second half of the bound is no faster than that of the first
   * @throws CommandProcess.NoAnswer if the command does not answer
   */
  boolean run(Answers answers) throws CommandProcess.NoAnswer {
    Deque<Batch> window = new ArrayDeque<>();
    double early = Double.POSITIVE_INFINITY;
    double late = Double.POSITIVE_INFINITY;
    long start = nanoTime.getAsLong();
    do {
      boolean first = nanoTime.getAsLong() - start < bound.toNanos() / 2;
      Batch batch = batch(answers);
      early = first ? Math.min(early, batch.mean()) : early;
      late = first ? late : Math.min(late, batch.mean());
      window.addLast(batch);
      while (window.size() > 2
          && elapsed(window) - window.getFirst().elapsed() >= WINDOW_MILLIS * 1_000_000) {
        window.removeFirst();
      }
      if (steady(window)) {
        return true;
      }
    } while (nanoTime.getAsLong() - start < bound.toNanos());
    return late * SPREAD >= early && late < Double.POSITIVE_INFINITY;
  }

  /** Returns how long a request took until it was answered, in nanoseconds, in the last batch. */
  double elapsedPerRequest() {
    return elapsedPerRequest;
  }

  /** Returns how many requests there were. */
  long requests() {
    return requests;
  }

  private Batch batch(Answers answers) throws CommandProcess.NoAnswer {
    long start = nanoTime.getAsLong();
    long elapsed;
    double sum = 0;
    int count = 0;
    do {
      sum += answers.next();
      count++;
      elapsed = nanoTime.getAsLong() - start;
    } while (elapsed < BATCH_MILLIS * 1_000_000);
    elapsedPerRequest = (double) elapsed / count;
    requests += count;
    return new Batch(elapsed, sum / count);
  }

  private static long elapsed(Deque<Batch> window) {
    return window.stream().mapToLong(Batch::elapsed).sum();
  }

  private static boolean steady(Deque<Batch> window) {
    if (window.size() < 2 || elapsed(window) < WINDOW_MILLIS * 1_000_000) {
      return false;
    }
    DoubleSummaryStatistics means = window.stream().mapToDouble(Batch::mean).summaryStatistics();
    return means.getMax() <= SPREAD * means.getMin();
  }
}
