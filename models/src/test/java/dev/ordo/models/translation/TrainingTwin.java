package dev.ordo.models.translation;

import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Stack;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A training step of an encoder-decoder in plain loops that counts its operations; one source, one
 * target, ReLU and two maps in the feed-forward part only.
 */
final class TrainingTwin {

  /** A matrix and the gradient of the loss with respect to it. */
  record Matrix(double[][] value, double[][] gradient) {
    Matrix(int rows, int columns) {
      this(new double[rows][columns], new double[rows][columns]);
    }

    int rows() {
      return value.length;
    }

    int columns() {
      return value[0].length;
    }
  }

  final Counter counter = new Counter();
  private final Map<String, Matrix> parameters = new HashMap<>();
  private final Deque<Runnable> tape = new ArrayDeque<>();
  private final Architecture architecture;
  private final Tensors tensors;

  TrainingTwin(Architecture architecture, Tensors tensors) {
    this.architecture = architecture;
    this.tensors = tensors;
  }

  /** Returns the gradient of a parameter, row-major. */
  double[] gradient(String name) {
    return Arrays.stream(parameter(name).gradient()).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Runs forward and backward and returns the loss. */
  double step(int[] source, int[] labels) {
    int[] target = new int[labels.length];
    target[0] = architecture.start();
    System.arraycopy(labels, 0, target, 1, labels.length - 1);
    Matrix encoded = run(architecture.encoder(), source, null);
    Matrix x = run(architecture.decoder(), target, encoded);
    if (architecture.outputScale() != 1) {
      x = scaled(x, architecture.outputScale());
    }
    Matrix logits = affine(x, parameter(architecture.head()), null);
    double loss = loss(logits, labels);
    while (!tape.isEmpty()) {
      tape.pop().run();
    }
    return loss;
  }

  private Matrix run(Stack stack, int[] tokens, Matrix encoded) {
    Matrix x = embedded(stack, tokens);
    for (Layer layer : stack.layers()) {
      x = attended(stack, layer.self(), x, null, encoded != null);
      if (encoded != null) {
        x = attended(stack, layer.cross(), x, encoded, false);
      }
      Matrix hidden = map(layer.maps().expansions().get(0), before(layer.maps().norm(), x));
      x = added(layer.maps().norm(), x, map(layer.maps().contraction(), relu(hidden)));
    }
    return stack.finalNorm() == null ? x : norm(stack.finalNorm(), x);
  }

  private Matrix embedded(Stack stack, int[] tokens) {
    Matrix table = parameter(stack.embedding());
    int d = architecture.width();
    Matrix y = new Matrix(tokens.length, d);
    boolean frozen = architecture.normAfter();
    for (int i = 0; i < tokens.length; i++) {
      y.value()[i] = table.value()[tokens[i]].clone();
    }
    tape.push(
        () -> {
          for (int i = 0; i < tokens.length; i++) {
            if (!frozen || tokens[i] != architecture.padding()) {
              accumulate(table.gradient()[tokens[i]], y.gradient()[i]);
            }
          }
        });
    if (stack.positions() == null) {
      return y;
    }
    float[] rows = Sinusoids.rows(tokens.length, d);
    Matrix x = scaled(y, architecture.embeddingScale());
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < d; j++) {
        x.value()[i][j] = counter.add(x.value()[i][j], rows[i * d + j]);
      }
    }
    return x;
  }

  private void accumulate(double[] to, double[] values) {
    for (int j = 0; j < values.length; j++) {
      to[j] = counter.add(to[j], values[j]);
    }
  }

  private Matrix scaled(Matrix x, double factor) {
    Matrix y = new Matrix(x.rows(), x.columns());
    each(y, (i, j) -> y.value()[i][j] = counter.multiply(factor, x.value()[i][j]));
    tape.push(
        () ->
            each(
                y,
                (i, j) ->
                    x.gradient()[i][j] =
                        counter.multiplyAdd(factor, y.gradient()[i][j], x.gradient()[i][j])));
    return y;
  }

  private interface Place {
    void at(int row, int column);
  }

  private static void each(Matrix x, Place place) {
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        place.at(i, j);
      }
    }
  }

  private Matrix relu(Matrix x) {
    Matrix y = new Matrix(x.rows(), x.columns());
    each(y, (i, j) -> y.value()[i][j] = Math.max(0, x.value()[i][j]));
    tape.push(
        () ->
            each(
                y,
                (i, j) ->
                    x.gradient()[i][j] =
                        counter.add(
                            x.gradient()[i][j], x.value()[i][j] > 0 ? y.gradient()[i][j] : 0)));
    return y;
  }

  private Matrix added(String norm, Matrix x, Matrix update) {
    Matrix y = new Matrix(x.rows(), x.columns());
    each(y, (i, j) -> y.value()[i][j] = counter.add(x.value()[i][j], update.value()[i][j]));
    tape.push(
        () ->
            each(
                y,
                (i, j) -> {
                  // The first to reach x and the update: copies, which are no operations.
                  x.gradient()[i][j] += y.gradient()[i][j];
                  update.gradient()[i][j] += y.gradient()[i][j];
                }));
    return architecture.normAfter() ? norm(norm, y) : y;
  }

  private Matrix before(String norm, Matrix x) {
    return architecture.normAfter() ? x : norm(norm, x);
  }

  private Matrix map(String name, Matrix x) {
    return affine(
        x,
        parameter(name + ".weight"),
        architecture.normAfter() ? parameter(name + ".bias") : null);
  }

  private Matrix affine(Matrix x, Matrix weight, Matrix bias) {
    Matrix y = new Matrix(x.rows(), weight.rows());
    each(
        y,
        (r, o) -> {
          double sum = bias == null ? 0 : bias.value()[0][o];
          for (int i = 0; i < x.columns(); i++) {
            sum = counter.multiplyAdd(weight.value()[o][i], x.value()[r][i], sum);
          }
          y.value()[r][o] = sum;
        });
    tape.push(
        () ->
            each(
                y,
                (r, o) -> {
                  double dy = y.gradient()[r][o];
                  double[] dx = x.gradient()[r];
                  double[] dw = weight.gradient()[o];
                  for (int i = 0; i < dx.length; i++) {
                    dx[i] = counter.multiplyAdd(dy, weight.value()[o][i], dx[i]);
                    dw[i] = counter.multiplyAdd(dy, x.value()[r][i], dw[i]);
                  }
                  if (bias != null) {
                    bias.gradient()[0][o] = counter.add(bias.gradient()[0][o], dy);
                  }
                }));
    return y;
  }

  private Matrix norm(String name, Matrix x) {
    Matrix gain = parameter(name + ".weight");
    Matrix bias = architecture.normAfter() ? parameter(name + ".bias") : null;
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int r = 0; r < x.rows(); r++) {
      Row row = new Row(x.value()[r], bias != null);
      for (int j = 0; j < x.columns(); j++) {
        double normed = counter.multiply(row.centred[j], row.inverse);
        y.value()[r][j] =
            bias == null
                ? counter.multiply(normed, gain.value()[0][j])
                : counter.multiplyAdd(normed, gain.value()[0][j], bias.value()[0][j]);
      }
    }
    tape.push(
        () -> {
          for (int r = 0; r < x.rows(); r++) {
            normBackward(x.value()[r], y.gradient()[r], x.gradient()[r], gain, bias);
          }
        });
    return y;
  }

  /**
   * What a norm needs of a row: its values less their mean, if it has one, and its inverse size.
   */
  private final class Row {
    final double[] centred;
    final double inverse;

    Row(double[] x, boolean withMean) {
      centred = x.clone();
      if (withMean) {
        double sum = 0;
        for (double value : x) {
          sum = counter.add(sum, value);
        }
        double mean = counter.divide(sum, x.length);
        for (int j = 0; j < x.length; j++) {
          centred[j] = counter.subtract(x[j], mean);
        }
      }
      double squares = 0;
      for (double value : centred) {
        squares = counter.multiplyAdd(value, value, squares);
      }
      double size = counter.add(counter.divide(squares, x.length), architecture.epsilon());
      inverse = counter.divide(1, counter.apply(Math::sqrt, size));
    }
  }

  private void normBackward(double[] x, double[] dy, double[] dx, Matrix gain, Matrix bias) {
    Row row = new Row(x, bias != null);
    int d = x.length;
    double sums = 0;
    double products = 0;
    double[] normed = new double[d];
    double[] slope = new double[d];
    for (int j = 0; j < d; j++) {
      normed[j] = counter.multiply(row.centred[j], row.inverse);
      slope[j] = counter.multiply(dy[j], gain.value()[0][j]);
      products = counter.multiplyAdd(slope[j], normed[j], products);
      gain.gradient()[0][j] = counter.multiplyAdd(dy[j], normed[j], gain.gradient()[0][j]);
      if (bias != null) {
        sums = counter.add(sums, slope[j]);
        bias.gradient()[0][j] = counter.add(bias.gradient()[0][j], dy[j]);
      }
    }
    double along = counter.divide(products, d);
    double average = bias == null ? 0 : counter.divide(sums, d);
    for (int j = 0; j < d; j++) {
      double value = bias == null ? slope[j] : counter.subtract(slope[j], average);
      value = counter.subtract(value, counter.multiply(normed[j], along));
      dx[j] = counter.multiplyAdd(value, row.inverse, dx[j]);
    }
  }

  private Matrix attended(Stack stack, Attention part, Matrix x, Matrix other, boolean causal) {
    Matrix read = before(part.norm(), x);
    Matrix from = other == null ? read : other;
    Matrix q = map(part.queries(), read);
    Matrix k = map(part.keys(), from);
    Matrix v = map(part.values(), from);
    Matrix y = new Matrix(q.rows(), q.columns());
    boolean biased = other == null && stack.distances() != null;
    // A bias of a distance is used by many queries; its bucket gets the sum of all.
    Matrix bias = biased ? distances(stack, q.rows(), stack == architecture.encoder()) : null;
    for (int h = 0; h < stack.heads(); h++) {
      for (int i = 0; i < q.rows(); i++) {
        Query query = new Query(stack, h, i, causal ? i + 1 : k.rows(), q, k, v, y, bias);
        query.forward();
        tape.push(query::backward);
      }
    }
    return added(part.norm(), x, map(part.output(), y));
  }

  private final Map<Stack, Matrix> biases = new HashMap<>();

  private Matrix distances(Stack stack, int reach, boolean both) {
    return biases.computeIfAbsent(
        stack,
        s -> {
          int buckets = s.distances().buckets();
          Matrix table = parameter(s.distances().name());
          Matrix y = new Matrix(s.heads(), 2 * reach - 1);
          int[] of = RelativePositions.buckets(reach, both, buckets, s.distances().farthest());
          each(y, (h, i) -> y.value()[h][i] = table.value()[of[i]][h]);
          tape.addLast(
              () ->
                  each(
                      y,
                      (h, i) ->
                          table.gradient()[of[i]][h] =
                              counter.add(table.gradient()[of[i]][h], y.gradient()[h][i])));
          return y;
        });
  }

  /** One query of one head. */
  private final class Query {
    private final int from;
    private final int to;
    private final int row;
    private final int keys;
    private final double scale;
    private final int head;
    private final Matrix q;
    private final Matrix k;
    private final Matrix v;
    private final Matrix y;
    private final Matrix bias;
    private double logSum;

    Query(
        Stack stack,
        int head,
        int row,
        int keys,
        Matrix q,
        Matrix k,
        Matrix v,
        Matrix y,
        Matrix bias) {
      from = head * stack.headWidth();
      to = from + stack.headWidth();
      scale = stack.scale();
      this.head = head;
      this.row = row;
      this.keys = keys;
      this.q = q;
      this.k = k;
      this.v = v;
      this.y = y;
      this.bias = bias;
    }

    private int distance(int key) {
      return key - row + bias.columns() / 2;
    }

    private double[] scores() {
      double[] scores = new double[keys];
      for (int i = 0; i < keys; i++) {
        double sum = 0;
        for (int j = from; j < to; j++) {
          sum = counter.multiplyAdd(q.value()[row][j], k.value()[i][j], sum);
        }
        if (bias != null) {
          sum = counter.add(sum, bias.value()[head][distance(i)]);
        }
        scores[i] = counter.multiply(scale, sum);
      }
      return scores;
    }

    private double[] weights(double[] scores) {
      double[] weights = new double[keys];
      for (int i = 0; i < keys; i++) {
        weights[i] = counter.apply(Math::exp, counter.subtract(scores[i], logSum));
      }
      return weights;
    }

    void forward() {
      double[] scores = scores();
      double largest = Arrays.stream(scores).max().orElseThrow();
      double sum = 0;
      for (double score : scores) {
        sum = counter.add(sum, counter.apply(Math::exp, counter.subtract(score, largest)));
      }
      logSum = counter.add(largest, counter.apply(Math::log, sum));
      double[] weights = weights(scores);
      for (int j = from; j < to; j++) {
        for (int i = 0; i < keys; i++) {
          y.value()[row][j] = counter.multiplyAdd(weights[i], v.value()[i][j], y.value()[row][j]);
        }
      }
    }

    void backward() {
      double[] weights = weights(scores());
      double[] dy = y.gradient()[row];
      double along = 0;
      for (int j = from; j < to; j++) {
        along = counter.multiplyAdd(y.value()[row][j], dy[j], along);
      }
      for (int i = 0; i < keys; i++) {
        double slope = 0;
        for (int j = from; j < to; j++) {
          slope = counter.multiplyAdd(dy[j], v.value()[i][j], slope);
          v.gradient()[i][j] = counter.multiplyAdd(weights[i], dy[j], v.gradient()[i][j]);
        }
        double ds = counter.multiply(scale, counter.subtract(slope, along));
        ds = counter.multiply(ds, weights[i]);
        if (bias != null) {
          double[] to = bias.gradient()[head];
          to[distance(i)] = counter.add(to[distance(i)], ds);
        }
        for (int j = from; j < to; j++) {
          q.gradient()[row][j] = counter.multiplyAdd(ds, k.value()[i][j], q.gradient()[row][j]);
          k.gradient()[i][j] = counter.multiplyAdd(ds, q.value()[row][j], k.gradient()[i][j]);
        }
      }
    }
  }

  private double loss(Matrix logits, int[] labels) {
    double[] logSums = new double[labels.length];
    double total = 0;
    for (int r = 0; r < labels.length; r++) {
      double[] x = logits.value()[r];
      double largest = Arrays.stream(x).max().orElseThrow();
      double sum = 0;
      for (double value : x) {
        sum = counter.add(sum, counter.apply(Math::exp, counter.subtract(value, largest)));
      }
      logSums[r] = counter.add(largest, counter.apply(Math::log, sum));
      total = counter.add(total, counter.subtract(logSums[r], x[labels[r]]));
    }
    tape.push(
        () -> {
          double weight = counter.divide(1, labels.length);
          for (int r = 0; r < labels.length; r++) {
            double[] x = logits.value()[r];
            double[] dx = logits.gradient()[r];
            for (int i = 0; i < x.length; i++) {
              double e = counter.apply(Math::exp, counter.subtract(x[i], logSums[r]));
              dx[i] = counter.multiplyAdd(e, weight, dx[i]);
            }
            dx[labels[r]] = counter.subtract(dx[labels[r]], weight);
          }
        });
    return counter.divide(total, labels.length);
  }

  private Matrix parameter(String name) {
    return parameters.computeIfAbsent(
        name,
        n -> {
          int[] shape = tensors.shape(n);
          float[] values = tensors.get(n, shape);
          int rows = shape.length == 1 ? 1 : shape[0];
          Matrix matrix = new Matrix(rows, values.length / rows);
          each(matrix, (i, j) -> matrix.value()[i][j] = values[i * matrix.columns() + j]);
          return matrix;
        });
  }
}
