package dev.ordo.models;

import java.util.List;

/**
 * A model in training: its parameters, and the gradient of its loss with respect to each.
 *
 * <p>Used by one thread at a time. Memory is taken from the JVM in the first step; further steps of
 * the same sizes reuse it.
 */
public interface Training {

  /**
   * Runs forward and backward over a batch of sequences. The gradients of the step before are
   * overwritten; the parameters stay as they are.
   *
   * @param rows token ids; shape (B, L), B ≥ 1, L ≥ 2, all rows of the same length; not modified
   * @return the mean cross-entropy, in nats, of each token of a row but the first, given those
   *     before it
   * @throws IllegalArgumentException if the rows are not of such a shape, longer than the model can
   *     read, or hold an id outside 0 … V−1
   */
  float step(int[][] rows);

  /** Returns the names of all parameters, as the reference has them. */
  List<String> names();

  /**
   * Returns the values of a parameter.
   *
   * @param name one of {@link #names}
   * @return row-major as in the reference; the parameter itself, which an optimiser changes in
   *     place between steps
   * @throws IllegalArgumentException if there is no such parameter
   */
  float[] parameter(String name);

  /**
   * Returns the gradient of the loss of the last step with respect to a parameter.
   *
   * @param name one of {@link #names}
   * @return laid out as {@link #parameter}; owned by the training and valid until its next step;
   *     zeros before the first
   * @throws IllegalArgumentException if there is no such parameter
   */
  float[] gradient(String name);

  /**
   * Returns the bytes that the forward pass of the last step left in memory for its backward pass,
   * besides the parameters; 0 before the first step.
   */
  long keptBytes();
}
