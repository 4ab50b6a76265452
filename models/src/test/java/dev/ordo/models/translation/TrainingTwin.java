package dev.ordo.models.translation;

import dev.ordo.models.CountedTape;
import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Stack;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A training step of an encoder-decoder in plain loops that counts its operations; one source, one
 * target, ReLU and two maps in the feed-forward part only.
 */
final class TrainingTwin {

  final Counter counter = new Counter();
  private final CountedTape tape;
  private final Architecture architecture;

  TrainingTwin(Architecture architecture, Tensors tensors) {
    this.architecture = architecture;
    tape = new CountedTape(tensors, counter);
  }

  /** Returns the gradient of a parameter, row-major. */
  double[] gradient(String name) {
    return Arrays.stream(tape.parameter(name).gradient()).flatMapToDouble(Arrays::stream).toArray();
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
    Matrix logits = tape.affine(x, tape.parameter(architecture.head()), null);
    double loss = tape.crossEntropy(logits, labels);
    tape.backward();
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
    int frozen = architecture.normAfter() ? architecture.padding() : -1;
    Matrix y = tape.embedded(tape.parameter(stack.embedding()), tokens, frozen);
    if (stack.positions() == null) {
      return y;
    }
    int d = architecture.width();
    float[] rows = Sinusoids.rows(tokens.length, d);
    Matrix x = scaled(y, architecture.embeddingScale());
    for (int i = 0; i < tokens.length; i++) {
      for (int j = 0; j < d; j++) {
        x.value()[i][j] = counter.add(x.value()[i][j], rows[i * d + j]);
      }
    }
    return x;
  }

  private Matrix scaled(Matrix x, double factor) {
    Matrix y = new Matrix(x.rows(), x.columns());
    each(y, (i, j) -> y.value()[i][j] = counter.multiply(factor, x.value()[i][j]));
    tape.record(
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
    tape.record(
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
    Matrix y = tape.added(x, update);
    return architecture.normAfter() ? norm(norm, y) : y;
  }

  private Matrix before(String norm, Matrix x) {
    return architecture.normAfter() ? x : norm(norm, x);
  }

  private Matrix map(String name, Matrix x) {
    Matrix bias = architecture.normAfter() ? tape.parameter(name + ".bias") : null;
    return tape.affine(x, tape.parameter(name + ".weight"), bias);
  }

  private Matrix norm(String name, Matrix x) {
    Matrix bias = architecture.normAfter() ? tape.parameter(name + ".bias") : null;
    return tape.norm(x, tape.parameter(name + ".weight"), bias, architecture.epsilon());
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
        tape.record(query::backward);
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
          Matrix table = tape.parameter(s.distances().name());
          Matrix y = new Matrix(s.heads(), 2 * reach - 1);
          int[] of = RelativePositions.buckets(reach, both, buckets, s.distances().farthest());
          each(y, (h, i) -> y.value()[h][i] = table.value()[of[i]][h]);
          tape.record(
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
}
