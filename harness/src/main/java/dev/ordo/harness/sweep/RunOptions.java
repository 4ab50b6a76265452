package dev.ordo.harness.sweep;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a sweep is carried out, beside what it measures.
 *
 * @param shard the share of the sweep that this run does; all of it where there is none
 * @param forkTimeout the time limit of a fork; from the forecast where there is none
 */
public record RunOptions(Optional<Shard> shard, Optional<Duration> forkTimeout) {

  /** All of the sweep, with time limits from the forecast. */
  public static final RunOptions DEFAULT = new RunOptions(Optional.empty(), Optional.empty());

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the time limit is not positive
   */
  public RunOptions {
    Objects.requireNonNull(shard, "shard");
    forkTimeout.ifPresent(
        limit -> {
          if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("fork timeout (" + limit + ") must be positive");
          }
        });
  }
}
