package dev.ordo.models.ssm;

import dev.ordo.models.CountedTape;
import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.Map;

/** What the slow twins of {@link MambaTraining} and {@link Mamba2Training} share. */
abstract class CountedSelectiveTraining {

  protected final CountedTape tape;
  protected final Counter counter;
  private final int layers;
  private final double epsilon;

  CountedSelectiveTraining(Tensors weights, Counter counter, int layers, double epsilon) {
    tape = new CountedTape(weights, counter);
    this.counter = counter;
    this.layers = layers;
    this.epsilon = epsilon;
  }

  /** Mixes the rows of one layer. */
  protected abstract Matrix mix(String mixer, Matrix normed);

  /** Runs forward and backward and returns the loss. */
  final double step(int[] tokens) {
    Matrix table = tape.parameter("backbone.embeddings.weight");
    Matrix hidden = tape.embedded(table, tokens, -1);
    for (int layer = 0; layer < layers; layer++) {
      String block = "backbone.layers." + layer + ".";
      Matrix normed = norm(hidden, block + "norm.weight");
      hidden = tape.added(hidden, mix(block + "mixer.", normed));
    }
    Matrix logits = tape.affine(norm(hidden, "backbone.norm_f.weight"), table, null);
    double loss = tape.crossEntropy(logits, Arrays.copyOfRange(tokens, 1, tokens.length));
    tape.backward();
    return loss;
  }

  final Map<String, float[]> gradients() {
    return tape.gradients();
  }

  protected final Matrix norm(Matrix x, String gain) {
    return tape.norm(x, tape.parameter(gain), null, epsilon);
  }

  protected final Matrix columns(Matrix x, int first, int count) {
    Matrix y = new Matrix(x.rows(), count);
    for (int t = 0; t < x.rows(); t++) {
      System.arraycopy(x.value()[t], first, y.value()[t], 0, count);
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            double[] dx = x.gradient()[t];
            for (int i = 0; i < count; i++) {
              dx[first + i] = counter.add(dx[first + i], y.gradient()[t][i]);
            }
          }
        });
    return y;
  }

  /** SiLU of the causal convolution of columns; nothing is before the first row. */
  protected final Matrix convolve(Matrix x, int first, Matrix taps, Matrix bias) {
    Matrix y = new Matrix(x.rows(), taps.rows());
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < taps.rows(); c++) {
        double u = convolved(x, first, taps, bias, t, c);
        y.value()[t][c] = counter.divide(u, counter.add(1, counter.apply(Math::exp, -u)));
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            for (int c = 0; c < taps.rows(); c++) {
              double u = convolved(x, first, taps, bias, t, c);
              double gate = counter.sigmoid(u);
              double rest = counter.multiplyAdd(u, counter.subtract(1, gate), 1);
              double slope = counter.multiply(gate, rest);
              double du = counter.multiply(y.gradient()[t][c], slope);
              double[] dw = taps.gradient()[c];
              for (int k = Math.max(0, dw.length - 1 - t); k < dw.length; k++) {
                int from = t - dw.length + 1 + k;
                double[] dx = x.gradient()[from];
                dx[first + c] = counter.multiplyAdd(taps.value()[c][k], du, dx[first + c]);
                dw[k] = counter.multiplyAdd(x.value()[from][first + c], du, dw[k]);
              }
              bias.gradient()[0][c] = counter.add(bias.gradient()[0][c], du);
            }
          }
        });
    return y;
  }

  private double convolved(Matrix x, int first, Matrix taps, Matrix bias, int t, int c) {
    double sum = bias.value()[0][c];
    int count = taps.columns();
    for (int k = Math.max(0, count - 1 - t); k < count; k++) {
      sum = counter.multiplyAdd(taps.value()[c][k], x.value()[t - count + 1 + k][first + c], sum);
    }
    return sum;
  }

  protected final Matrix softplus(Matrix x) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        double v = x.value()[t][c];
        double rest = counter.apply(Math::log1p, counter.apply(Math::exp, -Math.abs(v)));
        y.value()[t][c] = counter.add(Math.max(v, 0), rest);
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            double[] dx = x.gradient()[t];
            for (int c = 0; c < x.columns(); c++) {
              double slope = counter.subtract(1, counter.apply(Math::exp, -y.value()[t][c]));
              dx[c] = counter.multiplyAdd(y.gradient()[t][c], slope, dx[c]);
            }
          }
        });
    return y;
  }

  /** x·silu(z), z being columns. */
  protected final Matrix gate(Matrix x, Matrix z, int first) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        double v = z.value()[t][first + c];
        double product = counter.multiply(x.value()[t][c], v);
        y.value()[t][c] = counter.divide(product, counter.add(1, counter.apply(Math::exp, -v)));
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            for (int c = 0; c < x.columns(); c++) {
              gateBackward(y.gradient()[t][c], x, z, t, c, first + c);
            }
          }
        });
    return y;
  }

  private void gateBackward(double dy, Matrix x, Matrix z, int t, int c, int at) {
    double v = z.value()[t][at];
    double sigma = counter.sigmoid(v);
    double silu = counter.multiply(v, sigma);
    double slope = counter.multiplyAdd(silu, counter.subtract(1, sigma), sigma);
    double[] dx = x.gradient()[t];
    double[] dz = z.gradient()[t];
    dx[c] = counter.multiplyAdd(dy, silu, dx[c]);
    dz[at] = counter.multiplyAdd(counter.multiply(dy, x.value()[t][c]), slope, dz[at]);
  }
}
