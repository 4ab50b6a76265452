package dev.ordo.models.recurrent;

import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.Tanh;
import java.util.Arrays;
import java.util.Optional;

/**
 * A sequence on its way through an {@link Rnn}.
 *
 * <p>A chunk goes through one layer after the other: the input products of all its positions are
 * one matrix product, then the positions follow each other, each with a product of the matrix W_hh
 * and a vector.
 */
final class RnnSession extends RecurrentSession {

  static final int CHUNK = 128;

  private final Rnn model;
  private final int width;

  /** h of each layer: indices are buffer, layer, component. */
  private final float[][][] state;

  private final float[] projected;

  RnnSession(Rnn model, int capacity) {
    super(capacity, CHUNK, model.head());
    this.model = model;
    width = model.shape().width();
    state = new float[2][model.shape().layers()][width];
    projected = new float[chunk() * width];
  }

  @Override
  protected void reset(int buffer) {
    for (float[] h : state[buffer]) {
      Arrays.fill(h, 0);
    }
  }

  @Override
  protected void read(int[] tokens, int start, int rows, int buffer) {
    for (int t = 0; t < rows; t++) {
      int from = tokens[start + t] * width;
      System.arraycopy(model.embedding(), from, features, t * width, width);
    }
    for (int layer = 0; layer < state[buffer].length; layer++) {
      float[] h = state[buffer][layer];
      model.layers().get(layer).input().apply(features, 0, rows, projected, 0);
      Linear recurrent = model.layers().get(layer).recurrent();
      recurrent.apply(h, 0, 1, features, 0);
      Tanh.ofSum(projected, 0, features, 0, width);
      for (int t = 1; t < rows; t++) {
        recurrent.apply(features, (t - 1) * width, 1, features, t * width);
        Tanh.ofSum(projected, t * width, features, t * width, width);
      }
      System.arraycopy(features, (rows - 1) * width, h, 0, width);
    }
  }

  @Override
  protected void advance(int token, int from, int to) {
    float[] below = model.embedding();
    int offset = token * width;
    for (int layer = 0; layer < state[to].length; layer++) {
      float[] h = state[to][layer];
      model.layers().get(layer).input().apply(below, offset, 1, projected, 0);
      model.layers().get(layer).recurrent().apply(state[from][layer], 0, 1, h, 0);
      Tanh.ofSum(projected, 0, h, 0, width);
      below = h;
      offset = 0;
    }
    System.arraycopy(below, 0, features, 0, width);
  }

  @Override
  public long stateBytes() {
    return 4L * state[0].length * width;
  }

  @Override
  public Optional<float[]> state(String name) {
    if (!name.equals("final_hidden")) {
      return Optional.empty();
    }
    float[] all = new float[state[0].length * width];
    for (int layer = 0; layer < state[0].length; layer++) {
      System.arraycopy(hidden(layer), 0, all, layer * width, width);
    }
    return Optional.of(all);
  }

  /** Returns h of a layer at present; shape (d), not to be modified. */
  float[] hidden(int layer) {
    return state[current()][layer];
  }
}
