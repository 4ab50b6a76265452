package dev.ordo.harness.machine;

import java.util.Arrays;

/**
 * What reading {@link System#nanoTime} costs and how fine it is.
 *
 * @param latencyNanos the median time between two readings, one after the other, in nanoseconds
 * @param stepNanos the least difference above 0 between two readings, in nanoseconds
 */
record NanoTimer(double latencyNanos, long stepNanos) {

  private static final int READINGS = 200_000;
  private static final int BATCH = 100;

  /** Measures the timer of this JVM in a few milliseconds. */
  static NanoTimer ofThisJvm() {
    long[] readings = new long[READINGS];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < READINGS; i++) {
        readings[i] = System.nanoTime();
      }
    }
    return of(readings);
  }

  /**
   * Judges readings that were taken one after the other.
   *
   * @param readings more than {@value #BATCH}, in nanoseconds
   */
  static NanoTimer of(long[] readings) {
    long step = Long.MAX_VALUE;
    for (int i = 1; i < readings.length; i++) {
      long difference = readings[i] - readings[i - 1];
      if (difference > 0) {
        step = Math.min(step, difference);
      }
    }
    // Over batches, for a coarse timer stands still between most readings.
    double[] batches = new double[(readings.length - 1) / BATCH];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = (double) (readings[(i + 1) * BATCH] - readings[i * BATCH]) / BATCH;
    }
    Arrays.sort(batches);
    return new NanoTimer(batches[batches.length / 2], step == Long.MAX_VALUE ? 0 : step);
  }
}
