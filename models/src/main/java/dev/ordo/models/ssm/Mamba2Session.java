package dev.ordo.models.ssm;

import dev.ordo.models.kernel.Silu;
import dev.ordo.models.kernel.Softplus;
import dev.ordo.models.kernel.Ssd;
import dev.ordo.models.recurrent.RecurrentSession;
import java.util.Arrays;

/**
 * A sequence on its way through {@link Mamba2}: in chunks of matrix products, or a step at a time
 * by the recurrence.
 */
final class Mamba2Session extends RecurrentSession {

  private static final int ROWS = 128;

  private final Mamba2 model;
  private final int width;
  private final int inner;
  private final int convolved;
  private final int heads;

  /** The last inputs of the convolutions; indices are buffer and layer. */
  private final float[][][] windows;

  /** The states; indices are buffer and layer. */
  private final float[][][] states;

  private final Ssd.Workspace work;
  private final float[] hidden;
  private final float[] z;
  private final float[] raw;
  private final float[] xbc;
  private final float[] steps;
  private final float[] y;

  Mamba2Session(Mamba2 model, int capacity) {
    // Whole chunks of the operator, so that it never sees a short one before the last.
    super(capacity, ROWS / model.sizes().chunk() * model.sizes().chunk(), model.head());
    this.model = model;
    width = model.shape().width();
    inner = model.sizes().inner();
    convolved = model.sizes().convolved();
    heads = model.sizes().heads();
    int layers = model.shape().layers();
    Mamba2.Block block = model.blocks().get(0);
    windows = new float[2][layers][block.convolution().windowSize()];
    states = new float[2][layers][block.ssd().stateSize()];
    work = block.ssd().workspace();
    hidden = new float[chunk() * width];
    z = new float[chunk() * inner];
    raw = new float[chunk() * convolved];
    xbc = new float[chunk() * convolved];
    steps = new float[chunk() * heads];
    y = new float[chunk() * inner];
  }

  @Override
  protected void reset(int buffer) {
    for (int layer = 0; layer < states[buffer].length; layer++) {
      Arrays.fill(windows[buffer][layer], 0);
      Arrays.fill(states[buffer][layer], 0);
    }
  }

  @Override
  protected void read(int[] tokens, int start, int rows, int buffer) {
    for (int t = 0; t < rows; t++) {
      System.arraycopy(model.embedding(), tokens[start + t] * width, hidden, t * width, width);
    }
    for (int layer = 0; layer < states[buffer].length; layer++) {
      Mamba2.Block block = model.blocks().get(layer);
      select(block, rows, windows[buffer][layer], windows[buffer][layer]);
      float[] state = states[buffer][layer];
      block.ssd().apply(xbc, steps, rows, y, state, state, work);
      mix(block, rows);
    }
    model.norm().apply(hidden, 0, rows, features, 0);
  }

  @Override
  protected void advance(int token, int from, int to) {
    System.arraycopy(model.embedding(), token * width, hidden, 0, width);
    for (int layer = 0; layer < states[from].length; layer++) {
      Mamba2.Block block = model.blocks().get(layer);
      select(block, 1, windows[from][layer], windows[to][layer]);
      block.ssd().step(xbc, steps, y, states[from][layer], states[to][layer], work);
      mix(block, 1);
    }
    model.norm().apply(hidden, 0, 1, features, 0);
  }

  /** Computes z, x, B, C and Δ. */
  private void select(Mamba2.Block block, int rows, float[] from, float[] to) {
    block.norm().apply(hidden, 0, rows, features, 0);
    block.gate().apply(features, 0, rows, z, 0);
    block.input().apply(features, 0, rows, raw, 0);
    block.step().apply(features, 0, rows, steps, 0);
    block.convolution().apply(raw, rows, xbc, from, to);
    Silu.apply(xbc, 0, rows * convolved);
    Softplus.apply(steps, 0, rows * heads);
    if (model.sizes().limited()) {
      for (int i = 0; i < rows * heads; i++) {
        steps[i] = Math.min(model.sizes().longest(), Math.max(model.sizes().shortest(), steps[i]));
      }
    }
  }

  /** Gates y and adds it to the residual stream. */
  private void mix(Mamba2.Block block, int rows) {
    Silu.gate(z, y, rows * inner);
    block.gated().apply(y, 0, rows, y, 0);
    block.output().apply(y, 0, rows, features, 0);
    for (int i = 0; i < rows * width; i++) {
      hidden[i] += features[i];
    }
  }

  /** Returns the bytes of states and windows, without what pads heads to whole vectors. */
  @Override
  public long stateBytes() {
    long values = (long) inner * model.shape().state() + windows[0][0].length;
    return 4 * states[0].length * values;
  }
}
