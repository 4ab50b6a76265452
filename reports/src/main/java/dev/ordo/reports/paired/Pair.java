package dev.ordo.reports.paired;

/**
 * What one fork of the base and one of the candidate measured, back to back.
 *
 * @param base the mean of the base's fork, in any unit
 * @param candidate the mean of the candidate's fork, in the same unit
 */
public record Pair(double base, double candidate) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not positive and finite
   */
  public Pair {
    check("base", base);
    check("candidate", candidate);
  }

  /** Returns the logarithm of candidate over base. */
  public double logRatio() {
    return Math.log(candidate / base);
  }

  private static void check(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " (" + value + ") must be positive and finite");
    }
  }
}
