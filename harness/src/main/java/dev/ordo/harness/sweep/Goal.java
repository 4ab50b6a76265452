package dev.ordo.harness.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What ends the measuring of a series.
 *
 * @param precision half the width of the exponent's 95 % interval that is enough
 * @param forks the most forks a length gets
 * @param budget the time that the forks of all series may take
 * @param seed orders the forks of a round and resamples for intervals
 */
record Goal(double precision, int forks, Duration budget, long seed) {

  /**
   * Returns the goal of a run; empty where it was measured before there was a precision to reach.
   *
   * @param entries all entries of its journal
   */
  static Optional<Goal> of(List<Entry> entries) {
    return ((Entry.Start) entries.get(0)).precision() == null
        ? Optional.empty()
        : Optional.of(of(Earlier.sweep(entries)));
  }

  static Goal of(Sweep sweep) {
    return new Goal(sweep.precision(), sweep.forks(), sweep.budget(), sweep.seed());
  }
}
