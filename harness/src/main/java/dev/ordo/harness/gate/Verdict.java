package dev.ordo.harness.gate;

import java.util.Locale;

/** What a claim comes to. */
public enum Verdict {
  /** It got worse, or is worse than declared. */
  REGRESSED,
  /** It got better. */
  IMPROVED,
  /** The whole interval lies within the margin, or the declared law holds. */
  UNCHANGED,
  /** The data does not decide. */
  INCONCLUSIVE;

  /** Returns the verdict as a word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
