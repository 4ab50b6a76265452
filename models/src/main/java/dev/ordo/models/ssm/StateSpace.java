package dev.ordo.models.ssm;

import dev.ordo.models.kernel.StateRecurrence;

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

  /** Returns the recurrence, of d channels. */
  StateRecurrence recurrence();
}
