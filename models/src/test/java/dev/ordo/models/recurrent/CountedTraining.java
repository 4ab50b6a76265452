package dev.ordo.models.recurrent;

import dev.ordo.models.Counter;
import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A slow twin of a training step of rnn, lstm and gru with one sequence: scalar, in double
 * precision, every operation counted.
 */
final class CountedTraining {

  private final String type;
  private final Tensors weights;
  private final ModelShape shape;
  private final Counter count;
  private final int d;
  private final Map<String, double[]> gradients = new LinkedHashMap<>();

  /** What a layer leaves for its backward pass; indices are position, then component. */
  private record Trace(double[][] x, double[][] gates, double[][] cells, double[][] h) {}

  CountedTraining(String type, Tensors weights, ModelShape shape, Counter counter) {
    this.type = type;
    this.weights = weights;
    this.shape = shape;
    this.count = counter;
    d = shape.width();
  }

  /** Returns the gradients of the last step, by the name of the parameter. */
  Map<String, double[]> gradients() {
    return gradients;
  }

  /** Returns the loss, after forward and backward pass. */
  double step(int[] tokens) {
    int length = tokens.length;
    double[][] x = new double[length][d];
    float[] embedding = get("embedding.weight");
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < d; i++) {
        x[t][i] = embedding[tokens[t] * d + i];
      }
    }
    Trace[] traces = new Trace[shape.layers()];
    for (int layer = 0; layer < shape.layers(); layer++) {
      traces[layer] = forward(layer, x);
      x = traces[layer].h;
    }
    double[][] logits = new double[length][];
    for (int t = 0; t < length; t++) {
      logits[t] = count.affine(get("head.weight"), null, x[t]);
    }
    double[][] dLogits = new double[length][shape.vocabulary()];
    double loss = count.crossEntropy(logits, tokens, dLogits);
    gradients.put("head.weight", weightGradient(dLogits, x, 0));
    double[][] dx = new double[length][];
    for (int t = 0; t < length; t++) {
      dx[t] = back(get("head.weight"), dLogits[t], new double[d]);
    }
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      dx = backward(layer, traces[layer], dx);
    }
    double[] dEmbedding = new double[embedding.length];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < d; i++) {
        int at = tokens[t] * d + i;
        dEmbedding[at] = count.add(dEmbedding[at], dx[t][i]);
      }
    }
    gradients.put("embedding.weight", dEmbedding);
    return loss;
  }

  private float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }

  private Trace forward(int layer, double[][] x) {
    int length = x.length;
    double[][] gates = new double[length][];
    double[][] cells = new double[length + 1][d];
    double[][] h = new double[length][d];
    float[] bias = get("rnn.bias_hh_l" + layer);
    for (int t = 0; t < length; t++) {
      double[] u = count.affine(get("rnn.weight_ih_l" + layer), get("rnn.bias_ih_l" + layer), x[t]);
      double[] v = new double[u.length];
      for (int i = 0; i < v.length; i++) {
        v[i] = bias[i];
      }
      if (t > 0) {
        v = count.affine(get("rnn.weight_hh_l" + layer), bias, h[t - 1]);
      }
      gates[t] = u;
      for (int i = 0; i < d; i++) {
        double before = t == 0 ? 0 : h[t - 1][i];
        cell(u, v, cells, t, i, before, h[t]);
      }
    }
    return new Trace(x, gates, cells, h);
  }

  /** Computes h and leaves gates in u; LSTM's c[t] is cells[t + 1], GRU's is W_hn·h + b_hn. */
  private void cell(
      double[] u, double[] v, double[][] cells, int t, int i, double before, double[] h) {
    switch (type) {
      case "rnn" -> h[i] = count.apply(Math::tanh, count.add(u[i], v[i]));
      case "lstm" -> {
        u[i] = count.sigmoid(count.add(u[i], v[i]));
        u[d + i] = count.sigmoid(count.add(u[d + i], v[d + i]));
        u[2 * d + i] = count.apply(Math::tanh, count.add(u[2 * d + i], v[2 * d + i]));
        u[3 * d + i] = count.sigmoid(count.add(u[3 * d + i], v[3 * d + i]));
        double added = count.multiply(u[i], u[2 * d + i]);
        cells[t + 1][i] = count.multiplyAdd(u[d + i], cells[t][i], added);
        h[i] = count.multiply(u[3 * d + i], count.apply(Math::tanh, cells[t + 1][i]));
      }
      default -> {
        u[i] = count.sigmoid(count.add(u[i], v[i]));
        u[d + i] = count.sigmoid(count.add(u[d + i], v[d + i]));
        double n = count.apply(Math::tanh, count.multiplyAdd(u[i], v[2 * d + i], u[2 * d + i]));
        u[2 * d + i] = n;
        cells[t + 1][i] = v[2 * d + i];
        h[i] = count.multiplyAdd(u[d + i], count.subtract(before, n), n);
      }
    }
  }

  private double[][] backward(int layer, Trace trace, double[][] dy) {
    int length = dy.length;
    int rows = trace.gates[0].length;
    double[][] du = new double[length][rows];
    double[][] dv = new double[length][rows];
    double[] carry = new double[d];
    for (int t = length - 1; t >= 0; t--) {
      double[] dh = dy[t];
      if (t < length - 1) {
        double[] start = dy[t].clone();
        if (type.equals("gru")) {
          for (int i = 0; i < d; i++) {
            start[i] = count.add(start[i], carry[i]);
          }
        }
        dh = back(get("rnn.weight_hh_l" + layer), dv[t + 1], start);
      }
      for (int i = 0; i < d; i++) {
        cellBack(trace, t, i, dh[i], carry, du[t], dv[t]);
      }
    }
    double[][] dx = new double[length][];
    for (int t = 0; t < length; t++) {
      dx[t] = back(get("rnn.weight_ih_l" + layer), du[t], new double[d]);
    }
    gradients.put("rnn.weight_ih_l" + layer, weightGradient(du, trace.x, 0));
    gradients.put("rnn.weight_hh_l" + layer, weightGradient(dv, trace.h, 1));
    gradients.put("rnn.bias_ih_l" + layer, sums(du));
    gradients.put("rnn.bias_hh_l" + layer, sums(dv));
    return dx;
  }

  private void cellBack(
      Trace trace, int t, int i, double dh, double[] carry, double[] du, double[] dv) {
    double[] gates = trace.gates[t];
    double before = t == 0 ? 0 : trace.h[t - 1][i];
    switch (type) {
      case "rnn" -> {
        double h = trace.h[t][i];
        du[i] = count.multiply(dh, count.subtract(1, count.multiply(h, h)));
        dv[i] = du[i];
      }
      case "lstm" -> {
        double in = gates[i];
        double forget = gates[d + i];
        double g = gates[2 * d + i];
        double out = gates[3 * d + i];
        double tanh = count.apply(Math::tanh, trace.cells[t + 1][i]);
        double slope = count.subtract(1, count.multiply(tanh, tanh));
        double dc = count.add(carry[i], count.multiply(count.multiply(dh, out), slope));
        du[i] = count.multiply(count.multiply(dc, g), sigmoidSlope(in));
        du[d + i] = count.multiply(count.multiply(dc, trace.cells[t][i]), sigmoidSlope(forget));
        double gSlope = count.subtract(1, count.multiply(g, g));
        du[2 * d + i] = count.multiply(count.multiply(dc, in), gSlope);
        du[3 * d + i] = count.multiply(count.multiply(dh, tanh), sigmoidSlope(out));
        carry[i] = count.multiply(dc, forget);
        for (int gate = 0; gate < 4; gate++) {
          dv[gate * d + i] = du[gate * d + i];
        }
      }
      default -> {
        double r = gates[i];
        double z = gates[d + i];
        double n = gates[2 * d + i];
        double slope = count.subtract(1, count.multiply(n, n));
        double delta = count.multiply(count.multiply(dh, count.subtract(1, z)), slope);
        du[i] = count.multiply(count.multiply(delta, trace.cells[t + 1][i]), sigmoidSlope(r));
        double turn = count.multiply(dh, count.subtract(before, n));
        du[d + i] = count.multiply(turn, sigmoidSlope(z));
        du[2 * d + i] = delta;
        dv[i] = du[i];
        dv[d + i] = du[d + i];
        dv[2 * d + i] = count.multiply(delta, r);
        carry[i] = count.multiply(dh, z);
      }
    }
  }

  private double sigmoidSlope(double value) {
    return count.subtract(value, count.multiply(value, value));
  }

  /** Returns start + Wᵀ·dy. */
  private double[] back(float[] w, double[] dy, double[] start) {
    for (int o = 0; o < dy.length; o++) {
      for (int i = 0; i < start.length; i++) {
        start[i] = count.multiplyAdd(dy[o], w[o * start.length + i], start[i]);
      }
    }
    return start;
  }

  /** Returns Σ dy[t]. */
  private double[] sums(double[][] dy) {
    double[] sums = new double[dy[0].length];
    for (double[] row : dy) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = count.add(sums[i], row[i]);
      }
    }
    return sums;
  }

  /** Returns Σ dy[t]·x[t − delay]ᵀ. */
  private double[] weightGradient(double[][] dy, double[][] x, int delay) {
    double[] dw = new double[dy[0].length * d];
    for (int t = delay; t < dy.length; t++) {
      for (int o = 0; o < dy[t].length; o++) {
        for (int i = 0; i < d; i++) {
          dw[o * d + i] = count.multiplyAdd(dy[t][o], x[t - delay][i], dw[o * d + i]);
        }
      }
    }
    return dw;
  }
}
