package dev.ordo.harness.gate;

/** What a gate comes to. */
public enum Outcome {
  /** No claim that counts regressed, and none is in doubt. */
  PASSED("passed"),
  /** A claim that counts regressed. */
  REGRESSED("regressed"),
  /** None regressed, but a regression worth a build may be there unseen. */
  INCONCLUSIVE("inconclusive");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** Returns the outcome as a word. */
  public String word() {
    return word;
  }
}
