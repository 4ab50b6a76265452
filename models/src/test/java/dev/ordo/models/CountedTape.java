package dev.ordo.models;

import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training step of one sequence in plain loops, in double precision, every operation counted:
 * what the slow twins of trainings share.
 *
 * <p>An addition to a gradient is one operation, but what a matrix product adds to is what its sums
 * start from. An operator's backward pass computes a value once, however often it uses it, but
 * knows nothing of its forward pass besides the result.
 */
public final class CountedTape {

  /** A matrix and the gradient of the loss with respect to it. */
  public record Matrix(double[][] value, double[][] gradient) {

    /** Makes zeros. */
    public Matrix(int rows, int columns) {
      this(new double[rows][columns], new double[rows][columns]);
    }

    /** Returns the number of rows. */
    public int rows() {
      return value.length;
    }

    /** Returns the number of values in a row. */
    public int columns() {
      return value[0].length;
    }
  }

  private final Tensors tensors;
  private final Counter counter;
  private final Map<String, Matrix> parameters = new LinkedHashMap<>();
  private final Deque<Runnable> passes = new ArrayDeque<>();

  /** Makes an empty tape over parameters. */
  public CountedTape(Tensors tensors, Counter counter) {
    this.tensors = tensors;
    this.counter = counter;
  }

  /** Returns a parameter; a vector is one row, and of more axes the first are rows. */
  public Matrix parameter(String name) {
    return parameters.computeIfAbsent(
        name,
        n -> {
          int[] shape = tensors.shape(n);
          float[] values = tensors.get(n, shape);
          int rows = shape.length == 1 ? 1 : shape[0];
          Matrix matrix = new Matrix(rows, values.length / rows);
          for (int i = 0; i < values.length; i++) {
            matrix.value[i / matrix.columns()][i % matrix.columns()] = values[i];
          }
          return matrix;
        });
  }

  /** Returns the gradients of all parameters that were asked for, each row-major. */
  public Map<String, float[]> gradients() {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    parameters.forEach(
        (name, matrix) -> {
          float[] values = new float[matrix.rows() * matrix.columns()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) matrix.gradient[i / matrix.columns()][i % matrix.columns()];
          }
          gradients.put(name, values);
        });
    return gradients;
  }

  /** Records a backward pass. */
  public void record(Runnable backward) {
    passes.push(backward);
  }

  /** Runs all backward passes, the last first. */
  public void backward() {
    while (!passes.isEmpty()) {
      passes.pop().run();
    }
  }

  /**
   * Looks up rows of a table.
   *
   * @param frozen the token whose row learns nothing, or −1
   */
  public Matrix embedded(Matrix table, int[] tokens, int frozen) {
    Matrix y = new Matrix(tokens.length, table.columns());
    for (int r = 0; r < tokens.length; r++) {
      y.value[r] = table.value[tokens[r]].clone();
    }
    record(
        () -> {
          for (int r = 0; r < tokens.length; r++) {
            double[] to = table.gradient[tokens[r]];
            for (int i = 0; i < to.length && tokens[r] != frozen; i++) {
              to[i] = counter.add(to[i], y.gradient[r][i]);
            }
          }
        });
    return y;
  }

  /**
   * Adds an update to the residual stream; gradients of both are copies, for it is the last use.
   */
  public Matrix added(Matrix x, Matrix update) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int r = 0; r < x.rows(); r++) {
      for (int i = 0; i < x.columns(); i++) {
        y.value[r][i] = counter.add(x.value[r][i], update.value[r][i]);
      }
    }
    record(
        () -> {
          for (int r = 0; r < x.rows(); r++) {
            System.arraycopy(y.gradient[r], 0, x.gradient[r], 0, x.columns());
            System.arraycopy(y.gradient[r], 0, update.gradient[r], 0, x.columns());
          }
        });
    return y;
  }

  /**
   * Computes x·Wᵀ + b.
   *
   * @param weight W, shape (out, in)
   * @param bias b, shape (1, out), or null for none
   */
  public Matrix affine(Matrix x, Matrix weight, Matrix bias) {
    Matrix y = new Matrix(x.rows(), weight.rows());
    for (int r = 0; r < x.rows(); r++) {
      for (int o = 0; o < weight.rows(); o++) {
        double sum = bias == null ? 0 : bias.value[0][o];
        for (int i = 0; i < x.columns(); i++) {
          sum = counter.multiplyAdd(weight.value[o][i], x.value[r][i], sum);
        }
        y.value[r][o] = sum;
      }
    }
    record(
        () -> {
          for (int r = 0; r < x.rows(); r++) {
            for (int o = 0; o < weight.rows(); o++) {
              affineBackward(y.gradient[r][o], x, r, weight, o);
              if (bias != null) {
                bias.gradient[0][o] = counter.add(bias.gradient[0][o], y.gradient[r][o]);
              }
            }
          }
        });
    return y;
  }

  private void affineBackward(double dy, Matrix x, int r, Matrix weight, int o) {
    double[] dx = x.gradient[r];
    double[] dw = weight.gradient[o];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = counter.multiplyAdd(dy, weight.value[o][i], dx[i]);
      dw[i] = counter.multiplyAdd(dy, x.value[r][i], dw[i]);
    }
  }

  /**
   * Normalises rows: by their mean and variance where there is a bias, else by their mean square.
   *
   * @param gain shape (1, d)
   * @param bias shape (1, d), or null
   * @param epsilon ε
   */
  public Matrix norm(Matrix x, Matrix gain, Matrix bias, double epsilon) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int r = 0; r < x.rows(); r++) {
      double[] normed = x.value[r].clone();
      normalise(normed, bias != null, epsilon);
      for (int i = 0; i < normed.length; i++) {
        y.value[r][i] =
            bias == null
                ? counter.multiply(normed[i], gain.value[0][i])
                : counter.multiplyAdd(normed[i], gain.value[0][i], bias.value[0][i]);
      }
    }
    record(
        () -> {
          for (int r = 0; r < x.rows(); r++) {
            normBackward(x.value[r], y.gradient[r], x.gradient[r], gain, bias, epsilon);
          }
        });
    return y;
  }

  /** Normalises a row in place and returns what it was multiplied by. */
  private double normalise(double[] x, boolean centred, double epsilon) {
    if (centred) {
      double sum = 0;
      for (double value : x) {
        sum = counter.add(sum, value);
      }
      double mean = counter.divide(sum, x.length);
      for (int i = 0; i < x.length; i++) {
        x[i] = counter.subtract(x[i], mean);
      }
    }
    double squares = 0;
    for (double value : x) {
      squares = counter.multiplyAdd(value, value, squares);
    }
    double size = counter.add(counter.divide(squares, x.length), epsilon);
    double inverse = counter.divide(1, counter.apply(Math::sqrt, size));
    for (int i = 0; i < x.length; i++) {
      x[i] = counter.multiply(x[i], inverse);
    }
    return inverse;
  }

  private void normBackward(
      double[] x, double[] dy, double[] dx, Matrix gain, Matrix bias, double epsilon) {
    int d = x.length;
    double[] normed = x.clone();
    double inverse = normalise(normed, bias != null, epsilon);
    double sums = 0;
    double products = 0;
    double[] slope = new double[d];
    for (int i = 0; i < d; i++) {
      slope[i] = counter.multiply(dy[i], gain.value[0][i]);
      products = counter.multiplyAdd(slope[i], normed[i], products);
      gain.gradient[0][i] = counter.multiplyAdd(dy[i], normed[i], gain.gradient[0][i]);
      if (bias != null) {
        sums = counter.add(sums, slope[i]);
        bias.gradient[0][i] = counter.add(bias.gradient[0][i], dy[i]);
      }
    }
    double along = counter.divide(products, d);
    double average = bias == null ? 0 : counter.divide(sums, d);
    for (int i = 0; i < d; i++) {
      double value = bias == null ? slope[i] : counter.subtract(slope[i], average);
      value = counter.subtract(value, counter.multiply(normed[i], along));
      dx[i] = counter.multiplyAdd(value, inverse, dx[i]);
    }
  }

  /**
   * Returns the mean cross-entropy.
   *
   * @param targets the tokens that the first rows of logits predict
   */
  public double crossEntropy(Matrix logits, int[] targets) {
    double[] logSums = new double[targets.length];
    double total = 0;
    for (int r = 0; r < targets.length; r++) {
      double[] x = logits.value[r];
      double largest = Arrays.stream(x).max().orElseThrow();
      double sum = 0;
      for (double value : x) {
        sum = counter.add(sum, counter.apply(Math::exp, counter.subtract(value, largest)));
      }
      logSums[r] = counter.add(largest, counter.apply(Math::log, sum));
      total = counter.add(total, counter.subtract(logSums[r], x[targets[r]]));
    }
    record(
        () -> {
          double weight = counter.divide(1, targets.length);
          for (int r = 0; r < targets.length; r++) {
            double[] x = logits.value[r];
            double[] dx = logits.gradient[r];
            for (int i = 0; i < x.length; i++) {
              double exp = counter.apply(Math::exp, counter.subtract(x[i], logSums[r]));
              dx[i] = counter.multiplyAdd(exp, weight, dx[i]);
            }
            dx[targets[r]] = counter.subtract(dx[targets[r]], weight);
          }
        });
    return counter.divide(total, targets.length);
  }
}
