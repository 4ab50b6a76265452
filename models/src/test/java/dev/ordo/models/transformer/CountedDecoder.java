package dev.ordo.models.transformer;

import dev.ordo.models.Counter;
import dev.ordo.models.ModelShape;

/**
 * The slow twin of a {@link DecoderSession}: plain loops in double precision that count their
 * operations. What the theory leaves out is computed without the counter.
 */
abstract class CountedDecoder {

  final Counter counter = new Counter();
  final ModelShape shape;

  private final Variant variant;
  private final int keyValueHeads;
  private final int headWidth;
  private final double[][][] keys;
  private final double[][][] values;
  private final int[] tokens;
  private int length;

  CountedDecoder(
      ModelShape shape, Variant variant, int keyValueHeads, int headWidth, int capacity) {
    this.shape = shape;
    this.variant = variant;
    this.keyValueHeads = keyValueHeads;
    this.headWidth = headWidth;
    keys = new double[shape.layers()][capacity][];
    values = new double[shape.layers()][capacity][];
    tokens = new int[capacity];
  }

  abstract double[] embed(int token, int position);

  /** Returns queries, keys and values. */
  abstract double[][] project(int layer, int position, double[] x);

  /** Returns the residual stream after the layer. */
  abstract double[] finish(int layer, double[] attended, double[] x);

  abstract double[] predict(double[] x);

  /** Takes in some tokens and returns the logits of the next. */
  double[] take(int... more) {
    int first = variant.cached() ? length : 0;
    System.arraycopy(more, 0, tokens, length, more.length);
    length += more.length;
    double[][] x = new double[length][];
    for (int p = first; p < length; p++) {
      x[p] = embed(tokens[p], p);
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      double[][] queries = new double[length][];
      for (int p = first; p < length; p++) {
        double[][] projected = project(layer, p, x[p]);
        queries[p] = projected[0];
        keys[layer][p] = projected[1];
        values[layer][p] = projected[2];
      }
      for (int p = first; p < length; p++) {
        x[p] = finish(layer, attend(layer, p, queries[p]), x[p]);
      }
    }
    return predict(x[length - 1]);
  }

  private double[] attend(int layer, int position, double[] query) {
    int met = variant.full() ? length : position + 1;
    double[] mixed = new double[query.length];
    for (int head = 0; head < shape.heads(); head++) {
      int q = head * headWidth;
      int kv = head / (shape.heads() / keyValueHeads) * headWidth;
      double[] weights = new double[met];
      double max = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < met; k++) {
        double score = 0;
        for (int j = 0; j < headWidth; j++) {
          score = counter.multiplyAdd(query[q + j], keys[layer][k][kv + j], score);
        }
        double masked = k <= position ? score : Double.NEGATIVE_INFINITY;
        weights[k] = counter.multiply(masked, 1 / Math.sqrt(headWidth));
        max = Math.max(max, weights[k]);
      }
      double sum = 0;
      for (int k = 0; k < met; k++) {
        weights[k] = counter.apply(Math::exp, counter.subtract(weights[k], max));
        sum = counter.add(sum, weights[k]);
      }
      double inverse = counter.divide(1, sum);
      for (int j = 0; j < headWidth; j++) {
        double total = 0;
        for (int k = 0; k < met; k++) {
          total = counter.multiplyAdd(weights[k], values[layer][k][kv + j], total);
        }
        mixed[q + j] = counter.multiply(total, inverse);
      }
    }
    return mixed;
  }

  double[] added(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = counter.add(a[i], b[i]);
    }
    return sum;
  }
}
