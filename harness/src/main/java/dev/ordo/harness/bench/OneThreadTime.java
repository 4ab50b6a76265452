package dev.ordo.harness.bench;

import dev.ordo.reports.compare.SpeedUp;

/**
 * Adds to each iteration on several threads the time that an operation takes on one, as the metric
 * {@value SpeedUp#ONE_THREAD}.
 */
public final class OneThreadTime extends ToldFigure {

  private static volatile double nanos;

  /** Makes the profiler; JMH calls this. */
  public OneThreadTime() {
    super(SpeedUp.ONE_THREAD, "ns/op", "Time of the same work on one thread");
  }

  /** Takes the time of an operation, in nanoseconds. */
  static void tell(double now) {
    nanos = now;
  }

  @Override
  double figure() {
    return nanos;
  }
}
