package dev.ordo.harness.sweep;

import java.time.Duration;

/**
 * How many lengths and rounds a time budget holds, before anything is measured.
 *
 * @param levels the number of lengths, from the shortest, that can be measured
 * @param rounds the number of forks that every cell is to get at least
 */
record Budget(int levels, int rounds) {

  /** The least time of a fork: starting a JVM and a few short iterations, in milliseconds. */
  static final double LEAST_FORK_MILLIS = 1230;

  /** With one fork the spread between forks is not known at all; lengths tell more than a third. */
  private static final int WANTED_ROUNDS = 2;

  /** With fewer lengths than this no law can be told from another. */
  private static final int WANTED_LEVELS = 4;

  /**
   * Fits lengths and rounds into a budget: two rounds where four lengths or more fit, else one.
   * What time is left goes into further rounds.
   *
   * @param budget the time there is
   * @param cellsPerLevel the number of cells at each length
   * @param levels the number of lengths asked for
   * @param forks the most forks a cell gets
   * @throws IllegalArgumentException if not even the shortest length fits once
   */
  static Budget of(Duration budget, int cellsPerLevel, int levels, int forks) {
    int most = Math.min(WANTED_ROUNDS, forks);
    int fitting = 0;
    for (int rounds = most; rounds >= 1; rounds--) {
      double level = cellsPerLevel * rounds * LEAST_FORK_MILLIS;
      fitting = (int) Math.min(levels, budget.toMillis() / level);
      if (fitting >= Math.min(WANTED_LEVELS, levels)) {
        return new Budget(fitting, rounds);
      }
    }
    if (fitting == 0) {
      throw new IllegalArgumentException(
          String.format(
              "budget (%d s) is too short: one fork of each of %d cells at one length takes about"
                  + " %.0f s",
              budget.toSeconds(),
              cellsPerLevel,
              Math.ceil(cellsPerLevel * LEAST_FORK_MILLIS / 1e3)));
    }
    return new Budget(fitting, 1);
  }
}
