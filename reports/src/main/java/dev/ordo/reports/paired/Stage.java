package dev.ordo.reports.paired;

/** One of the two rounds of measuring. */
public enum Stage {
  /** All cells, until each is settled. */
  FIRST,
  /** What looked like a regression, anew. */
  AGAIN
}
