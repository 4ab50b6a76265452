package dev.ordo.harness.sweep;

/** Where measurements come from: real JVMs, or a synthetic machine in tests and simulations. */
interface Forks {

  /**
   * Measures a cell once, in isolation from all others.
   *
   * @param round the round the fork belongs to, from 1
   * @param cell what to measure
   * @param plan how long
   * @return the finished fork, also where it failed
   */
  Entry.Fork run(int round, Cell cell, ForkPlan plan);

  /**
   * Returns whether there is no such cell, as a fork of it or of a shorter length has said: that is
   * no failure.
   */
  default boolean lacks(Cell cell) {
    return false;
  }
}
