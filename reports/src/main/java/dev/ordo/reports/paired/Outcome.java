package dev.ordo.reports.paired;

/** What a paired comparison comes to as a whole. */
public enum Outcome {
  /** Nothing regressed, and of nothing is a regression beyond the margin still possible. */
  PASSED("no regression"),
  /** Something regressed. */
  REGRESSED("regressed"),
  /** Nothing is known to have regressed, but something may have. */
  INCONCLUSIVE("inconclusive");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** Returns the outcome in words. */
  public String word() {
    return word;
  }
}
