package dev.ordo.harness.bench;

import dev.ordo.models.kernel.Workers;

/**
 * Repeats each iteration of a workload that is split over threads on one thread. Both run in the
 * same JVM within the same moment, so that their ratio is that of the threads: the speed of a
 * machine with busy neighbours changes by more than a second thread gains.
 */
final class OneThread {

  private final Runnable workload;
  private long begun;

  /** Takes the workload; its iterations begin with {@link #begin}. */
  OneThread(Runnable workload) {
    this.workload = workload;
  }

  /** Runs on one thread until the time is steady, for {@code boundNanos} at most. */
  void warmUp(long boundNanos) {
    Workers.alone(true);
    try {
      Warmup.within(boundNanos).run(workload);
    } finally {
      Workers.alone(false);
    }
  }

  /** Notes that an iteration begins. */
  void begin() {
    begun = System.nanoTime();
  }

  /** Repeats the iteration that ends now, with one operation at least. */
  void repeat() {
    long length = System.nanoTime() - begun;
    long operations = 0;
    Workers.alone(true);
    try {
      long start = System.nanoTime();
      long spent;
      do {
        workload.run();
        operations++;
        spent = System.nanoTime() - start;
      } while (spent < length);
      OneThreadTime.tell((double) spent / operations);
    } finally {
      Workers.alone(false);
    }
  }
}
