package dev.ordo.models.ssm;

import dev.ordo.models.kernel.ChunkedScan;
import dev.ordo.models.kernel.Silu;
import dev.ordo.models.kernel.Softplus;

/**
 * A sequence on its way through {@link Mamba}. A step is a chunk of one position that reads one
 * buffer and writes the other.
 */
final class MambaSession extends MixerSession {

  static final int CHUNK = 128;

  private final Mamba model;
  private final int inner;
  private final int rank;

  /** The length of a row of x_proj's output: r, B, C. */
  private final int selected;

  /** Scratch memory for chunks; null where a prefill is sequential. */
  private final ChunkedScan.Workspace work;

  private final float[] x;
  private final float[] convolved;
  private final float[] z;
  private final float[] selection;
  private final float[] ranks;
  private final float[] steps;

  MambaSession(Mamba model, int capacity) {
    super(
        capacity,
        CHUNK,
        model.shape(),
        model.embedding(),
        model.norm(),
        model.head(),
        model.blocks().get(0).convolution().windowSize(),
        model.blocks().get(0).scan().stateSize());
    this.model = model;
    inner = model.inner();
    rank = model.rank();
    selected = rank + 2 * model.shape().state();
    work = model.chunked() ? model.blocks().get(0).chunked().workspace() : null;
    x = new float[chunk() * inner];
    convolved = new float[chunk() * inner];
    z = new float[chunk() * inner];
    selection = new float[chunk() * selected];
    ranks = new float[chunk() * rank];
    steps = new float[chunk() * inner];
  }

  @Override
  void block(int layer, int rows, int from, int to, boolean stepping) {
    Mamba.Block block = model.blocks().get(layer);
    block.norm().apply(hidden, 0, rows, features, 0);
    block.input().apply(features, 0, rows, x, 0);
    block.gate().apply(features, 0, rows, z, 0);
    block.convolution().apply(x, rows, convolved, windows[from][layer], windows[to][layer]);
    Silu.apply(convolved, 0, rows * inner);
    block.selection().apply(convolved, 0, rows, selection, 0);
    for (int t = 0; t < rows; t++) {
      System.arraycopy(selection, t * selected, ranks, t * rank, rank);
    }
    block.step().apply(ranks, 0, rows, steps, 0);
    Softplus.apply(steps, 0, rows * inner);
    float[] before = states[from][layer];
    float[] after = states[to][layer];
    if (model.chunked() && !stepping) {
      block
          .chunked()
          .apply(convolved, steps, selection, rank, selected, rows, x, before, after, work);
    } else {
      block.scan().apply(convolved, steps, selection, rank, selected, rows, x, before, after);
    }
    Silu.gate(z, x, rows * inner);
    block.output().apply(x, 0, rows, features, 0);
    addFeatures(rows);
  }

  @Override
  public long stateBytes() {
    return 4L * states[0].length * (states[0][0].length + windows[0][0].length);
  }
}
