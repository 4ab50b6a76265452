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

  /**
   * Returns the gradient of a loss with respect to the parameters; with a low-rank term C̃ is one
   * of them. What is done once a state, whatever the length, is not counted.
   *
   * @param dKernel the gradient with respect to the kernel, shape (L, d)
   */
  SpaceValues gradient(double[][] dKernel);

  /** Takes in one row and returns C·h. */
  double[] step(double[] u);
}
