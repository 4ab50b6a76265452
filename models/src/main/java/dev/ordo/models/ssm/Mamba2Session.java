package dev.ordo.models.ssm;

import dev.ordo.models.kernel.Silu;
import dev.ordo.models.kernel.Softplus;
import dev.ordo.models.kernel.Ssd;

/**
 * A sequence on its way through {@link Mamba2}: in chunks of matrix products, or a step at a time
 * by the recurrence.
 */
final class Mamba2Session extends MixerSession {

  private static final int ROWS = 128;

  private final Mamba2 model;
  private final int inner;
  private final int convolved;
  private final int heads;

  private final Ssd.Workspace work;
  private final float[] z;
  private final float[] raw;
  private final float[] xbc;
  private final float[] steps;
  private final float[] y;

  Mamba2Session(Mamba2 model, int capacity) {
    // Whole chunks of the operator, so that it never sees a short one before the last.
    // Whole chunks of the operator, so that it never sees a short one before the last.
    super(
        capacity,
        ROWS / model.sizes().chunk() * model.sizes().chunk(),
        model.shape(),
        model.embedding(),
        model.norm(),
        model.head(),
        model.blocks().get(0).convolution().windowSize(),
        model.blocks().get(0).ssd().stateSize());
    this.model = model;
    inner = model.sizes().inner();
    convolved = model.sizes().convolved();
    heads = model.sizes().heads();
    work = model.blocks().get(0).ssd().workspace();
    z = new float[chunk() * inner];
    raw = new float[chunk() * convolved];
    xbc = new float[chunk() * convolved];
    steps = new float[chunk() * heads];
    y = new float[chunk() * inner];
  }

  @Override
  void block(int layer, int rows, int from, int to, boolean stepping) {
    Mamba2.Block block = model.blocks().get(layer);
    select(block, rows, windows[from][layer], windows[to][layer]);
    float[] before = states[from][layer];
    float[] after = states[to][layer];
    if (stepping) {
      block.ssd().step(xbc, steps, y, before, after, work);
    } else {
      block.ssd().apply(xbc, steps, rows, y, before, after, work);
    }
    mix(block, rows);
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
    addFeatures(rows);
  }

  /** Returns the bytes of states and windows, without what pads heads to whole vectors. */
  @Override
  public long stateBytes() {
    long values = (long) inner * model.shape().state() + windows[0][0].length;
    return 4 * states[0].length * values;
  }
}
