package dev.ordo.harness.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
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
  private static final long WINDOW_NANOS = 100_000_000;

  /**
   * The same for an operation that allocates. That may be its nature, or vectors that are boxed
   * because the code is not compiled yet; then times can stand still for a quarter of a second
   * while the counters that trigger the compiler fill.
   */
  private static final long ALLOCATING_WINDOW_NANOS = 400_000_000;

  /** An operation that allocates less, in bytes, boxes no vectors. */
  private static final long ALLOCATING_BYTES = 1024;

  /**
   * Nor does one that allocates fewer bytes a nanosecond, such as a training step that makes a few
   * small objects for each layer; boxed vectors come at a gigabyte a second.
   */
  private static final double ALLOCATING_RATE = 0.05;

  /** Largest over smallest allocation that count as the same. */
  private static final double SAME_BYTES = 1.01;

  /** Largest over smallest time in a steady window; forks differ by less, iterations by more. */
  private static final double SPREAD = 1.15;

  /** Compilers that work for less than this part of a window are done with the workload. */
  private static final double COMPILING = 0.1;

  /** What times the bound a warm-up may take while the operation allocates less and less. */
  private static final int UNCOMPILED = 3;

  private final long boundNanos;
  private final LongSupplier nanoTime;
  private final LongSupplier compileNanos;
  private final LongSupplier allocatedBytes;

  /**
   * Makes a warm-up.
   *
   * @param boundNanos no batch starts after so much time, in nanoseconds; three times that while
   *     the operation still boxes vectors
   * @param nanoTime a clock, in nanoseconds
   * @param compileNanos the time that the compilers have spent so far, in nanoseconds
   * @param allocatedBytes what this thread has allocated so far, in bytes
   */
  Warmup(
      long boundNanos,
      LongSupplier nanoTime,
      LongSupplier compileNanos,
      LongSupplier allocatedBytes) {
    this.boundNanos = boundNanos;
    this.nanoTime = nanoTime;
    this.compileNanos = compileNanos;
    this.allocatedBytes = allocatedBytes;
  }

  /**
   * Makes a warm-up on this JVM.
   *
   * @param boundNanos no batch starts after so much time, in nanoseconds; three times that while
   *     the operation still boxes vectors
   */
  static Warmup within(long boundNanos) {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    return new Warmup(
        boundNanos, System::nanoTime, Compilers.nanos(), threads::getCurrentThreadAllocatedBytes);
  }

  /**
   * How a warm-up ended.
   *
   * @param steady whether the workload is done with: its time became steady within the bound, or
   *     did not because of noise alone. Noise it is if at the end the compilers are idle, the
   *     operation allocates next to nothing, and the fastest batch of the second half of the bound
   *     is no faster than that of the first by what counts as the same: noise makes an operation
   *     slow and not fast.
   * @param operations the operations done
   * @param nanos the time that they took, in nanoseconds
   */
  record Outcome(boolean steady, long operations, long nanos) {}

  private record Batch(long nanos, int operations, long bytes, long compileNanos) {

    double bytesPerOp() {
      return (double) bytes / operations;
    }

    double nanosPerOp() {
      return (double) nanos / operations;
    }
  }

  /** Runs the workload. */
  Outcome run(Runnable workload) {
    Deque<Batch> window = new ArrayDeque<>();
    long start = nanoTime.getAsLong();
    long operations = 0;
    double early = Double.POSITIVE_INFINITY;
    double late = Double.POSITIVE_INFINITY;
    do {
      boolean first = nanoTime.getAsLong() - start < boundNanos / 2;
      Batch batch = batch(workload);
      operations += batch.operations();
      early = first ? Math.min(early, batch.nanosPerOp()) : early;
      late = first ? late : Math.min(late, batch.nanosPerOp());
      window.addLast(batch);
      while (nanos(window) - window.getFirst().nanos() >= needed(window) && window.size() > 2) {
        window.removeFirst();
      }
      if (steady(window)) {
        return new Outcome(true, operations, nanoTime.getAsLong() - start);
      }
    } while (nanoTime.getAsLong() - start < (boxes(window) ? UNCOMPILED * boundNanos : boundNanos));
    boolean onlyNoise =
        compiled(window)
            && !allocates(window.getLast())
            && late * SPREAD >= early
            && late < Double.POSITIVE_INFINITY;
    return new Outcome(onlyNoise, operations, nanoTime.getAsLong() - start);
  }

  private Batch batch(Runnable workload) {
    long bytes = allocatedBytes.getAsLong();
    long start = nanoTime.getAsLong();
    long spent;
    int operations = 0;
    do {
      workload.run();
      operations++;
      spent = nanoTime.getAsLong() - start;
    } while (spent < BATCH_NANOS);
    return new Batch(
        spent, operations, allocatedBytes.getAsLong() - bytes, compileNanos.getAsLong());
  }

  private static long nanos(Deque<Batch> window) {
    return window.stream().mapToLong(Batch::nanos).sum();
  }

  private static long needed(Deque<Batch> window) {
    return allocates(window.getLast()) ? ALLOCATING_WINDOW_NANOS : WINDOW_NANOS;
  }

  private static boolean allocates(Batch batch) {
    return batch.bytes() > ALLOCATING_BYTES * batch.operations()
        && batch.bytes() > ALLOCATING_RATE * batch.nanos();
  }

  /** What allocates the same every time does so by its nature; boxes become fewer. */
  private static boolean boxes(Deque<Batch> window) {
    DoubleSummaryStatistics bytes =
        window.stream().mapToDouble(Batch::bytesPerOp).summaryStatistics();
    return allocates(window.getLast()) && bytes.getMax() > SAME_BYTES * bytes.getMin();
  }

  private static boolean compiled(Deque<Batch> window) {
    return window.getLast().compileNanos() - window.getFirst().compileNanos()
        <= COMPILING * nanos(window);
  }

  private static boolean steady(Deque<Batch> window) {
    if (window.size() < 2 || nanos(window) < needed(window) || !compiled(window)) {
      return false;
    }
    double least = window.stream().mapToDouble(Batch::nanosPerOp).min().orElseThrow();
    double most = window.stream().mapToDouble(Batch::nanosPerOp).max().orElseThrow();
    return most <= SPREAD * least;
  }
}
