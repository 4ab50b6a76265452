package dev.ordo.harness.sweep;

import java.time.Duration;

/**
 * What ends the measuring of a series.
 *
 * @param precision half the width of the exponent's 95 % interval that is enough
 * @param forks the most forks a length gets
 * @param budget the time that the forks of all series may take
 * @param seed orders the forks of a round and resamples for intervals
 */
record Goal(double precision, int forks, Duration budget, long seed) {

  static Goal of(Sweep sweep) {
    return new Goal(sweep.precision(), sweep.forks(), sweep.budget(), sweep.seed());
  }
}
