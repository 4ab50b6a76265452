package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;

/** The slow twin of {@link Gpt2}. */
final class CountedGpt2 extends CountedDecoder {

  private final Tensors weights;

  CountedGpt2(Tensors weights, ModelShape shape, Variant variant, int capacity) {
    super(shape, variant, shape.heads(), shape.width() / shape.heads(), capacity);
    this.weights = weights;
  }

  @Override
  double[] embed(int token, int position) {
    int d = shape.width();
    float[] tokens = get("transformer.wte.weight");
    float[] positions = get("transformer.wpe.weight");
    double[] x = new double[d];
    for (int j = 0; j < d; j++) {
      x[j] = counter.add(tokens[token * d + j], positions[position * d + j]);
    }
    return x;
  }

  @Override
  double[][] project(int layer, int position, double[] x) {
    int d = shape.width();
    String name = "transformer.h." + layer + ".";
    double[] qkv = affine(name + "attn.c_attn", normed(name + "ln_1", x));
    return new double[][] {
      Arrays.copyOf(qkv, d),
      Arrays.copyOfRange(qkv, d, 2 * d),
      Arrays.copyOfRange(qkv, 2 * d, 3 * d)
    };
  }

  @Override
  double[] finish(int layer, double[] attended, double[] x) {
    String name = "transformer.h." + layer + ".";
    double[] between = added(x, affine(name + "attn.c_proj", attended));
    double[] hidden = affine(name + "mlp.c_fc", normed(name + "ln_2", between));
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = gelu(hidden[i]);
    }
    return added(between, affine(name + "mlp.c_proj", hidden));
  }

  @Override
  double[] predict(double[] x) {
    return counter.affine(get("transformer.wte.weight"), null, normed("transformer.ln_f", x));
  }

  private double gelu(double x) {
    double linear = -2 * Math.sqrt(2 / Math.PI);
    double inner = counter.multiplyAdd(counter.multiply(x, x), 0.044715 * linear, linear);
    double exp = counter.apply(Math::exp, counter.multiply(inner, x));
    return counter.divide(x, counter.add(exp, 1));
  }

  private double[] normed(String name, double[] x) {
    double sum = 0;
    for (double value : x) {
      sum = counter.add(sum, value);
    }
    double[] y = new double[x.length];
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      y[i] = counter.subtract(x[i], sum / x.length);
      squares = counter.multiplyAdd(y[i], y[i], squares);
    }
    double inverse = 1 / Math.sqrt(squares / x.length + 1e-5f);
    float[] gain = get(name + ".weight");
    float[] bias = get(name + ".bias");
    for (int i = 0; i < x.length; i++) {
      y[i] = counter.multiplyAdd(counter.multiply(y[i], inverse), gain[i], bias[i]);
    }
    return y;
  }

  private double[] affine(String name, double[] x) {
    float[] columns = get(name + ".weight");
    int out = columns.length / x.length;
    float[] rows = new float[columns.length];
    for (int i = 0; i < x.length; i++) {
      for (int o = 0; o < out; o++) {
        rows[o * x.length + i] = columns[i * out + o];
      }
    }
    return counter.affine(rows, get(name + ".bias"), x);
  }

  private float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }
}
