package dev.ordo.harness.sweep;

/** Is told how a campaign goes on. */
public interface Progress {

  /**
   * What is about to happen.
   *
   * @param round the round, from 1
   * @param rounds the number of rounds that are planned now
   * @param cell the cell that is measured next
   * @param elapsedMillis time since the start, in milliseconds
   * @param leftMillis predicted time left, in milliseconds
   */
  record Step(int round, int rounds, Cell cell, long elapsedMillis, long leftMillis) {}

  /** A fork starts. */
  void starting(Step step);

  /** A fork failed. */
  void failed(Entry.Fork fork);

  /** A cell will not be measured. */
  void leftOut(Entry.LeftOut entry);
}
