package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;

/** The slow twin of {@link Gpt2Training}. */
final class CountedGpt2Training extends CountedTraining {

  private static final double LINEAR = -2 * Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715 * LINEAR;

  private final Tensors weights;
  private final ModelShape shape;

  private record Trace(
      double[][] x,
      double[][] normed,
      double[][] qkv,
      Mixed mixed,
      double[][] between,
      double[][] normedBetween,
      double[][] hidden,
      double[][] active) {}

  CountedGpt2Training(Tensors weights, ModelShape shape, Variant variant) {
    super(variant);
    this.weights = weights;
    this.shape = shape;
  }

  @Override
  float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }

  /** Returns the loss, after forward and backward pass. */
  double step(int[] tokens) {
    int d = shape.width();
    String table = "transformer.wte.weight";
    String places = "transformer.wpe.weight";
    double[][] x = new double[tokens.length][d];
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < d; i++) {
        x[t][i] = count.add(get(table)[tokens[t] * d + i], get(places)[t * d + i]);
      }
    }
    Trace[] traces = new Trace[shape.layers()];
    for (int layer = 0; layer < traces.length; layer++) {
      traces[layer] = forward("transformer.h." + layer + ".", x);
      Trace trace = traces[layer];
      String name = "transformer.h." + layer + ".mlp.c_proj";
      x = added(trace.between, affine(name + ".weight", false, name + ".bias", trace.active));
    }
    double[][] normed = norm("transformer.ln_f", x);
    double[][] logits = affine(table, true, null, normed);
    double[][] dLogits = new double[tokens.length][shape.vocabulary()];
    double loss = count.crossEntropy(logits, tokens, dLogits);
    double[][] dNormed = new double[tokens.length][d];
    affineBack(table, true, null, normed, dLogits, dNormed);
    double[][] dx = new double[tokens.length][d];
    normBack("transformer.ln_f", x, dNormed, dx);
    for (int layer = traces.length - 1; layer >= 0; layer--) {
      backward("transformer.h." + layer + ".", traces[layer], dx);
    }
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < d; i++) {
        int token = tokens[t] * d + i;
        int place = t * d + i;
        gradient(table)[token] = count.add(gradient(table)[token], dx[t][i]);
        gradient(places)[place] = count.add(gradient(places)[place], dx[t][i]);
      }
    }
    return loss;
  }

  private Trace forward(String name, double[][] x) {
    int d = shape.width();
    double[][] normed = norm(name + "ln_1", x);
    double[][] qkv = mapped(name + "attn.c_attn", normed);
    Mixed mixed =
        attend(
            columns(qkv, 0, d),
            columns(qkv, d, 2 * d),
            columns(qkv, 2 * d, 3 * d),
            shape.heads(),
            shape.heads());
    double[][] between = added(x, mapped(name + "attn.c_proj", mixed.y()));
    double[][] normedBetween = norm(name + "ln_2", between);
    double[][] hidden = mapped(name + "mlp.c_fc", normedBetween);
    double[][] active = copy(hidden);
    for (double[] row : active) {
      for (int i = 0; i < row.length; i++) {
        row[i] = count.divide(row[i], below(row[i], count.multiply(row[i], row[i])));
      }
    }
    return new Trace(x, normed, qkv, mixed, between, normedBetween, hidden, active);
  }

  /** Returns 1 + exp(−2u), given x and its square. */
  private double below(double x, double square) {
    double exponent = count.multiply(count.multiplyAdd(square, CUBIC, LINEAR), x);
    return count.add(1, count.apply(Math::exp, exponent));
  }

  /** Turns the gradient of a layer's output into that of its input. */
  private void backward(String name, Trace trace, double[][] dx) {
    int d = shape.width();
    double[][] dActive = new double[dx.length][trace.active[0].length];
    affineBack(
        name + "mlp.c_proj.weight", false, name + "mlp.c_proj.bias", trace.active, dx, dActive);
    for (int t = 0; t < dx.length; t++) {
      for (int i = 0; i < dActive[t].length; i++) {
        double x = trace.hidden[t][i];
        double square = count.multiply(x, x);
        double gate = count.divide(1, below(x, square));
        double slope = count.multiply(count.multiplyAdd(square, -3 * CUBIC, -LINEAR), x);
        double bend = count.multiplyAdd(count.subtract(1, gate), slope, 1);
        dActive[t][i] = count.multiply(dActive[t][i], count.multiply(bend, gate));
      }
    }
    double[][] dNormed = new double[dx.length][d];
    affineBack(
        name + "mlp.c_fc.weight",
        false,
        name + "mlp.c_fc.bias",
        trace.normedBetween,
        dActive,
        dNormed);
    normBack(name + "ln_2", trace.between, dNormed, dx);
    double[][] dMixed = new double[dx.length][d];
    affineBack(
        name + "attn.c_proj.weight", false, name + "attn.c_proj.bias", trace.mixed.y(), dx, dMixed);
    double[][] dq = new double[dx.length][d];
    double[][] dk = new double[dx.length][d];
    double[][] dv = new double[dx.length][d];
    attendBack(
        trace.mixed,
        columns(trace.qkv, 0, d),
        columns(trace.qkv, d, 2 * d),
        columns(trace.qkv, 2 * d, 3 * d),
        shape.heads(),
        shape.heads(),
        dMixed,
        dq,
        dk,
        dv);
    double[][] dQkv = new double[dx.length][3 * d];
    for (int t = 0; t < dx.length; t++) {
      System.arraycopy(dq[t], 0, dQkv[t], 0, d);
      System.arraycopy(dk[t], 0, dQkv[t], d, d);
      System.arraycopy(dv[t], 0, dQkv[t], 2 * d, d);
    }
    double[][] dFirst = new double[dx.length][d];
    affineBack(
        name + "attn.c_attn.weight", false, name + "attn.c_attn.bias", trace.normed, dQkv, dFirst);
    normBack(name + "ln_1", trace.x, dFirst, dx);
  }

  private double[][] mapped(String name, double[][] x) {
    return affine(name + ".weight", false, name + ".bias", x);
  }

  private double[][] norm(String name, double[][] x) {
    double[][] y = new double[x.length][];
    for (int r = 0; r < x.length; r++) {
      double[] centred = new double[x[r].length];
      double inverse = inverse(x[r], centred);
      for (int i = 0; i < centred.length; i++) {
        centred[i] =
            count.multiplyAdd(
                count.multiply(centred[i], inverse),
                get(name + ".weight")[i],
                get(name + ".bias")[i]);
      }
      y[r] = centred;
    }
    return y;
  }

  /** Returns 1 ÷ √(variance + ε), and leaves the centred row. */
  private double inverse(double[] x, double[] centred) {
    double sum = 0;
    for (double value : x) {
      sum = count.add(sum, value);
    }
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      centred[i] = count.subtract(x[i], sum / x.length);
      squares = count.multiplyAdd(centred[i], centred[i], squares);
    }
    return 1 / Math.sqrt(squares / x.length + 1e-5f);
  }

  private void normBack(String name, double[][] x, double[][] dy, double[][] dx) {
    float[] gain = get(name + ".weight");
    double[] dGain = gradient(name + ".weight");
    double[] dBias = gradient(name + ".bias");
    int d = gain.length;
    for (int r = 0; r < x.length; r++) {
      double[] normed = new double[d];
      double[] slopes = new double[d];
      double inverse = inverse(x[r], normed);
      double sum = 0;
      double along = 0;
      for (int i = 0; i < d; i++) {
        normed[i] = count.multiply(normed[i], inverse);
        slopes[i] = count.multiply(dy[r][i], gain[i]);
        sum = count.add(sum, slopes[i]);
        along = count.multiplyAdd(slopes[i], normed[i], along);
      }
      for (int i = 0; i < d; i++) {
        double centred = count.subtract(slopes[i], sum / d);
        double change = count.multiplyAdd(normed[i], -along / d, centred);
        dx[r][i] = count.multiplyAdd(change, inverse, dx[r][i]);
        dGain[i] = count.multiplyAdd(dy[r][i], normed[i], dGain[i]);
        dBias[i] = count.add(dBias[i], dy[r][i]);
      }
    }
  }
}
