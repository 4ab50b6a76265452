package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.Linear;
import java.util.Arrays;
import java.util.Optional;

/**
 * A sequence on its way through a {@link RecurrentStack}.
 *
 * <p>A chunk goes through one layer after the other: the input products of all its positions are
 * one matrix product, then the positions follow each other, each with a product of the matrix W_hh
 * and a vector.
 */
abstract class StackSession extends RecurrentSession {

  static final int CHUNK = 128;

  private final RecurrentStack stack;
  private final int width;
  private final int gates;

  /** h of each layer: indices are buffer, layer, component. */
  private final float[][][] hidden;

  /** The input products of a chunk; shape (chunk, gates·d). */
  private final float[] projected;

  /** The product of the hidden state of one position; shape (gates·d). */
  private final float[] recurrent;

  StackSession(RecurrentStack stack, int gates, int capacity) {
    super(capacity, CHUNK, stack.head());
    this.stack = stack;
    this.gates = gates;
    width = stack.shape().width();
    hidden = newState();
    projected = new float[chunk() * gates * width];
    recurrent = new float[gates * width];
  }

  /**
   * Computes the hidden state of a position from its products.
   *
   * @param layer the layer
   * @param from the buffer of what else the state has, before the position
   * @param to the buffer of what else the state has, after it; may be {@code from}
   * @param input the product of the input; shape (gates·d) from {@code inputOffset}, may be
   *     overwritten
   * @param recurrent the product of the hidden state before; shape (gates·d), may be overwritten
   * @param before the hidden state before; shape (d) from {@code beforeOffset}
   * @param after where the hidden state goes; shape (d) from {@code afterOffset}
   */
  abstract void cell(
      int layer,
      int from,
      int to,
      float[] input,
      int inputOffset,
      float[] recurrent,
      float[] before,
      int beforeOffset,
      float[] after,
      int afterOffset);

  /** Returns room for a vector of each layer; indices are buffer, layer, component. */
  final float[][][] newState() {
    return new float[2][stack.shape().layers()][stack.shape().width()];
  }

  @Override
  protected void reset(int buffer) {
    for (float[] h : hidden[buffer]) {
      Arrays.fill(h, 0);
    }
  }

  @Override
  protected final void read(int[] tokens, int start, int rows, int buffer) {
    for (int t = 0; t < rows; t++) {
      int from = tokens[start + t] * width;
      System.arraycopy(stack.embedding(), from, features, t * width, width);
    }
    for (int layer = 0; layer < hidden[buffer].length; layer++) {
      stack.layers().get(layer).input().apply(features, 0, rows, projected, 0);
      Linear products = stack.layers().get(layer).recurrent();
      float[] before = hidden[buffer][layer];
      int offset = 0;
      for (int t = 0; t < rows; t++) {
        products.apply(before, offset, 1, recurrent, 0);
        int at = t * gates * width;
        cell(layer, buffer, buffer, projected, at, recurrent, before, offset, features, t * width);
        before = features;
        offset = t * width;
      }
      System.arraycopy(features, offset, hidden[buffer][layer], 0, width);
    }
  }

  @Override
  protected final void advance(int token, int from, int to) {
    float[] below = stack.embedding();
    int offset = token * width;
    for (int layer = 0; layer < hidden[to].length; layer++) {
      float[] before = hidden[from][layer];
      float[] after = hidden[to][layer];
      stack.layers().get(layer).input().apply(below, offset, 1, projected, 0);
      stack.layers().get(layer).recurrent().apply(before, 0, 1, recurrent, 0);
      cell(layer, from, to, projected, 0, recurrent, before, 0, after, 0);
      below = after;
      offset = 0;
    }
    System.arraycopy(below, 0, features, 0, width);
  }

  @Override
  public long stateBytes() {
    return 4L * hidden[0].length * width;
  }

  @Override
  public Optional<float[]> state(String name) {
    return name.equals("final_hidden") ? Optional.of(joined(hidden)) : Optional.empty();
  }

  /** Returns a state at present; shape (layers, d), row-major, a copy. */
  final float[] joined(float[][][] state) {
    float[] all = new float[state[0].length * width];
    for (int layer = 0; layer < state[0].length; layer++) {
      System.arraycopy(state[current()][layer], 0, all, layer * width, width);
    }
    return all;
  }
}
