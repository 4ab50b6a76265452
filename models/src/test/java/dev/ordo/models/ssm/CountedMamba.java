package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.ChunkedScan;
import java.util.Arrays;

/** A slow twin of {@link Mamba} that counts its operations. */
final class CountedMamba extends CountedBlocks {

  private final MambaSizes sizes;
  private final boolean chunked;
  private final double[][][] windows;

  /** Indices are layer, channel and state. */
  private final double[][][] states;

  CountedMamba(Tensors weights, MambaSizes sizes, boolean chunked, Counter counter) {
    super(
        weights,
        counter,
        sizes.shape().layers(),
        sizes.shape().width(),
        sizes.shape().vocabulary(),
        sizes.epsilon());
    this.sizes = sizes;
    this.chunked = chunked;
    int layers = sizes.shape().layers();
    windows = new double[layers][][];
    states = new double[layers][][];
  }

  @Override
  protected void reset() {
    for (int layer = 0; layer < states.length; layer++) {
      windows[layer] = new double[sizes.taps() - 1][sizes.inner()];
      states[layer] = new double[sizes.inner()][sizes.shape().state()];
    }
  }

  @Override
  protected double[][] mix(int layer, double[][] rows, boolean stepping) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int n = sizes.shape().state();
    int rank = sizes.rank();
    String mixer = "backbone.layers." + layer + ".mixer.";
    int length = rows.length;
    double[][] xz = new double[length][];
    for (int t = 0; t < length; t++) {
      xz[t] = counter.affine(weights.get(mixer + "in_proj.weight", 2 * inner, d), null, rows[t]);
    }
    float[] taps = weights.get(mixer + "conv1d.weight", inner, 1, sizes.taps());
    float[] bias = weights.get(mixer + "conv1d.bias", inner);
    double[][] x = convolve(xz, 0, taps, bias, windows[layer]);
    double[][] selection = new double[length][];
    double[][] dt = new double[length][];
    for (int t = 0; t < length; t++) {
      float[] select = weights.get(mixer + "x_proj.weight", rank + 2 * n, inner);
      selection[t] = counter.affine(select, null, x[t]);
      dt[t] =
          counter.affine(
              weights.get(mixer + "dt_proj.weight", inner, rank),
              weights.get(mixer + "dt_proj.bias", inner),
              Arrays.copyOf(selection[t], rank));
      for (int c = 0; c < inner; c++) {
        dt[t][c] = softplus(dt[t][c]);
      }
    }
    double[][] y = new double[length][inner];
    float[] logA = weights.get(mixer + "A_log", inner, n);
    float[] skip = weights.get(mixer + "D", inner);
    for (int c = 0; c < inner; c++) {
      for (int t = 0; t < length; t += ChunkedScan.CHUNK) {
        int end = Math.min(length, t + ChunkedScan.CHUNK);
        scan(x, dt, selection, logA, skip[c], states[layer][c], c, t, end, y, chunked && !stepping);
      }
    }
    double[][] out = new double[length][];
    for (int t = 0; t < length; t++) {
      for (int c = 0; c < inner; c++) {
        y[t][c] = gate(y[t][c], xz[t][inner + c]);
      }
      out[t] = counter.affine(weights.get(mixer + "out_proj.weight", d, inner), null, y[t]);
    }
    return out;
  }

  private void scan(
      double[][] x,
      double[][] dt,
      double[][] selection,
      float[] logA,
      double skip,
      double[] state,
      int c,
      int start,
      int end,
      double[][] y,
      boolean apart) {
    int states = state.length;
    int b = sizes.rank();
    double[] h = apart ? new double[states] : state;
    double[] sums = new double[end - start];
    double total = 0;
    for (int t = start; t < end; t++) {
      if (apart) {
        total = counter.add(total, dt[t][c]);
        sums[t - start] = total;
      }
      double du = counter.multiply(dt[t][c], x[t][c]);
      double sum = counter.multiply(skip, x[t][c]);
      for (int n = 0; n < states; n++) {
        double rate = -Math.exp(logA[c * states + n]);
        double a = counter.apply(Math::exp, counter.multiply(dt[t][c], rate));
        h[n] = counter.multiplyAdd(a, h[n], counter.multiply(du, selection[t][b + n]));
        sum = counter.multiplyAdd(selection[t][b + states + n], h[n], sum);
      }
      y[t][c] = sum;
    }
    for (int n = 0; apart && n < states; n++) {
      double rate = -Math.exp(logA[c * states + n]);
      double decayed = 0;
      for (int t = start; t < end; t++) {
        double a = counter.apply(Math::exp, counter.multiply(sums[t - start], rate));
        decayed = counter.multiply(a, state[n]);
        y[t][c] = counter.multiplyAdd(selection[t][b + states + n], decayed, y[t][c]);
      }
      state[n] = counter.add(decayed, h[n]);
    }
  }
}
