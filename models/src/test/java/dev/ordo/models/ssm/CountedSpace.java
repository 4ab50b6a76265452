package dev.ordo.models.ssm;

/** A slow twin of a {@link StateSpace} and its state. */
interface CountedSpace {

  /** Returns the kernel, shape (L, d). */
  double[][] kernel(int steps);

  /**
   * Sets the state to that after a sequence from zeros.
   *
   * @param u shape (L, d)
   */
  void takeIn(double[][] u);

  /** Takes in one row and returns C·h. */
  double[] step(double[] u);
}
