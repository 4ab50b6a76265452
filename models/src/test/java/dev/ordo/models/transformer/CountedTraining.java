package dev.ordo.models.transformer;

import dev.ordo.models.Counter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the slow twins of a training step with one sequence have in common: scalar, in double
 * precision, every operation counted but the few that a norm takes once a row.
 */
abstract class CountedTraining {

  final Counter count = new Counter();
  final Map<String, double[]> gradients = new LinkedHashMap<>();

  private final boolean full;

  CountedTraining(Variant variant) {
    full = variant.full();
  }

  abstract float[] get(String name);

  final double[] gradient(String name) {
    return gradients.computeIfAbsent(name, key -> new double[get(key).length]);
  }

  /** Returns the rows of x·W + b, for W of shape (in, out), or of x·Wᵀ for (out, in). */
  final double[][] affine(String weight, boolean transposed, String bias, double[][] x) {
    float[] w = get(weight);
    int in = x[0].length;
    int out = w.length / in;
    double[][] y = new double[x.length][out];
    for (int r = 0; r < x.length; r++) {
      for (int o = 0; o < out; o++) {
        y[r][o] = bias == null ? 0 : get(bias)[o];
        for (int i = 0; i < in; i++) {
          y[r][o] = count.multiplyAdd(x[r][i], w[transposed ? o * in + i : i * out + o], y[r][o]);
        }
      }
    }
    return y;
  }

  /** Adds to the gradients of W and b, and to dx. */
  final void affineBack(
      String weight, boolean transposed, String bias, double[][] x, double[][] dy, double[][] dx) {
    float[] w = get(weight);
    double[] dw = gradient(weight);
    int in = x[0].length;
    int out = dy[0].length;
    for (int r = 0; r < x.length; r++) {
      for (int o = 0; o < out; o++) {
        for (int i = 0; i < in; i++) {
          int at = transposed ? o * in + i : i * out + o;
          dx[r][i] = count.multiplyAdd(dy[r][o], w[at], dx[r][i]);
          dw[at] = count.multiplyAdd(dy[r][o], x[r][i], dw[at]);
        }
        if (bias != null) {
          gradient(bias)[o] = count.add(gradient(bias)[o], dy[r][o]);
        }
      }
    }
  }

  /** What attention leaves for its backward pass: outputs, and weights or logarithms of sums. */
  record Mixed(double[][] y, double[][][] weights, double[][] logSums) {}

  /** Attends; heads of q meet heads of k and v in groups. */
  final Mixed attend(double[][] q, double[][] k, double[][] v, int heads, int groups) {
    int length = q.length;
    int width = q[0].length / heads;
    double scale = 1 / Math.sqrt(width);
    double[][] y = new double[length][q[0].length];
    double[][][] all = new double[heads][length][];
    double[][] logSums = new double[heads][length];
    for (int h = 0; h < heads; h++) {
      int kv = h / (heads / groups) * width;
      for (int t = 0; t < length; t++) {
        double[] weights = scores(q[t], h * width, k, kv, t, width, scale);
        double max = Double.NEGATIVE_INFINITY;
        for (double weight : weights) {
          max = Math.max(max, weight);
        }
        double sum = 0;
        for (int s = 0; s < weights.length; s++) {
          weights[s] = count.apply(Math::exp, count.subtract(weights[s], max));
          sum = count.add(sum, weights[s]);
        }
        double inverse = count.divide(1, sum);
        if (full) {
          for (int s = 0; s < weights.length; s++) {
            weights[s] = count.multiply(weights[s], inverse);
          }
        } else {
          logSums[h][t] = count.add(max, count.apply(Math::log, sum));
        }
        for (int j = 0; j < width; j++) {
          double total = 0;
          for (int s = 0; s < weights.length; s++) {
            total = count.multiplyAdd(weights[s], v[s][kv + j], total);
          }
          y[t][h * width + j] = full ? total : count.multiply(total, inverse);
        }
        all[h][t] = weights;
      }
    }
    return new Mixed(y, all, logSums);
  }

  private double[] scores(
      double[] q, int at, double[][] k, int kv, int position, int width, double scale) {
    double[] scores = new double[full ? k.length : position + 1];
    for (int s = 0; s < scores.length; s++) {
      double score = 0;
      for (int j = 0; j < width; j++) {
        score = count.multiplyAdd(q[at + j], k[s][kv + j], score);
      }
      scores[s] = count.multiply(s <= position ? score : Double.NEGATIVE_INFINITY, scale);
    }
    return scores;
  }

  /** Adds to dq, dk and dv. */
  final void attendBack(
      Mixed mixed,
      double[][] q,
      double[][] k,
      double[][] v,
      int heads,
      int groups,
      double[][] dy,
      double[][] dq,
      double[][] dk,
      double[][] dv) {
    int width = q[0].length / heads;
    double scale = 1 / Math.sqrt(width);
    for (int h = 0; h < heads; h++) {
      int at = h * width;
      int kv = h / (heads / groups) * width;
      for (int t = 0; t < q.length; t++) {
        double[] weights = mixed.weights[h][t];
        if (!full) {
          weights = scores(q[t], at, k, kv, t, width, scale);
          for (int s = 0; s < weights.length; s++) {
            weights[s] = count.apply(Math::exp, count.subtract(weights[s], mixed.logSums[h][t]));
          }
        }
        double along = 0;
        for (int j = 0; j < width; j++) {
          along = count.multiplyAdd(mixed.y[t][at + j], dy[t][at + j], along);
        }
        for (int s = 0; s < weights.length; s++) {
          double change = 0;
          for (int j = 0; j < width; j++) {
            change = count.multiplyAdd(dy[t][at + j], v[s][kv + j], change);
          }
          change = count.multiply(weights[s], count.subtract(change, along));
          change = count.multiply(scale, change);
          for (int j = 0; j < width; j++) {
            dv[s][kv + j] = count.multiplyAdd(weights[s], dy[t][at + j], dv[s][kv + j]);
            dq[t][at + j] = count.multiplyAdd(change, k[s][kv + j], dq[t][at + j]);
            dk[s][kv + j] = count.multiplyAdd(change, q[t][at + j], dk[s][kv + j]);
          }
        }
      }
    }
  }

  final double[][] added(double[][] a, double[][] b) {
    double[][] sum = new double[a.length][a[0].length];
    for (int r = 0; r < a.length; r++) {
      for (int i = 0; i < a[r].length; i++) {
        sum[r][i] = count.add(a[r][i], b[r][i]);
      }
    }
    return sum;
  }

  static double[][] columns(double[][] x, int from, int to) {
    double[][] part = new double[x.length][];
    for (int r = 0; r < x.length; r++) {
      part[r] = Arrays.copyOfRange(x[r], from, to);
    }
    return part;
  }

  static double[][] copy(double[][] x) {
    return columns(x, 0, x[0].length);
  }
}
