package dev.ordo.reports.paired;

/**
 * How pairs are judged.
 *
 * @param margin the relative change that is too small to count, 0.05 for 5 %; with 0 any change
 *     counts, and nothing is ever called unchanged
 * @param alpha the level: with at most this probability anything that did not regress is called
 *     regressed, and that a cell is called unchanged that changed by the margin or more
 * @param most the most pairs of a cell in the first stage; in the second twice as many
 */
public record PairedOptions(double margin, double alpha, int most) {

  /** A margin of 5 %, a level of 5 %, at most 32 pairs. */
  public static final PairedOptions DEFAULT = new PairedOptions(0.05, 0.05, 32);

  private static final double LARGEST_ALPHA = 0.2;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the margin is negative or 10 and more, alpha is not above 0
   *     and at most 0.2, or most is less than {@link Looks#FIRST}
   */
  public PairedOptions {
    if (!(margin >= 0 && margin < 10)) {
      throw new IllegalArgumentException("margin (" + margin + ") must be in 0 … 10");
    }
    if (!(alpha > 0 && alpha <= LARGEST_ALPHA)) {
      throw new IllegalArgumentException(
          "alpha (" + alpha + ") must be above 0 and at most " + LARGEST_ALPHA);
    }
    if (most > 1 << 20) {
      throw new IllegalArgumentException("pairs (" + most + ") must be at most " + (1 << 20));
    }
    Looks.last(most);
  }

  /** Returns the number of pairs after which a cell gets no more: that of the last look. */
  public int most(Stage stage) {
    return Looks.last(stage == Stage.FIRST ? most : 2 * most);
  }

  /** Returns the margin as a difference of logarithms. */
  double logMargin() {
    return Math.log1p(margin);
  }
}
