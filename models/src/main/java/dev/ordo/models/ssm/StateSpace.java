package dev.ordo.models.ssm;

/**
 * A linear map of real sequences, channel by channel, as a convolution with a long kernel and as a
 * recurrence over complex states. Immutable.
 */
interface StateSpace {

  /**
   * Makes the state space of parameters.
   *
   * @param values the parameters; kept, not modified
   * @param attuned the length for which C is replaced by C̃, or 0; see {@link DplrSpace}
   */
  static StateSpace of(SpaceValues values, int attuned) {
    return values.options().lowRank() ? new DplrSpace(values, attuned) : new DiagonalSpace(values);
  }

  /** Makes convolution kernels; used by one thread at a time. */
  @FunctionalInterface
  interface KernelMaker {

    /**
     * Computes a kernel. Allocates nothing.
     *
     * @param steps the number of steps, L, in 1 … the capacity
     * @param kernel shape (L, d), row-major, overwritten
     */
    void make(int steps, float[] kernel);
  }

  /**
   * Prepares to make kernels.
   *
   * @param capacity the largest number of steps, positive
   * @param scratch memory to work in, of at least that capacity
   */
  KernelMaker kernelMaker(int capacity, KernelScratch scratch);

  /** Returns the number of values in the real part of a state, and in the imaginary part. */
  int stateSize();

  /**
   * Computes the state after a sequence that starts from zeros. Allocates nothing.
   *
   * @param u shape (L, d), row-major, not modified
   * @param steps the number of steps, L
   * @param toRe where the real part of the state goes, shape ({@link #stateSize})
   * @param toIm where the imaginary part goes
   */
  void finalState(float[] u, int steps, float[] toRe, float[] toIm);

  /**
   * Takes one step. Allocates nothing.
   *
   * @param u shape (d), not modified
   * @param y shape (d), overwritten; may be u
   * @param fromRe the real part of the state before; zeros at the start of a sequence
   * @param fromIm the imaginary part of the state before
   * @param toRe where the real part of the state after goes; may be {@code fromRe}
   * @param toIm where the imaginary part goes; may be {@code fromIm}
   */
  void step(float[] u, float[] y, float[] fromRe, float[] fromIm, float[] toRe, float[] toIm);
}
