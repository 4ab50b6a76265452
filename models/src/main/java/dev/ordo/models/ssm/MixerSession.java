package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import dev.ordo.models.recurrent.RecurrentSession;
import java.util.Arrays;

/**
 * A sequence on its way through blocks that each have a causal convolution and a recurrent state
 * beside a residual stream, as {@link Mamba} and {@link Mamba2} do.
 */
abstract class MixerSession extends RecurrentSession {

  /** The residual stream of a chunk or step; shape (chunk, d). */
  final float[] hidden;

  /** The last inputs of the convolutions; indices are buffer and layer. */
  final float[][][] windows;

  /** The recurrent states; indices are buffer and layer. */
  final float[][][] states;

  private final float[] embedding;
  private final RmsNorm norm;
  private final int width;

  /**
   * Allocates residual stream, windows and states.
   *
   * @param capacity the largest number of tokens
   * @param chunk the largest number of tokens that are read at once
   * @param shape d and the number of layers
   * @param embedding shape (V, d), not modified
   * @param norm the norm before the head
   * @param head the head
   * @param windowSize the values of a layer's window
   * @param stateSize the values of a layer's state
   */
  MixerSession(
      int capacity,
      int chunk,
      ModelShape shape,
      float[] embedding,
      RmsNorm norm,
      Linear head,
      int windowSize,
      int stateSize) {
    super(capacity, chunk, head);
    this.embedding = embedding;
    this.norm = norm;
    width = shape.width();
    hidden = new float[chunk() * width];
    windows = new float[2][shape.layers()][windowSize];
    states = new float[2][shape.layers()][stateSize];
  }

  /**
   * Takes the residual stream through a block.
   *
   * @param layer the block
   * @param rows the number of positions
   * @param from the buffer of window and state before
   * @param to the buffer of window and state after; may be {@code from}
   * @param stepping whether this is a step, of one position
   */
  abstract void block(int layer, int rows, int from, int to, boolean stepping);

  @Override
  protected final void reset(int buffer) {
    for (int layer = 0; layer < states[buffer].length; layer++) {
      Arrays.fill(windows[buffer][layer], 0);
      Arrays.fill(states[buffer][layer], 0);
    }
  }

  @Override
  protected final void read(int[] tokens, int start, int rows, int buffer) {
    for (int t = 0; t < rows; t++) {
      System.arraycopy(embedding, tokens[start + t] * width, hidden, t * width, width);
    }
    run(rows, buffer, buffer, false);
  }

  @Override
  protected final void advance(int token, int from, int to) {
    System.arraycopy(embedding, token * width, hidden, 0, width);
    run(1, from, to, true);
  }

  private void run(int rows, int from, int to, boolean stepping) {
    for (int layer = 0; layer < states[from].length; layer++) {
      block(layer, rows, from, to, stepping);
    }
    norm.apply(hidden, 0, rows, features, 0);
  }

  /** Adds the features to the residual stream. */
  final void addFeatures(int rows) {
    for (int i = 0; i < rows * width; i++) {
      hidden[i] += features[i];
    }
  }
}
