package dev.ordo.models.transformer;

import dev.ordo.models.checkpoint.Tensors;

/** The slow twin of {@link Llama}. */
final class CountedLlama extends CountedDecoder {

  private final Tensors weights;
  private final LlamaSizes sizes;

  CountedLlama(Tensors weights, LlamaSizes sizes, Variant variant, int capacity) {
    super(sizes.shape(), variant, sizes.keyValueHeads(), sizes.headWidth(), capacity);
    this.weights = weights;
    this.sizes = sizes;
  }

  @Override
  double[] embed(int token, int position) {
    float[] table = get("model.embed_tokens.weight");
    double[] x = new double[shape.width()];
    for (int j = 0; j < x.length; j++) {
      x[j] = table[token * x.length + j];
    }
    return x;
  }

  @Override
  double[][] project(int layer, int position, double[] x) {
    String name = "model.layers." + layer + ".";
    double[] normed = normed(name + "input_layernorm", x);
    boolean bias = sizes.attentionBias();
    return new double[][] {
      turned(position, affine(name + "self_attn.q_proj", normed, bias)),
      turned(position, affine(name + "self_attn.k_proj", normed, bias)),
      affine(name + "self_attn.v_proj", normed, bias)
    };
  }

  /** Turns each pair as the complex number a + ib times exp(ipθ). */
  private double[] turned(int position, double[] x) {
    int half = sizes.headWidth() / 2;
    float[] frequencies = sizes.rotation().frequencies(sizes.headWidth());
    double[] y = new double[x.length];
    for (int head = 0; head < x.length; head += 2 * half) {
      for (int j = 0; j < half; j++) {
        double cosine = Math.cos(position * (double) frequencies[j]);
        double sine = Math.sin(position * (double) frequencies[j]);
        double a = x[head + j];
        double b = x[head + half + j];
        y[head + j] = counter.subtract(counter.multiply(a, cosine), counter.multiply(b, sine));
        y[head + half + j] = counter.add(counter.multiply(b, cosine), counter.multiply(a, sine));
      }
    }
    return y;
  }

  @Override
  double[] finish(int layer, double[] attended, double[] x) {
    String name = "model.layers." + layer + ".";
    double[] between = added(x, affine(name + "self_attn.o_proj", attended, sizes.attentionBias()));
    double[] normed = normed(name + "post_attention_layernorm", between);
    double[] gate = affine(name + "mlp.gate_proj", normed, sizes.innerBias());
    double[] up = affine(name + "mlp.up_proj", normed, sizes.innerBias());
    double[] hidden = new double[gate.length];
    for (int i = 0; i < hidden.length; i++) {
      double exp = counter.apply(Math::exp, -gate[i]);
      hidden[i] = counter.multiply(counter.divide(gate[i], counter.add(1, exp)), up[i]);
    }
    return added(between, affine(name + "mlp.down_proj", hidden, sizes.innerBias()));
  }

  @Override
  double[] predict(double[] x) {
    String head = sizes.tied() ? "model.embed_tokens.weight" : "lm_head.weight";
    return counter.affine(get(head), null, normed("model.norm", x));
  }

  private double[] normed(String name, double[] x) {
    double squares = 0;
    for (double value : x) {
      squares = counter.multiplyAdd(value, value, squares);
    }
    double inverse = 1 / Math.sqrt(squares / x.length + sizes.epsilon());
    float[] gain = get(name + ".weight");
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = counter.multiply(counter.multiply(x[i], inverse), gain[i]);
    }
    return y;
  }

  private double[] affine(String name, double[] x, boolean bias) {
    return counter.affine(get(name + ".weight"), bias ? get(name + ".bias") : null, x);
  }

  private float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }
}
