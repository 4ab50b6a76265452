package dev.ordo.models.verify;

/**
 * How far the values of one tensor are from what is expected.
 *
 * @param name the tensor
 * @param difference the largest |actual − expected|; NaN or infinite where a value on either side
 *     is not finite
 * @param largest the largest |expected|
 * @param exact whether only equality will do, as for token ids
 */
public record Check(String name, double difference, double largest, boolean exact) {

  /**
   * Compares real numbers.
   *
   * @param name the tensor
   * @param actual values, not modified
   * @param expected as many values, not modified
   * @throws IllegalArgumentException if there are not as many on both sides, or none
   */
  public static Check close(String name, float[] actual, float[] expected) {
    check(name, actual.length, expected.length);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      // Math.max keeps a NaN, also that of two infinities; an infinity stays one.
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs((double) expected[i]));
    }
    return new Check(name, difference, largest, false);
  }

  /**
   * Compares whole numbers, which have to be equal.
   *
   * @param name the tensor
   * @param actual values, not modified
   * @param expected as many values, not modified
   * @throws IllegalArgumentException if there are not as many on both sides, or none
   */
  public static Check equal(String name, int[] actual, long[] expected) {
    check(name, actual.length, expected.length);
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs((double) expected[i]));
    }
    return new Check(name, difference, largest, true);
  }

  /** Returns the check with the larger {@link #ratio}, of which NaN is the largest. */
  static Check worse(Check a, Check b) {
    return Double.compare(a.ratio(), b.ratio()) > 0 ? a : b;
  }

  private static void check(String name, int actual, int expected) {
    if (actual != expected || expected == 0) {
      throw new IllegalArgumentException(
          name + ": values (" + actual + ") must be as many as expected (" + expected + "), not 0");
    }
  }

  /**
   * Returns the difference over the largest expected value; 0 where all is 0 as expected, infinite
   * where only zeros are expected and something else is there.
   */
  public double ratio() {
    return difference == 0 ? 0 : difference / largest;
  }

  /**
   * Says whether the values are what is expected.
   *
   * @param tolerance the largest {@link #ratio} that is; of no meaning where the check is exact
   */
  public boolean passes(double tolerance) {
    // NaN is not at most anything.
    return exact ? difference == 0 : ratio() <= tolerance;
  }
}
