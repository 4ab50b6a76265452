package dev.ordo.models.kernel;

/**
 * How many floating-point operations kernels take whose number is no plain product, and how deep a
 * tree of them is.
 *
 * <p>Apart from the kernels, for theory is asked for where no vector module is loaded.
 */
public final class Operations {

  private Operations() {}

  /**
   * Returns the operations of one {@link Fft} of one sequence.
   *
   * <p>A radix-4 butterfly takes 16 additions and, but in the last pass, three complex products of
   * 6 operations: n/4 · 34 a pass, in all about 4.25 · n log₂ n.
   *
   * @param n the length, a power of two
   */
  public static double fft(long n) {
    if (n <= 2) {
      return n == 2 ? 4 : 0;
    }
    long quarter = n / 4;
    return n == 4 ? 16 : 34.0 * quarter + 4 * fft(quarter);
  }

  /**
   * Returns the operations of one channel of a {@link LongConvolution}: three transforms of n
   * points, n products of 6 operations, 2 for each value turned on the way in and 3 on the way out.
   *
   * @param steps the number of steps, L
   */
  public static double longConvolution(long steps) {
    long n = powerOfTwo(steps);
    return 3 * fft(n) + 6.0 * n + (2 * 2 + 3.0) * steps;
  }

  /**
   * Returns the smallest power of two that is at least a number.
   *
   * @param n the number, at least 1
   */
  public static long powerOfTwo(long n) {
    return Long.highestOneBit(2 * n - 1);
  }

  /**
   * Returns the operations of a mean cross-entropy, forward and backward.
   *
   * <p>Forward a target takes 3 for each logit (− maximum, exp, +), then ln, + maximum, − logit and
   * + to the total; the mean is one division. Backward a target takes 4 for each logit (− ln Σ,
   * exp, · weight, +) and one for its own; the weight is one division.
   *
   * @param targets the number of rows that count
   * @param vocabulary the number of logits of a row
   */
  public static double crossEntropy(double targets, double vocabulary) {
    return targets * (7 * vocabulary + 5) + 2;
  }

  /**
   * Returns how many taps of one channel of a causal convolution meet a value when nothing is
   * before the first step: min(K, t) at step t = 1 … L.
   *
   * @param taps K
   * @param steps L
   */
  public static double causalTaps(long taps, long steps) {
    double rising = Math.min(taps, steps);
    return rising * (rising + 1) / 2 + taps * (steps - rising);
  }

  /**
   * Returns ⌈log₂ n⌉, the depth of a binary tree over n values.
   *
   * @param n the number of values, at least 1
   */
  public static int ceilLog2(long n) {
    return Long.SIZE - Long.numberOfLeadingZeros(n - 1);
  }
}
