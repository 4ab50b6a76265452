package dev.ordo.models.recurrent;

import dev.ordo.models.Counter;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;

/** A slow twin of rnn, lstm and gru: scalar, in double precision, every operation counted. */
final class CountedRecurrent {

  private final String type;
  private final Tensors weights;
  private final ModelShape shape;
  private final Counter counter;
  private final double[][] hidden;
  private final double[][] cells;

  /** Makes a twin of the given model type in the state before the first token. */
  CountedRecurrent(String type, Tensors weights, ModelShape shape, Counter counter) {
    this.type = type;
    this.weights = weights;
    this.shape = shape;
    this.counter = counter;
    hidden = new double[shape.layers()][shape.width()];
    cells = new double[shape.layers()][shape.width()];
  }

  /** Takes in tokens and returns the logits that follow them. */
  double[] prefill(int[] tokens) {
    for (int token : tokens) {
      take(token);
    }
    return logits();
  }

  /** Takes in one token and returns the logits that follow it. */
  double[] step(int token) {
    take(token);
    return logits();
  }

  /** Returns the tokens that follow a prompt of one. */
  int[] generate(int prompt, int length) {
    int[] output = new int[length];
    double[] logits = prefill(new int[] {prompt});
    for (int i = 0; i < length; i++) {
      float[] values = new float[logits.length];
      for (int v = 0; v < values.length; v++) {
        values[v] = (float) logits[v];
      }
      output[i] = Tokens.largest(values);
      if (i + 1 < length) {
        logits = step(output[i]);
      }
    }
    return output;
  }

  private double[] logits() {
    return counter.affine(get("head.weight"), null, hidden[shape.layers() - 1]);
  }

  private float[] get(String name) {
    return weights.get(name, weights.shape(name));
  }

  private void take(int token) {
    int d = shape.width();
    double[] x = new double[d];
    float[] embedding = get("embedding.weight");
    Arrays.setAll(x, i -> embedding[token * d + i]);
    for (int layer = 0; layer < shape.layers(); layer++) {
      float[] inputBias = get("rnn.bias_ih_l" + layer);
      float[] hiddenBias = get("rnn.bias_hh_l" + layer);
      // The model adds biases once, when it is made; that is no part of what a phase costs.
      int merged = type.equals("gru") ? 2 * d : inputBias.length;
      for (int i = 0; i < merged; i++) {
        inputBias[i] += hiddenBias[i];
        hiddenBias[i] = 0;
      }
      double[] input = counter.affine(get("rnn.weight_ih_l" + layer), inputBias, x);
      double[] recurrent =
          counter.affine(get("rnn.weight_hh_l" + layer), hiddenBias, hidden[layer]);
      for (int i = 0; i < d; i++) {
        cell(layer, i, input, recurrent);
      }
      x = hidden[layer];
    }
  }

  private void cell(int layer, int i, double[] input, double[] recurrent) {
    int d = shape.width();
    double[] h = hidden[layer];
    switch (type) {
      case "rnn" -> h[i] = counter.apply(Math::tanh, counter.add(input[i], recurrent[i]));
      case "lstm" -> {
        double in = counter.sigmoid(counter.add(input[i], recurrent[i]));
        double forget = counter.sigmoid(counter.add(input[d + i], recurrent[d + i]));
        double cell =
            counter.apply(Math::tanh, counter.add(input[2 * d + i], recurrent[2 * d + i]));
        double out = counter.sigmoid(counter.add(input[3 * d + i], recurrent[3 * d + i]));
        double[] c = cells[layer];
        c[i] = counter.multiplyAdd(forget, c[i], counter.multiply(in, cell));
        h[i] = counter.multiply(out, counter.apply(Math::tanh, c[i]));
      }
      case "gru" -> {
        double reset = counter.sigmoid(counter.add(input[i], recurrent[i]));
        double update = counter.sigmoid(counter.add(input[d + i], recurrent[d + i]));
        double candidate =
            counter.apply(
                Math::tanh, counter.multiplyAdd(reset, recurrent[2 * d + i], input[2 * d + i]));
        h[i] = counter.multiplyAdd(update, counter.subtract(h[i], candidate), candidate);
      }
      default -> throw new IllegalArgumentException("type " + type);
    }
  }
}
