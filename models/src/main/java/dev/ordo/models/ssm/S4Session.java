package dev.ordo.models.ssm;

import dev.ordo.models.recurrent.RecurrentSession;
import java.util.Arrays;

/**
 * A sequence on its way through {@link S4}. A convolution needs all of its inputs, so a chunk is a
 * whole sequence.
 */
final class S4Session extends RecurrentSession {

  private final S4 model;
  private final int width;

  /** The real parts of the states; indices are buffer and layer. */
  private final float[][][] re;

  /** The imaginary parts, in the same way. */
  private final float[][][] im;

  private final float[] hidden;
  private final S4Block.Scratch scratch;
  private final StateSpace.KernelMaker[] makers;

  S4Session(S4 model, int capacity) {
    super(capacity, capacity, model.head());
    this.model = model;
    width = model.shape().width();
    int layers = model.shape().layers();
    int size = model.layers().get(0).block().stateSize();
    re = new float[2][layers][size];
    im = new float[2][layers][size];
    hidden = new float[capacity * width];
    scratch = new S4Block.Scratch(capacity, model.options());
    makers = new StateSpace.KernelMaker[layers];
    for (int layer = 0; layer < layers; layer++) {
      makers[layer] = model.layers().get(layer).block().kernelMaker(capacity, scratch.makers());
    }
  }

  @Override
  protected void reset(int buffer) {
    for (int layer = 0; layer < re[buffer].length; layer++) {
      Arrays.fill(re[buffer][layer], 0);
      Arrays.fill(im[buffer][layer], 0);
    }
  }

  @Override
  protected void read(int[] tokens, int start, int rows, int buffer) {
    for (int t = 0; t < rows; t++) {
      System.arraycopy(model.embedding(), tokens[start + t] * width, hidden, t * width, width);
    }
    for (int layer = 0; layer < re[buffer].length; layer++) {
      S4.Layer at = model.layers().get(layer);
      at.norm().apply(hidden, 0, rows, features, 0);
      at.block()
          .forward(
              features, rows, re[buffer][layer], im[buffer][layer], makers[layer], scratch, hidden);
    }
    model.norm().apply(hidden, 0, rows, features, 0);
  }

  @Override
  protected void advance(int token, int from, int to) {
    System.arraycopy(model.embedding(), token * width, hidden, 0, width);
    for (int layer = 0; layer < re[from].length; layer++) {
      S4.Layer at = model.layers().get(layer);
      at.norm().apply(hidden, 0, 1, features, 0);
      at.block()
          .step(
              features,
              re[from][layer],
              im[from][layer],
              re[to][layer],
              im[to][layer],
              scratch,
              hidden);
    }
    model.norm().apply(hidden, 0, 1, features, 0);
  }

  @Override
  public long stateBytes() {
    return 8L * re[0].length * re[0][0].length;
  }
}
