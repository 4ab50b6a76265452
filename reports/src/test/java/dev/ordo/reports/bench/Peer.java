package dev.ordo.reports.bench;

/** A rule of another tool or of common practice. */
interface Peer {

  /**
   * Answers.
   *
   * @param sizes shape (m), ascending, at least 3; not modified
   * @param means shape (m), positive; not modified
   */
  Answer answer(double[] sizes, double[] means);
}
