package dev.ordo.models.transformer;

import dev.ordo.models.checkpoint.Tensors;

/** The slow twin of {@link LlamaTraining}. */
final class CountedLlamaTraining extends CountedTraining {

  private final Tensors weights;
  private final LlamaSizes sizes;

  private record Trace(
      double[][] x,
      double[][] normed,
      double[][] q,
      double[][] k,
      double[][] v,
      Mixed mixed,
      double[][] between,
      double[][] normedBetween,
      double[][] gates,
      double[][] values,
      double[][] active) {}

  CountedLlamaTraining(Tensors weights, LlamaSizes sizes, Variant variant) {
    super(variant);
    this.weights = weights;
    this.sizes = sizes;
  }

  @Override
  float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }

  /** Returns the loss, after forward and backward pass. */
  double step(int[] tokens) {
    int d = sizes.shape().width();
    String table = "model.embed_tokens.weight";
    String head = sizes.tied() ? table : "lm_head.weight";
    double[][] x = new double[tokens.length][d];
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < d; i++) {
        x[t][i] = get(table)[tokens[t] * d + i];
      }
    }
    Trace[] traces = new Trace[sizes.shape().layers()];
    for (int layer = 0; layer < traces.length; layer++) {
      String name = "model.layers." + layer + ".";
      traces[layer] = forward(name, x);
      x = added(traces[layer].between, mapped(name + "mlp.down_proj", traces[layer].active));
    }
    double[][] normed = norm("model.norm.weight", x);
    double[][] logits = affine(head, true, null, normed);
    double[][] dLogits = new double[tokens.length][sizes.shape().vocabulary()];
    double loss = count.crossEntropy(logits, tokens, dLogits);
    double[][] dNormed = new double[tokens.length][d];
    affineBack(head, true, null, normed, dLogits, dNormed);
    double[][] dx = new double[tokens.length][d];
    normBack("model.norm.weight", x, dNormed, dx);
    for (int layer = traces.length - 1; layer >= 0; layer--) {
      backward("model.layers." + layer + ".", traces[layer], dx);
    }
    double[] dTable = gradient(table);
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < d; i++) {
        dTable[tokens[t] * d + i] = count.add(dTable[tokens[t] * d + i], dx[t][i]);
      }
    }
    return loss;
  }

  private Trace forward(String name, double[][] x) {
    double[][] normed = norm(name + "input_layernorm.weight", x);
    double[][] q = turned(mapped(name + "self_attn.q_proj", normed), 1);
    double[][] k = turned(mapped(name + "self_attn.k_proj", normed), 1);
    double[][] v = mapped(name + "self_attn.v_proj", normed);
    Mixed mixed = attend(q, k, v, sizes.shape().heads(), sizes.keyValueHeads());
    double[][] between = added(x, mapped(name + "self_attn.o_proj", mixed.y()));
    double[][] normedBetween = norm(name + "post_attention_layernorm.weight", between);
    double[][] gates = mapped(name + "mlp.gate_proj", normedBetween);
    double[][] values = mapped(name + "mlp.up_proj", normedBetween);
    double[][] active = copy(gates);
    for (int t = 0; t < active.length; t++) {
      for (int i = 0; i < active[t].length; i++) {
        double below = count.add(1, count.apply(Math::exp, -gates[t][i]));
        active[t][i] = count.multiply(count.divide(gates[t][i], below), values[t][i]);
      }
    }
    return new Trace(x, normed, q, k, v, mixed, between, normedBetween, gates, values, active);
  }

  /** Turns the gradient of a layer's output into that of its input. */
  private void backward(String name, Trace trace, double[][] dx) {
    int inner = trace.gates[0].length;
    double[][] dActive = new double[dx.length][inner];
    back(name + "mlp.down_proj", trace.active, dx, dActive);
    double[][] dGates = new double[dx.length][inner];
    double[][] dValues = new double[dx.length][inner];
    for (int t = 0; t < dx.length; t++) {
      for (int i = 0; i < inner; i++) {
        double g = trace.gates[t][i];
        double gate = count.sigmoid(g);
        double slope = count.multiply(gate, count.multiplyAdd(g, count.subtract(1, gate), 1));
        double dy = dActive[t][i];
        double through = count.multiply(dy, trace.values[t][i]);
        dGates[t][i] = count.multiplyAdd(through, slope, dGates[t][i]);
        dValues[t][i] = count.multiplyAdd(count.multiply(dy, g), gate, dValues[t][i]);
      }
    }
    double[][] dNormed = new double[dx.length][dx[0].length];
    back(name + "mlp.up_proj", trace.normedBetween, dValues, dNormed);
    back(name + "mlp.gate_proj", trace.normedBetween, dGates, dNormed);
    normBack(name + "post_attention_layernorm.weight", trace.between, dNormed, dx);
    double[][] dMixed = new double[dx.length][sizes.queryWidth()];
    back(name + "self_attn.o_proj", trace.mixed.y(), dx, dMixed);
    double[][] dq = new double[dx.length][sizes.queryWidth()];
    double[][] dk = new double[dx.length][sizes.keyWidth()];
    double[][] dv = new double[dx.length][sizes.keyWidth()];
    attendBack(
        trace.mixed,
        trace.q,
        trace.k,
        trace.v,
        sizes.shape().heads(),
        sizes.keyValueHeads(),
        dMixed,
        dq,
        dk,
        dv);
    double[][] dFirst = new double[dx.length][dx[0].length];
    back(name + "self_attn.v_proj", trace.normed, dv, dFirst);
    back(name + "self_attn.k_proj", trace.normed, turned(dk, -1), dFirst);
    back(name + "self_attn.q_proj", trace.normed, turned(dq, -1), dFirst);
    normBack(name + "input_layernorm.weight", trace.x, dFirst, dx);
  }

  private double[][] mapped(String name, double[][] x) {
    return affine(name + ".weight", true, null, x);
  }

  private void back(String name, double[][] x, double[][] dy, double[][] dx) {
    affineBack(name + ".weight", true, null, x, dy, dx);
  }

  /** Turns each pair as the complex number a + ib times exp(±ipθ). */
  private double[][] turned(double[][] x, int sign) {
    int half = sizes.headWidth() / 2;
    float[] frequencies = sizes.rotation().frequencies(sizes.headWidth());
    double[][] y = new double[x.length][x[0].length];
    for (int p = 0; p < x.length; p++) {
      for (int head = 0; head < x[p].length; head += 2 * half) {
        for (int j = 0; j < half; j++) {
          double cosine = Math.cos(p * (double) frequencies[j]);
          double sine = sign * Math.sin(p * (double) frequencies[j]);
          double a = x[p][head + j];
          double b = x[p][head + half + j];
          y[p][head + j] = count.subtract(count.multiply(a, cosine), count.multiply(b, sine));
          y[p][head + half + j] = count.add(count.multiply(b, cosine), count.multiply(a, sine));
        }
      }
    }
    return y;
  }

  private double inverse(double[] x) {
    double squares = 0;
    for (double value : x) {
      squares = count.multiplyAdd(value, value, squares);
    }
    return 1 / Math.sqrt(squares / x.length + sizes.epsilon());
  }

  private double[][] norm(String name, double[][] x) {
    double[][] y = copy(x);
    for (double[] row : y) {
      double inverse = inverse(row);
      for (int i = 0; i < row.length; i++) {
        row[i] = count.multiply(count.multiply(row[i], inverse), get(name)[i]);
      }
    }
    return y;
  }

  private void normBack(String name, double[][] x, double[][] dy, double[][] dx) {
    float[] gain = get(name);
    double[] dGain = gradient(name);
    int d = gain.length;
    for (int r = 0; r < x.length; r++) {
      double[] normed = new double[d];
      double[] slopes = new double[d];
      double inverse = inverse(x[r]);
      double along = 0;
      for (int i = 0; i < d; i++) {
        normed[i] = count.multiply(x[r][i], inverse);
        slopes[i] = count.multiply(dy[r][i], gain[i]);
        along = count.multiplyAdd(slopes[i], normed[i], along);
      }
      for (int i = 0; i < d; i++) {
        double change = count.multiplyAdd(normed[i], -along / d, slopes[i]);
        dx[r][i] = count.multiplyAdd(change, inverse, dx[r][i]);
        dGain[i] = count.multiplyAdd(dy[r][i], normed[i], dGain[i]);
      }
    }
  }
}
