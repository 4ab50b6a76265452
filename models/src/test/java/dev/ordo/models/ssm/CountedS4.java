package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Tensors;

/** A slow twin of {@link S4} that counts its operations; what is computed once a model is not. */
final class CountedS4 {

  private final Counter count;
  private final Tensors weights;
  private final int width;
  private final CountedSpace[] spaces;

  CountedS4(Tensors weights, ModelShape shape, boolean lowRank, Counter count) {
    this.weights = weights;
    this.count = count;
    width = shape.width();
    spaces = new CountedSpace[shape.layers()];
    SpaceOptions options = SpaceOptions.standard(width, shape.state(), lowRank);
    for (int layer = 0; layer < spaces.length; layer++) {
      String kernel = "layers." + layer + ".block." + S4Block.KERNEL;
      SpaceValues values = SpaceValues.of(options, (name, of) -> weights.get(kernel + name, of));
      spaces[layer] = lowRank ? new CountedDplr(values, count) : new CountedDiagonal(values, count);
    }
  }

  private float[] weight(String name) {
    return weights.get(name, weights.shape(name));
  }

  /** Returns the logits of the token after the last. */
  double[] prefill(int[] tokens) {
    double[][] x = new double[tokens.length][];
    for (int t = 0; t < tokens.length; t++) {
      x[t] = embedding(tokens[t]);
    }
    for (int layer = 0; layer < spaces.length; layer++) {
      String name = "layers." + layer + ".";
      double[][] u = new double[x.length][];
      for (int t = 0; t < x.length; t++) {
        u[t] = norm(name + "norm", x[t]);
      }
      double[][] kernel = spaces[layer].kernel(x.length);
      float[] skip = weight(name + "block.layer.D");
      for (int c = 0; c < width; c++) {
        kernel[0][c] = count.add(kernel[0][c], skip[c]);
      }
      spaces[layer].takeIn(u);
      double[][] s = new double[x.length][width];
      for (int c = 0; c < width; c++) {
        CountedTransform.convolve(count, u, kernel, c, s);
      }
      for (int t = 0; t < x.length; t++) {
        mix(name + "block.", s[t], x[t]);
      }
    }
    return count.affine(weight("head.weight"), null, norm("norm", x[x.length - 1]));
  }

  double[] step(int token) {
    double[] x = embedding(token);
    for (int layer = 0; layer < spaces.length; layer++) {
      String name = "layers." + layer + ".";
      double[] u = norm(name + "norm", x);
      double[] s = spaces[layer].step(u);
      float[] skip = weight(name + "block.layer.D");
      for (int c = 0; c < width; c++) {
        s[c] = count.multiplyAdd(skip[c], u[c], s[c]);
      }
      mix(name + "block.", s, x);
    }
    return count.affine(weight("head.weight"), null, norm("norm", x));
  }

  private double[] embedding(int token) {
    float[] table = weight("embedding.weight");
    double[] row = new double[width];
    for (int i = 0; i < width; i++) {
      row[i] = table[token * width + i];
    }
    return row;
  }

  private double[] norm(String name, double[] x) {
    float[] gain = weight(name + ".weight");
    float[] bias = weight(name + ".bias");
    double sum = 0;
    for (double value : x) {
      sum = count.add(sum, value);
    }
    double mean = count.divide(sum, width);
    double[] y = new double[width];
    double squares = 0;
    for (int i = 0; i < width; i++) {
      y[i] = count.subtract(x[i], mean);
      squares = count.multiplyAdd(y[i], y[i], squares);
    }
    double size = count.add(count.divide(squares, width), S4.EPSILON);
    double scale = count.divide(1, count.apply(Math::sqrt, size));
    for (int i = 0; i < width; i++) {
      y[i] = count.multiplyAdd(count.multiply(y[i], scale), gain[i], bias[i]);
    }
    return y;
  }

  /** Adds output_linear(gelu(s)), gated, to the residual stream. */
  private void mix(String name, double[] s, double[] x) {
    double[] active = new double[width];
    for (int c = 0; c < width; c++) {
      double erf = count.apply(CountedS4::erf, count.divide(s[c], Math.sqrt(2)));
      active[c] = count.multiply(count.multiply(s[c], count.add(1, erf)), 0.5);
    }
    double[] wide =
        count.affine(
            weight(name + "output_linear.0.weight"), weight(name + "output_linear.0.bias"), active);
    for (int c = 0; c < width; c++) {
      double gate = count.add(1, count.apply(Math::exp, -wide[width + c]));
      x[c] = count.add(x[c], count.divide(wide[c], gate));
    }
  }

  /** The series of the error function. */
  static double erf(double x) {
    double sum = 0;
    double term = x;
    for (int n = 1; n < 200; n++) {
      sum += term / (2 * n - 1);
      term *= -x * x / n;
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }
}
