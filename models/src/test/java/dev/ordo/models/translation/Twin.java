package dev.ordo.models.translation;

import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder-decoder in plain loops, position by position, that counts its operations; those of
 * activations are not counted.
 */
final class Twin {

  final Counter counter = new Counter();

  /** Weights of attention, shape (heads, keys), one for each call of an attention part so far. */
  final List<double[][]> attended = new ArrayList<>();

  private final Architecture architecture;
  private final Tensors tensors;
  private final int d;

  /** For each layer keys and values of the source, then of the target. */
  private final List<List<double[]>> crossKeys = new ArrayList<>();

  private final List<List<double[]>> crossValues = new ArrayList<>();
  private final List<List<double[]>> keys = new ArrayList<>();
  private final List<List<double[]>> values = new ArrayList<>();
  private int position;

  Twin(Architecture architecture, Tensors tensors) {
    this.architecture = architecture;
    this.tensors = tensors;
    d = architecture.width();
    forgetTarget();
  }

  /** Goes back to before the first position of the target. */
  void forgetTarget() {
    position = 0;
    keys.clear();
    values.clear();
    for (int layer = 0; layer < architecture.decoder().layers().size(); layer++) {
      keys.add(new ArrayList<>());
      values.add(new ArrayList<>());
    }
  }

  /** Reads a source and returns what the encoder makes of it. */
  List<double[]> read(int[] source) {
    Stack stack = architecture.encoder();
    List<double[]> x = new ArrayList<>();
    for (int i = 0; i < source.length; i++) {
      x.add(embedded(stack, source[i], i));
    }
    for (Layer layer : stack.layers()) {
      List<double[]> queries = new ArrayList<>();
      List<double[]> k = new ArrayList<>();
      List<double[]> v = new ArrayList<>();
      for (double[] row : x) {
        double[] normed = before(layer.self().norm(), row);
        queries.add(map(layer.self().queries(), normed));
        k.add(map(layer.self().keys(), normed));
        v.add(map(layer.self().values(), normed));
      }
      for (int i = 0; i < x.size(); i++) {
        double[] mixed = attended(stack, queries.get(i), i, k, v, true, true);
        x.set(i, mapped(layer, added(layer.self(), x.get(i), mixed)));
      }
    }
    if (stack.finalNorm() != null) {
      x.replaceAll(row -> norm(stack.finalNorm(), row));
    }
    crossKeys.clear();
    crossValues.clear();
    for (Layer layer : architecture.decoder().layers()) {
      List<double[]> k = new ArrayList<>();
      List<double[]> v = new ArrayList<>();
      for (double[] row : x) {
        k.add(map(layer.cross().keys(), row));
        v.add(map(layer.cross().values(), row));
      }
      crossKeys.add(k);
      crossValues.add(v);
    }
    return x;
  }

  /** Decodes one more position and returns what leaves the last layer. */
  double[] step(int token) {
    Stack stack = architecture.decoder();
    double[] x = embedded(stack, token, position);
    for (int i = 0; i < stack.layers().size(); i++) {
      Layer layer = stack.layers().get(i);
      double[] normed = before(layer.self().norm(), x);
      keys.get(i).add(map(layer.self().keys(), normed));
      values.get(i).add(map(layer.self().values(), normed));
      double[] query = map(layer.self().queries(), normed);
      double[] mixed = attended(stack, query, position, keys.get(i), values.get(i), true, false);
      x = added(layer.self(), x, mixed);
      double[] cross = map(layer.cross().queries(), before(layer.cross().norm(), x));
      mixed = attended(stack, cross, 0, crossKeys.get(i), crossValues.get(i), false, true);
      x = mapped(layer, added(layer.cross(), x, mixed));
    }
    position++;
    return x;
  }

  /** Returns the logits of what left the last layer. */
  double[] logits(double[] x) {
    double[] read = x;
    if (architecture.decoder().finalNorm() != null) {
      read = norm(architecture.decoder().finalNorm(), x);
      for (int j = 0; j < d; j++) {
        // The factor is part of the norm's gain.
        read[j] *= architecture.outputScale();
      }
    }
    return counter.affine(
        tensors.get(architecture.head(), architecture.vocabulary(), d), null, read);
  }

  private double[] embedded(Stack stack, int token, int at) {
    float[] table = tensors.get(stack.embedding(), architecture.vocabulary(), d);
    float[] positions = stack.positions() == null ? null : positions(stack.positions(), at);
    double[] x = new double[d];
    for (int j = 0; j < d; j++) {
      double value = table[token * d + j];
      x[j] =
          positions == null
              ? value
              : counter.multiplyAdd(value, architecture.embeddingScale(), positions[at * d + j]);
    }
    return x;
  }

  private float[] positions(String name, int at) {
    return tensors.has(name)
        ? tensors.get(name, architecture.positions(), d)
        : Sinusoids.rows(at + 1, d);
  }

  private double[] before(String norm, double[] x) {
    return architecture.normAfter() ? x : norm(norm, x);
  }

  private double[] added(Attention part, double[] x, double[] mixed) {
    return added(part.norm(), x, map(part.output(), mixed));
  }

  private double[] added(String norm, double[] x, double[] update) {
    double[] sum = new double[d];
    for (int j = 0; j < d; j++) {
      sum[j] = counter.add(x[j], update[j]);
    }
    return architecture.normAfter() ? norm(norm, sum) : sum;
  }

  private double[] mapped(Layer layer, double[] x) {
    double[] read = before(layer.maps().norm(), x);
    double[] hidden = map(layer.maps().expansions().get(0), read);
    for (int j = 0; j < hidden.length; j++) {
      hidden[j] = activated(hidden[j]);
    }
    if (architecture.feedForward().gated()) {
      double[] factors = map(layer.maps().expansions().get(1), read);
      for (int j = 0; j < hidden.length; j++) {
        hidden[j] = counter.multiply(hidden[j], factors[j]);
      }
    }
    return added(layer.maps().norm(), x, map(layer.maps().contraction(), hidden));
  }

  private double activated(double x) {
    switch (architecture.feedForward().activation()) {
      case RELU:
        return Math.max(0, x);
      case SILU:
        return x / (1 + Math.exp(-x));
      case GELU_TANH:
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      default:
        throw new IllegalStateException("no plain form of this activation");
    }
  }

  private double[] map(String name, double[] x) {
    int[] shape = tensors.shape(name + ".weight");
    float[] bias = architecture.normAfter() ? tensors.get(name + ".bias", shape[0]) : null;
    return counter.affine(tensors.get(name + ".weight", shape), bias, x);
  }

  private double[] norm(String name, double[] x) {
    float[] gain = tensors.get(name + ".weight", d);
    double[] centred = x;
    if (architecture.normAfter()) {
      double sum = 0;
      for (double value : x) {
        sum = counter.add(sum, value);
      }
      double mean = counter.divide(sum, d);
      centred = new double[d];
      for (int j = 0; j < d; j++) {
        centred[j] = counter.subtract(x[j], mean);
      }
    }
    double squares = 0;
    for (double value : centred) {
      squares = counter.multiplyAdd(value, value, squares);
    }
    double variance = counter.add(counter.divide(squares, d), architecture.epsilon());
    double inverse = counter.divide(1, counter.apply(Math::sqrt, variance));
    double[] y = new double[d];
    for (int j = 0; j < d; j++) {
      double normed = counter.multiply(centred[j], inverse);
      y[j] =
          architecture.normAfter()
              ? counter.multiplyAdd(normed, gain[j], tensors.get(name + ".bias", d)[j])
              : counter.multiply(normed, gain[j]);
    }
    return y;
  }

  private double[] attended(
      Stack stack,
      double[] query,
      int at,
      List<double[]> k,
      List<double[]> v,
      boolean near,
      boolean both) {
    int w = stack.headWidth();
    double[] y = new double[query.length];
    double[][] weights = new double[stack.heads()][];
    attended.add(weights);
    for (int h = 0; h < stack.heads(); h++) {
      double[] scores = new double[k.size()];
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < scores.length; i++) {
        double score = near && stack.distances() != null ? bias(stack, h, i - at, both) : 0;
        for (int j = h * w; j < (h + 1) * w; j++) {
          score = counter.multiplyAdd(query[j], k.get(i)[j], score);
        }
        scores[i] = score;
        largest = Math.max(largest, score);
      }
      double shift = counter.multiply(-largest, stack.scale());
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        double exponent = counter.multiplyAdd(scores[i], stack.scale(), shift);
        scores[i] = counter.apply(Math::exp, exponent);
        sum = counter.add(sum, scores[i]);
      }
      double inverse = counter.divide(1, sum);
      weights[h] = Arrays.stream(scores).map(score -> score * inverse).toArray();
      for (int j = h * w; j < (h + 1) * w; j++) {
        double mix = 0;
        for (int i = 0; i < scores.length; i++) {
          mix = counter.multiplyAdd(scores[i], v.get(i)[j], mix);
        }
        y[j] = counter.multiply(mix, inverse);
      }
    }
    return y;
  }

  private double bias(Stack stack, int head, int distance, boolean both) {
    int buckets = stack.distances().buckets();
    int bucket = RelativePositions.bucket(distance, both, buckets, stack.distances().farthest());
    return tensors
        .get(stack.distances().name(), buckets, stack.heads())[bucket * stack.heads() + head];
  }
}
