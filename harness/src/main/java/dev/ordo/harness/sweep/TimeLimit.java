package dev.ordo.harness.sweep;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How long a fork may take before it counts as hung.
 *
 * @param fixed the limit of every fork; from the forecast where there is none
 * @param forecast predicts the time of operations
 * @param budget the budget of the run
 */
record TimeLimit(Optional<Duration> fixed, Forecast forecast, Duration budget) {

  /** Starting a JVM on a busy machine and warming up may take this long without being hung. */
  private static final long LEAST_MILLIS = 60_000;

  /** A fork may take so many times as long as is predicted. */
  private static final double GENEROUS = 10;

  /** A fork of which nothing is known may take this part of the budget. */
  private static final int PART_OF_BUDGET = 10;

  private static final long AGAIN_MILLIS = 200;

  /**
   * Returns the limit of a fork: ten times the predicted time, or a tenth of the budget where
   * nothing is predicted, and a minute at least.
   */
  Duration of(Cell cell, ForkPlan plan) {
    return fixed.orElseGet(
        () -> {
          double nanos = forecast.nanosPerOp(cell).orElse(Double.NaN);
          double millis =
              Double.isNaN(nanos)
                  ? budget.toMillis() / (double) PART_OF_BUDGET
                  : GENEROUS * (Budget.LEAST_FORK_MILLIS + plan.millis(nanos, cell.threads()));
          return Duration.ofMillis((long) Math.max(LEAST_MILLIS, millis));
        });
  }

  /**
   * Starts to watch the fork that is about to start: once the time is over, all processes that this
   * one has started, and those that they have, are killed.
   */
  static Watch watch(Duration limit) {
    return new Watch(limit);
  }

  /** Watches one fork. */
  static final class Watch implements AutoCloseable {

    private final ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "ordo-time-limit");
              thread.setDaemon(true);
              return thread;
            });
    private volatile boolean expired;

    private Watch(Duration limit) {
      // What comes up between the look and the kill is met by the next look.
      clock.scheduleWithFixedDelay(
          this::expire, limit.toMillis(), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void expire() {
      expired = true;
      ProcessHandle.current().descendants().toList().forEach(ProcessHandle::destroyForcibly);
    }

    /** Returns whether the time was over. */
    boolean expired() {
      return expired;
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
