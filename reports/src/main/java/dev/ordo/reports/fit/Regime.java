package dev.ordo.reports.fit;

import java.util.Objects;

/**
 * A place at which a series changes in a way that no smooth law explains.
 *
 * @param kind what changes
 * @param after the last size that surely lies before the place
 * @param from the first size that surely lies beyond it; conclusions hold from here on
 * @param height of a step, the factor by which values are higher beyond it; of a floor or a knot,
 *     the exponent beyond it less the one before
 * @param falseAlarm an upper bound of the probability that a smooth law gives at least such
 *     evidence at any place
 */
public record Regime(Kind kind, double after, double from, Interval height, double falseAlarm) {

  /** What changes at a place. */
  public enum Kind {
    /** Values are flat before the place and grow beyond it. */
    FLOOR("floor"),
    /** All values beyond the place are higher, or lower, by a factor; the growth is the same. */
    STEP("step"),
    /** The exponent changes. */
    KNOT("knot");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the kind as it is called in a sentence. */
    public String word() {
      return word;
    }
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if {@code after} is not below {@code from} or {@code
   *     falseAlarm} is not in 0 … 1
   */
  public Regime {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(height, "height");
    if (!(after < from)) {
      throw new IllegalArgumentException("after (" + after + ") must be below from (" + from + ")");
    }
    if (!(falseAlarm >= 0 && falseAlarm <= 1)) {
      throw new IllegalArgumentException("falseAlarm (" + falseAlarm + ") must be in 0 … 1");
    }
  }

  /** Returns where the series changes and what that means for the law, as a clause. */
  public String clause() {
    return Words.regime(this);
  }
}
