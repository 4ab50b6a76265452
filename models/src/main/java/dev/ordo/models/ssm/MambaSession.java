package dev.ordo.models.ssm;

import dev.ordo.models.kernel.ChunkedScan;
import dev.ordo.models.kernel.Silu;
import dev.ordo.models.kernel.Softplus;
import dev.ordo.models.recurrent.RecurrentSession;
import java.util.Arrays;

/**
 * A sequence on its way through {@link Mamba}. A step is a chunk of one position that reads one
 * buffer and writes the other.
 */
final class MambaSession extends RecurrentSession {

  static final int CHUNK = 128;

  private final Mamba model;
  private final int width;
  private final int inner;
  private final int rank;

  /** The length of a row of x_proj's output: r, B, C. */
  private final int selected;

  /** The last inputs of the convolutions; indices are buffer and layer. */
  private final float[][][] windows;

  /** The states of the scans; indices are buffer and layer. */
  private final float[][][] states;

  /** Scratch memory for chunks; null where a prefill is sequential. */
  private final ChunkedScan.Workspace work;

  private final float[] hidden;
  private final float[] x;
  private final float[] convolved;
  private final float[] z;
  private final float[] selection;
  private final float[] ranks;
  private final float[] steps;

  MambaSession(Mamba model, int capacity) {
    super(capacity, CHUNK, model.head());
    this.model = model;
    width = model.shape().width();
    inner = model.inner();
    rank = model.rank();
    selected = rank + 2 * model.shape().state();
    int layers = model.shape().layers();
    windows = new float[2][layers][model.blocks().get(0).convolution().windowSize()];
    states = new float[2][layers][model.blocks().get(0).scan().stateSize()];
    work = model.chunked() ? model.blocks().get(0).chunked().workspace() : null;
    hidden = new float[chunk() * width];
    x = new float[chunk() * inner];
    convolved = new float[chunk() * inner];
    z = new float[chunk() * inner];
    selection = new float[chunk() * selected];
    ranks = new float[chunk() * rank];
    steps = new float[chunk() * inner];
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
    run(rows, buffer, buffer, model.chunked());
  }

  @Override
  protected void advance(int token, int from, int to) {
    System.arraycopy(model.embedding(), token * width, hidden, 0, width);
    run(1, from, to, false);
  }

  private void run(int rows, int from, int to, boolean chunked) {
    for (int layer = 0; layer < states[from].length; layer++) {
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
      if (chunked) {
        block
            .chunked()
            .apply(convolved, steps, selection, rank, selected, rows, x, before, after, work);
      } else {
        block.scan().apply(convolved, steps, selection, rank, selected, rows, x, before, after);
      }
      Silu.gate(z, x, rows * inner);
      block.output().apply(x, 0, rows, features, 0);
      for (int i = 0; i < rows * width; i++) {
        hidden[i] += features[i];
      }
    }
    model.norm().apply(hidden, 0, rows, features, 0);
  }

  @Override
  public long stateBytes() {
    return 4L * states[0].length * (states[0][0].length + windows[0][0].length);
  }
}
