package dev.ordo.models.ssm;

import dev.ordo.models.CountedTape;
import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;
import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A slow twin of {@link S4Training} with one sequence that counts its operations. */
final class CountedS4Training {

  /** 1/√(2π). */
  private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

  private final Tensors weights;
  private final ModelShape shape;
  private final boolean lowRank;
  private final Counter count;
  private final CountedTape tape;
  private final Map<String, float[]> ofKernels = new LinkedHashMap<>();

  /**
   * Makes a twin.
   *
   * @param weights under the names of {@link S4}; C is no C̃
   */
  CountedS4Training(Tensors weights, ModelShape shape, boolean lowRank, Counter count) {
    this.weights = weights;
    this.shape = shape;
    this.lowRank = lowRank;
    this.count = count;
    tape = new CountedTape(weights, count);
  }

  /** Runs forward and backward and returns the loss. */
  double step(int[] tokens) {
    Matrix x = tape.embedded(tape.parameter("embedding.weight"), tokens, -1);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      String block = name + "block.";
      Matrix u = norm(x, name + "norm");
      Matrix kernel = kernel(block + S4Block.KERNEL, tokens.length);
      Matrix filtered = filter(u, kernel, tape.parameter(block + "layer.D"));
      Matrix weight = tape.parameter(block + "output_linear.0.weight");
      Matrix bias = tape.parameter(block + "output_linear.0.bias");
      x = tape.added(x, gated(tape.affine(gelu(filtered), weight, bias)));
    }
    Matrix logits = tape.affine(norm(x, "norm"), tape.parameter("head.weight"), null);
    double loss = tape.crossEntropy(logits, Arrays.copyOfRange(tokens, 1, tokens.length));
    tape.backward();
    return loss;
  }

  /** Returns the gradients of the last step; with a low-rank term, that of C̃ as that of C. */
  Map<String, float[]> gradients() {
    Map<String, float[]> gradients = tape.gradients();
    gradients.putAll(ofKernels);
    return gradients;
  }

  private Matrix norm(Matrix x, String name) {
    Matrix gain = tape.parameter(name + ".weight");
    return tape.norm(x, gain, tape.parameter(name + ".bias"), S4.EPSILON);
  }

  private Matrix kernel(String name, int length) {
    SpaceOptions options = SpaceOptions.standard(shape.width(), shape.state(), lowRank);
    SpaceValues values = SpaceValues.of(options, (of, sizes) -> weights.get(name + of, sizes));
    CountedSpace space =
        lowRank ? new CountedDplr(values, count) : new CountedDiagonal(values, count);
    Matrix kernel = new Matrix(space.kernel(length), new double[length][shape.width()]);
    tape.record(
        () ->
            space
                .gradient(kernel.gradient())
                .addTo(
                    (of, sizes) -> weights.get(name + of, sizes),
                    (of, sizes) ->
                        ofKernels.computeIfAbsent(
                            name + of, n -> new float[weights.get(n, sizes).length])));
    return kernel;
  }

  private Matrix filter(Matrix u, Matrix kernel, Matrix skip) {
    Matrix s = new Matrix(u.rows(), u.columns());
    for (int c = 0; c < u.columns(); c++) {
      CountedTransform.convolve(count, u.value(), kernel.value(), c, s.value());
      for (int t = 0; t < u.rows(); t++) {
        s.value()[t][c] = count.multiplyAdd(skip.value()[0][c], u.value()[t][c], s.value()[t][c]);
      }
    }
    tape.record(
        () -> {
          for (int c = 0; c < u.columns(); c++) {
            filterBackward(u, kernel, skip, s.gradient(), c);
          }
        });
    return s;
  }

  private void filterBackward(Matrix u, Matrix kernel, Matrix skip, double[][] ds, int c) {
    int length = ds.length;
    double[][] reversed = new double[length][];
    for (int t = 0; t < length; t++) {
      reversed[t] = ds[length - 1 - t];
    }
    double[][] result = new double[length][u.columns()];
    CountedTransform.convolve(count, reversed, u.value(), c, result);
    double[] dSkip = skip.gradient()[0];
    for (int t = 0; t < length; t++) {
      double[] to = kernel.gradient()[t];
      to[c] = count.add(to[c], result[length - 1 - t][c]);
      dSkip[c] = count.multiplyAdd(ds[t][c], u.value()[t][c], dSkip[c]);
    }
    CountedTransform.convolve(count, reversed, kernel.value(), c, result);
    for (int t = 0; t < length; t++) {
      double[] to = u.gradient()[t];
      double along = result[length - 1 - t][c];
      to[c] = count.add(to[c], count.multiplyAdd(skip.value()[0][c], ds[t][c], along));
    }
  }

  private Matrix gelu(Matrix x) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        double v = x.value()[t][c];
        double erf = count.apply(CountedS4::erf, count.divide(v, Math.sqrt(2)));
        y.value()[t][c] = count.multiply(count.multiply(v, count.add(1, erf)), 0.5);
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            double[] dx = x.gradient()[t];
            for (int c = 0; c < x.columns(); c++) {
              double v = x.value()[t][c];
              double exponent = count.multiply(count.multiply(v, v), -0.5);
              double density = count.multiply(count.apply(Math::exp, exponent), DENSITY);
              double below = count.divide(y.value()[t][c], v);
              double slope = count.multiplyAdd(v, density, below);
              dx[c] = count.multiplyAdd(y.gradient()[t][c], slope, dx[c]);
            }
          }
        });
    return y;
  }

  private Matrix gated(Matrix x) {
    int width = x.columns() / 2;
    Matrix y = new Matrix(x.rows(), width);
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < width; c++) {
        double gate = count.add(1, count.apply(Math::exp, -x.value()[t][width + c]));
        y.value()[t][c] = count.divide(x.value()[t][c], gate);
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            double[] dx = x.gradient()[t];
            for (int c = 0; c < width; c++) {
              double gate = count.sigmoid(x.value()[t][width + c]);
              double da = count.multiply(y.gradient()[t][c], gate);
              dx[c] = count.add(dx[c], da);
              double product = count.multiply(da, x.value()[t][c]);
              double db = count.multiply(product, count.subtract(1, gate));
              dx[width + c] = count.add(dx[width + c], db);
            }
          }
        });
    return y;
  }
}
