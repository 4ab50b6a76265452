package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;

/**
 * What the slow twins of {@link Mamba} and {@link Mamba2} share: everything but the mixer. Scalar,
 * in double precision, every operation counted.
 */
abstract class CountedBlocks {

  protected final Tensors weights;
  protected final Counter counter;
  private final int layers;
  private final int width;
  private final int vocabulary;
  private final double epsilon;

  CountedBlocks(
      Tensors weights, Counter counter, int layers, int width, int vocabulary, double epsilon) {
    this.weights = weights;
    this.counter = counter;
    this.layers = layers;
    this.width = width;
    this.vocabulary = vocabulary;
    this.epsilon = epsilon;
  }

  /**
   * Mixes the rows of one layer.
   *
   * @param stepping whether this is a step and no prefill
   */
  protected abstract double[][] mix(int layer, double[][] rows, boolean stepping);

  /** Forgets all tokens. */
  protected abstract void reset();

  /** Takes in tokens from the start and returns the logits that follow them. */
  double[] prefill(int[] tokens) {
    reset();
    return run(tokens, false);
  }

  /** Takes in one more token and returns the logits that follow it. */
  double[] step(int token) {
    return run(new int[] {token}, true);
  }

  /** Returns the tokens that follow a prompt of one. */
  int[] generate(int prompt, int length) {
    int[] output = new int[length];
    double[] logits = prefill(new int[] {prompt});
    for (int i = 0; i < length; i++) {
      output[i] = Tokens.largest(floats(logits));
      if (i + 1 < length) {
        logits = step(output[i]);
      }
    }
    return output;
  }

  private double[] run(int[] tokens, boolean stepping) {
    float[] embedding = weights.get("backbone.embeddings.weight", vocabulary, width);
    double[][] hidden = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      hidden[t] =
          doubles(Arrays.copyOfRange(embedding, tokens[t] * width, (tokens[t] + 1) * width));
    }
    for (int layer = 0; layer < layers; layer++) {
      float[] gain = weights.get("backbone.layers." + layer + ".norm.weight", width);
      double[][] normed = new double[tokens.length][];
      for (int t = 0; t < tokens.length; t++) {
        normed[t] = norm(hidden[t], gain);
      }
      double[][] mixed = mix(layer, normed, stepping);
      for (int t = 0; t < tokens.length; t++) {
        for (int i = 0; i < width; i++) {
          hidden[t][i] = counter.add(hidden[t][i], mixed[t][i]);
        }
      }
    }
    double[] last = norm(hidden[tokens.length - 1], weights.get("backbone.norm_f.weight", width));
    return counter.affine(embedding, null, last);
  }

  protected final double[] norm(double[] x, float[] gain) {
    double squares = 0;
    for (double value : x) {
      squares = counter.multiplyAdd(value, value, squares);
    }
    double mean = counter.divide(squares, x.length);
    double scale = counter.divide(1, counter.apply(Math::sqrt, counter.add(mean, epsilon)));
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = counter.multiply(counter.multiply(x[i], scale), gain[i]);
    }
    return y;
  }

  /** Convolves each channel after a window of the inputs before, which it moves on. */
  protected final double[][] convolve(
      double[][] x, int first, float[] taps, float[] bias, double[][] window) {
    int before = window.length;
    double[][] all = Arrays.copyOf(window, before + x.length);
    for (int t = 0; t < x.length; t++) {
      all[before + t] = Arrays.copyOfRange(x[t], first, first + bias.length);
    }
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int c = 0; c < bias.length; c++) {
        double sum = bias[c];
        for (int k = 0; k <= before; k++) {
          sum = counter.multiplyAdd(taps[c * (before + 1) + k], all[t + k][c], sum);
        }
        y[t][c] = silu(sum);
      }
    }
    System.arraycopy(all, x.length, window, 0, before);
    return y;
  }

  private double silu(double x) {
    return counter.divide(x, counter.add(1, counter.apply(Math::exp, -x)));
  }

  protected final double gate(double y, double z) {
    return silu(z, counter.multiply(y, z));
  }

  private double silu(double z, double product) {
    return counter.divide(product, counter.add(1, counter.apply(Math::exp, -z)));
  }

  protected final double softplus(double x) {
    double rest = counter.apply(Math::log1p, counter.apply(Math::exp, -Math.abs(x)));
    return counter.add(Math.max(x, 0), rest);
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
