package dev.ordo.harness.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Runs a workload until the just-in-time compilers are done with it and its time is steady.
 *
 * <p>How long that takes has little to do with how long an operation takes: vector code is a
 * hundred times slower before it is compiled, and a machine with few processors compiles slowly. A
 * fixed number of iterations is too few for one cell and wasted on the next.
 */
final class Warmup {

  /** A batch is one operation or this long, whichever is longer. */
  private static final long BATCH_NANOS = 20_000_000;

  /** The times of all batches over this long, and of two at the least, have to agree. */
  private static final long WINDOW_NANOS = 80_000_000;

  /** Largest over smallest time in a steady window; forks differ by less, iterations by more. */
  private static final double SPREAD = 1.15;

  /** Compilers that work for less than this part of a window are done with the workload. */
  private static final double COMPILING = 0.1;

  private final long boundNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier compileNanos;

  /**
   * Makes a warm-up.
   *
   * @param boundNanos no batch starts after so much time, in nanoseconds
   * @param nanoTime a clock, in nanoseconds
   * @param compileNanos the time that the compilers have spent so far, in nanoseconds
   */
  Warmup(long boundNanos, LongSupplier nanoTime, LongSupplier compileNanos) {
    this.boundNanos = boundNanos;
    this.nanoTime = nanoTime;
    this.compileNanos = compileNanos;
  }

  /**
   * Makes a warm-up on this JVM.
   *
   * @param boundNanos no batch starts after so much time, in nanoseconds
   */
  static Warmup within(long boundNanos) {
    return new Warmup(boundNanos, System::nanoTime, Compilers.nanos());
  }

  private record Batch(long nanos, int operations, long compileNanos) {

    double nanosPerOp() {
      return (double) nanos / operations;
    }
  }

  /**
   * Runs the workload.
   *
   * @return whether it became steady within the bound
   */
  boolean run(Runnable workload) {
    Deque<Batch> window = new ArrayDeque<>();
    long start = nanoTime.getAsLong();
    do {
      window.addLast(batch(workload));
      while (nanos(window) - window.getFirst().nanos() >= WINDOW_NANOS && window.size() > 2) {
        window.removeFirst();
      }
      if (steady(window)) {
        return true;
      }
    } while (nanoTime.getAsLong() - start < boundNanos);
    return false;
  }

  private Batch batch(Runnable workload) {
    long start = nanoTime.getAsLong();
    long spent;
    int operations = 0;
    do {
      workload.run();
      operations++;
      spent = nanoTime.getAsLong() - start;
    } while (spent < BATCH_NANOS);
    return new Batch(spent, operations, compileNanos.getAsLong());
  }

  private static long nanos(Deque<Batch> window) {
    return window.stream().mapToLong(Batch::nanos).sum();
  }

  private static boolean steady(Deque<Batch> window) {
    if (window.size() < 2
        || nanos(window) < WINDOW_NANOS
        || window.getLast().compileNanos() - window.getFirst().compileNanos()
            > COMPILING * nanos(window)) {
      return false;
    }
    double least = window.stream().mapToDouble(Batch::nanosPerOp).min().orElseThrow();
    double most = window.stream().mapToDouble(Batch::nanosPerOp).max().orElseThrow();
    return most <= SPREAD * least;
  }
}
