package dev.ordo.reports.paired;

/**
 * The numbers of pairs at which a sequence of pairs is looked at, and the part of the level that
 * each look may spend.
 *
 * <p>Looks are at 3, 4, 6, 8, 12, 16, 24, 32, 48 … pairs, two in each doubling without an end. They
 * spend 3, 7, 15, 20, 20, 15, 10 and 5 % of the level, and each later one half of the one before:
 * 100 % in all. A test that rejects at some look therefore errs with at most the whole level,
 * however many looks there were (the spending of Lan and DeMets 1983, <i>Biometrika</i> 70, at
 * fixed looks, with Bonferroni's inequality between them). Differences so large that three pairs
 * show them are found at once; most of the level is kept for 6 to 24 pairs, which forks with a
 * noise of a few per cent need.
 */
public final class Looks {

  /** The fewest pairs that say anything. */
  public static final int FIRST = 3;

  private static final double[] WEIGHTS = {0.03, 0.07, 0.15, 0.20, 0.20, 0.15, 0.10};
  private static final double NEXT_WEIGHT = 0.05;

  private Looks() {}

  /** Returns the number of pairs at the i-th look, counted from 0. */
  static int at(int i) {
    return i % 2 == 0 ? FIRST << (i / 2) : 4 << (i / 2);
  }

  /** Returns the part of the level that the i-th look, counted from 0, may spend. */
  static double weight(int i) {
    return i < WEIGHTS.length ? WEIGHTS[i] : Math.scalb(NEXT_WEIGHT, -(i - WEIGHTS.length));
  }

  /** Returns how many looks there are in so many pairs. */
  static int count(int pairs) {
    int count = 0;
    while (at(count) <= pairs) {
      count++;
    }
    return count;
  }

  /** Returns the number of pairs at the first look after so many pairs. */
  public static int after(int pairs) {
    return at(count(pairs));
  }

  /**
   * Returns the number of pairs at the last look within so many pairs.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static int last(int pairs) {
    if (pairs < FIRST) {
      throw new IllegalArgumentException(
          "pairs (" + pairs + ") must be at least " + FIRST + ": fewer say nothing of their noise");
    }
    return at(count(pairs) - 1);
  }
}
