package dev.ordo.harness.sweep;

import dev.ordo.harness.machine.SpinFork;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Forks of the same fixed arithmetic between the forks of a sweep, called A and B in turns: what
 * they differ by is the machine's.
 */
final class Controls {

  /** What one does: as little as says something. */
  static final SpinFork FORK = new SpinFork(5, 20);

  /** What part of the time since the start they may take. */
  static final double PART = 0.03;

  /** What one is expected to take before any has run, in nanoseconds. */
  private static final long USUAL_NANOS = 500_000_000;

  private static final Entry.Jvm JVM =
      new Entry.Jvm(
          SpinFork.LAUNCHER,
          SpinFork.ARGS,
          System.getProperty("java.version"),
          System.getProperty("java.vm.name"),
          System.getProperty("java.vm.version"));

  /** Runs one. */
  interface Source {

    /**
     * Returns the time of an operation in each iteration, in nanoseconds.
     *
     * @throws IOException if it does not run
     */
    double[] run() throws IOException;
  }

  private final Source source;
  private final Journal journal;
  private final PrintStream log;
  private final LongSupplier nanoTime;
  private final long start;
  private long spentNanos;
  private long lastNanos = USUAL_NANOS;
  private int count;
  private boolean failed;

  /**
   * Starts the clock of the sweep.
   *
   * @param source runs them
   * @param journal takes their entries
   * @param log is told why there are none, if so
   * @param nanoTime a clock, in nanoseconds
   */
  Controls(Source source, Journal journal, PrintStream log, LongSupplier nanoTime) {
    this.source = source;
    this.journal = journal;
    this.log = log;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /**
   * Runs the next one if all together then take no more than their part of the time. Where one does
   * not run there are no more: a machine that cannot start a JVM has other rows that say so.
   *
   * @throws UncheckedIOException if the journal cannot be written
   */
  void runIfDue() {
    long begun = nanoTime.getAsLong();
    if (failed || spentNanos + lastNanos > PART * (begun - start)) {
      return;
    }
    String started = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    double[] nanos;
    try {
      nanos = source.run();
    } catch (IOException e) {
      failed = true;
      log.println("no more controls: " + e.getMessage());
      return;
    }
    lastNanos = nanoTime.getAsLong() - begun;
    spentNanos += lastNanos;
    String side = count++ % 2 == 0 ? Entry.Control.A : Entry.Control.B;
    try {
      journal.append(
          new Entry.Control(side, started, TimeUnit.NANOSECONDS.toMillis(lastNanos), JVM, nanos));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
