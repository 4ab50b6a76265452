package dev.ordo.models.kernel;

/**
 * A linear recurrence over complex states, channel by channel, from real inputs to real outputs.
 * Immutable.
 */
public interface StateRecurrence {

  /** Returns the number of values in the real part of a state, and in the imaginary part. */
  int stateSize();

  /**
   * Takes one step. Allocates nothing.
   *
   * @param u shape (channels), not modified
   * @param y shape (channels), overwritten; may be u
   * @param fromRe Re h before, shape ({@link #stateSize}) in an order of the recurrence's own;
   *     zeros at the start of a sequence
   * @param fromIm Im h before
   * @param toRe where Re h after goes; may be {@code fromRe}
   * @param toIm where Im h after goes; may be {@code fromIm}
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void step(float[] u, float[] y, float[] fromRe, float[] fromIm, float[] toRe, float[] toIm);

  /**
   * Computes the state after a sequence that starts from zeros. Allocates nothing.
   *
   * @param u shape (steps, channels), row-major, not modified
   * @param steps the number of steps, L
   * @param toRe where Re h goes, shape ({@link #stateSize})
   * @param toIm where Im h goes, in the same way
   * @throws IndexOutOfBoundsException if an array is too short
   */
  void finalState(float[] u, int steps, float[] toRe, float[] toIm);
}
