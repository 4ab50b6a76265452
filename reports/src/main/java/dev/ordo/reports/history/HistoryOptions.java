package dev.ordo.reports.history;

/**
 * What counts as a change.
 *
 * @param alpha of all changes of one round of search, at most this part is expected to be false;
 *     where nothing ever changed, the probability of any claim at all
 * @param margin the change that is too small to be called one: 0.01 is 1 % of a cost and 0.01 of an
 *     exponent
 * @param seed fixes the permutations
 */
public record HistoryOptions(double alpha, double margin, long seed) {

  /** Level 5 %, margin 1 %. */
  public static final HistoryOptions DEFAULT = new HistoryOptions(0.05, 0.01, 1);

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if alpha is not between 0 and 1, or the margin not in 0 … 1
   */
  public HistoryOptions {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha (" + alpha + ") must be between 0 and 1");
    }
    if (!(margin >= 0 && margin <= 1)) {
      throw new IllegalArgumentException("margin (" + margin + ") must be in 0 … 1");
    }
  }
}
