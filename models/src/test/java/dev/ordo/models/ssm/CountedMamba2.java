package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;

/** A slow twin of {@link Mamba2} that counts its operations. */
final class CountedMamba2 extends CountedBlocks {

  private static final double TINY = 1e-30;

  private final Mamba2Sizes sizes;
  private final double[][][] windows;

  /** Indices are layer, head, state and channel. */
  private final double[][][][] states;

  CountedMamba2(Tensors weights, Mamba2Sizes sizes, Counter counter) {
    super(
        weights,
        counter,
        sizes.shape().layers(),
        sizes.shape().width(),
        sizes.shape().vocabulary(),
        sizes.epsilon());
    this.sizes = sizes;
    windows = new double[sizes.shape().layers()][][];
    states = new double[sizes.shape().layers()][][][];
  }

  @Override
  protected void reset() {
    for (int layer = 0; layer < states.length; layer++) {
      windows[layer] = new double[sizes.taps() - 1][sizes.convolved()];
      states[layer] = new double[sizes.heads()][sizes.shape().state()][sizes.headWidth()];
    }
  }

  @Override
  protected double[][] mix(int layer, double[][] rows, boolean stepping) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int convolved = sizes.convolved();
    int heads = sizes.heads();
    int all = inner + convolved + heads;
    String mixer = "backbone.layers." + layer + ".mixer.";
    float[] inBias = new float[all];
    float[] stepBias = weights.get(mixer + "dt_bias", heads);
    System.arraycopy(stepBias, 0, inBias, inner + convolved, heads);
    int length = rows.length;
    double[][] projected = new double[length][];
    for (int t = 0; t < length; t++) {
      float[] in = weights.get(mixer + "in_proj.weight", all, d);
      projected[t] = counter.affine(in, inBias, rows[t]);
    }
    float[] taps = weights.get(mixer + "conv1d.weight", convolved, 1, sizes.taps());
    float[] bias = weights.get(mixer + "conv1d.bias", convolved);
    double[][] xbc = convolve(projected, inner, taps, bias, windows[layer]);
    double[][] dt = new double[length][heads];
    for (int t = 0; t < length; t++) {
      for (int h = 0; h < heads; h++) {
        dt[t][h] = softplus(projected[t][inner + convolved + h]);
      }
    }
    double[][] y = new double[length][inner];
    for (int t = 0; t < length; t += sizes.chunk()) {
      int end = Math.min(length, t + sizes.chunk());
      for (int g = 0; g < sizes.groups(); g++) {
        double[][] gram = stepping ? null : gram(xbc, g, t, end);
        for (int h = g * heads / sizes.groups(); h < (g + 1) * heads / sizes.groups(); h++) {
          double rate = -Math.exp(weights.get(mixer + "A_log", heads)[h]);
          double skip = weights.get(mixer + "D", heads)[h];
          if (stepping) {
            step(xbc[0], dt[0][h], rate, skip, h, g, states[layer][h], y[0]);
          } else {
            chunk(xbc, dt, rate, skip, h, g, t, end, gram, states[layer][h], y);
          }
        }
      }
    }
    double[][] out = new double[length][];
    for (int t = 0; t < length; t++) {
      for (int c = 0; c < inner; c++) {
        y[t][c] = gate(y[t][c], projected[t][c]);
      }
      double[] normed = norm(y[t], weights.get(mixer + "norm.weight", inner));
      out[t] = counter.affine(weights.get(mixer + "out_proj.weight", d, inner), null, normed);
    }
    return out;
  }

  double[][] gram(double[][] xbc, int g, int start, int end) {
    int n = sizes.shape().state();
    int b = sizes.inner() + g * n;
    int c = b + sizes.groups() * n;
    double[][] gram = new double[end - start][end - start];
    for (int i = 0; i < end - start; i++) {
      for (int j = 0; j <= i; j++) {
        for (int k = 0; k < n; k++) {
          gram[i][j] =
              counter.multiplyAdd(xbc[start + i][c + k], xbc[start + j][b + k], gram[i][j]);
        }
      }
    }
    return gram;
  }

  void chunk(
      double[][] xbc,
      double[][] dt,
      double rate,
      double skip,
      int h,
      int g,
      int start,
      int end,
      double[][] gram,
      double[][] state,
      double[][] y) {
    int n = sizes.shape().state();
    int p = sizes.headWidth();
    int b = sizes.inner() + g * n;
    int c = b + sizes.groups() * n;
    int q = end - start;
    double[][] input = new double[q][p];
    double[] w = new double[q];
    double total = 1;
    for (int i = 0; i < q; i++) {
      double step = dt[start + i][h];
      double a = counter.apply(Math::exp, counter.multiply(step, rate));
      total = counter.multiply(total, a);
      for (int j = 0; j < i; j++) {
        w[j] = Math.max(0, counter.multiplyAdd(w[j], a, -TINY));
      }
      w[i] = 1;
      double[] read = new double[n];
      double[] mixed = new double[i + 1];
      for (int k = 0; k < n; k++) {
        read[k] = counter.multiply(total, xbc[start + i][c + k]);
      }
      for (int j = 0; j <= i; j++) {
        mixed[j] = counter.multiply(gram[i][j], w[j]);
      }
      for (int k = 0; k < p; k++) {
        double x = xbc[start + i][h * p + k];
        input[i][k] = counter.multiply(step, x);
        double sum = 0;
        for (int m = 0; m < n; m++) {
          sum = counter.multiplyAdd(read[m], state[m][k], sum);
        }
        for (int j = 0; j <= i; j++) {
          sum = counter.multiplyAdd(mixed[j], input[j][k], sum);
        }
        y[start + i][h * p + k] = counter.multiplyAdd(skip, x, sum);
      }
    }
    for (int k = 0; k < p; k++) {
      for (int j = 0; j < q; j++) {
        input[j][k] = counter.multiply(input[j][k], w[j]);
      }
      for (int m = 0; m < n; m++) {
        double sum = counter.multiply(total, state[m][k]);
        for (int j = 0; j < q; j++) {
          sum = counter.multiplyAdd(xbc[start + j][b + m], input[j][k], sum);
        }
        state[m][k] = sum;
      }
    }
  }

  private void step(
      double[] xbc,
      double dt,
      double rate,
      double skip,
      int h,
      int g,
      double[][] state,
      double[] y) {
    int n = sizes.shape().state();
    int p = sizes.headWidth();
    int b = sizes.inner() + g * n;
    int c = b + sizes.groups() * n;
    double a = counter.apply(Math::exp, counter.multiply(dt, rate));
    for (int k = 0; k < p; k++) {
      double input = counter.multiply(dt, xbc[h * p + k]);
      double sum = 0;
      for (int m = 0; m < n; m++) {
        state[m][k] = counter.multiplyAdd(a, state[m][k], counter.multiply(xbc[b + m], input));
        sum = counter.multiplyAdd(xbc[c + m], state[m][k], sum);
      }
      y[h * p + k] = counter.multiplyAdd(skip, xbc[h * p + k], sum);
    }
  }
}
