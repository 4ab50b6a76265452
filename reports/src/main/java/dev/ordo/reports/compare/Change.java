package dev.ordo.reports.compare;

import dev.ordo.reports.data.Unit;

/** What a comparison says of one cell: how the candidate differs from the base. */
public enum Change {
  /** The candidate takes more: time, bytes or whatever is counted. */
  SLOWER("slower", "more"),
  /** The candidate takes less. */
  FASTER("faster", "less"),
  /** The whole interval lies within the margin. */
  UNCHANGED("unchanged", "unchanged"),
  /** The data does not decide. */
  INCONCLUSIVE("inconclusive", "inconclusive");

  private final String ofTime;
  private final String ofOther;

  Change(String ofTime, String ofOther) {
    this.ofTime = ofTime;
    this.ofOther = ofOther;
  }

  /** Returns the change in a word: {@code slower} for a time, {@code more} for anything else. */
  public String word(Unit unit) {
    return unit.dimension() == Unit.Dimension.TIME ? ofTime : ofOther;
  }

  /** Returns whether it is a difference. */
  public boolean isDifference() {
    return this == SLOWER || this == FASTER;
  }
}
