package dev.ordo.models.translation;

import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LayerNorm;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of one stack, packed for inference.
 *
 * @param embedding token embeddings, shape (V, d)
 * @param positions position embeddings, shape (positions, d); null where there are none or where
 *     they are {@link Sinusoids}
 * @param distances biases of relative positions, shape (buckets, heads); null for none
 * @param blocks the layers
 * @param finalNorm null for none
 */
record Weights(
    float[] embedding, float[] positions, float[] distances, List<Block> blocks, Norm finalNorm) {

  /** A normalisation of rows. */
  interface Norm {

    /** Normalises {@code rows} rows from {@code xOffset} of x into y, which may be x. */
    void apply(float[] x, int xOffset, int rows, float[] y, int yOffset);
  }

  /** One layer; {@code cross} is null in an encoder. */
  record Block(Attention self, Attention cross, FeedForward feedForward) {}

  /** Attention: a row of {@code keysValues} is a key, then a value. */
  record Attention(Norm norm, Linear queries, Linear keysValues, Linear output) {}

  /** A feed-forward part: a row of the expansion of a gated one is activation, then factor. */
  record FeedForward(Norm norm, Linear expansion, Linear contraction) {}

  /** Reads the tensors of an architecture by their names. */
  static final class Reader {

    private final Tensors tensors;
    private final Architecture architecture;
    private final int d;

    Reader(Tensors tensors, Architecture architecture) {
      this.tensors = tensors;
      this.architecture = architecture;
      d = architecture.width();
    }

    /**
     * Reads a stack.
     *
     * @throws IllegalArgumentException if a tensor is missing or has another shape
     */
    Weights stack(Architecture.Stack stack) {
      String positions = stack.positions();
      Architecture.Distances distances = stack.distances();
      List<Block> blocks = new ArrayList<>();
      for (Architecture.Layer layer : stack.layers()) {
        blocks.add(
            new Block(
                attention(layer.self(), stack.attentionWidth()),
                layer.cross() == null ? null : attention(layer.cross(), stack.attentionWidth()),
                feedForward(layer.maps(), stack.inner())));
      }
      return new Weights(
          tensors.get(stack.embedding(), architecture.vocabulary(), d),
          positions == null || !tensors.has(positions)
              ? null
              : tensors.get(positions, architecture.positions(), d),
          distances == null
              ? null
              : tensors.get(distances.name(), distances.buckets(), stack.heads()),
          blocks,
          stack.finalNorm() == null ? null : norm(stack.finalNorm(), 1));
    }

    /** Reads the norm after the decoder's last layer, with the scale of the output in its gain. */
    Norm outputNorm() {
      return norm(architecture.decoder().finalNorm(), architecture.outputScale());
    }

    /** Reads the head. */
    Linear head() {
      int vocabulary = architecture.vocabulary();
      String bias = architecture.headBias();
      return Linear.ofRows(
          tensors.get(architecture.head(), vocabulary, d),
          vocabulary,
          d,
          bias == null || !tensors.has(bias) ? null : tensors.get(bias, 1, vocabulary));
    }

    private Attention attention(Architecture.Attention names, int width) {
      return new Attention(
          norm(names.norm(), 1),
          map(List.of(names.queries()), d, width),
          map(List.of(names.keys(), names.values()), d, width),
          map(List.of(names.output()), width, d));
    }

    private FeedForward feedForward(Architecture.Maps names, int inner) {
      return new FeedForward(
          norm(names.norm(), 1),
          map(names.expansions(), d, inner),
          map(List.of(names.contraction()), inner, d));
    }

    private Norm norm(String name, float scale) {
      float[] gain = tensors.get(name + ".weight", d);
      for (int i = 0; i < d; i++) {
        gain[i] *= scale;
      }
      float epsilon = architecture.epsilon();
      return architecture.normAfter()
          ? new LayerNorm(gain, tensors.get(name + ".bias", d), epsilon)::apply
          : new RmsNorm(gain, epsilon)::apply;
    }

    /** Joins maps of the same rows into one, their outputs one after the other. */
    private Linear map(List<String> names, int in, int out) {
      // All are read first: sizes that they do not have must not cost memory.
      List<float[]> parts =
          names.stream().map(name -> tensors.get(name + ".weight", out, in)).toList();
      int outputs = Math.multiplyExact(names.size(), out);
      float[] weights = new float[Math.multiplyExact(outputs, in)];
      float[] biases = new float[outputs];
      for (int i = 0; i < names.size(); i++) {
        float[] weight = parts.get(i);
        System.arraycopy(weight, 0, weights, i * weight.length, weight.length);
        if (architecture.normAfter()) {
          System.arraycopy(tensors.get(names.get(i) + ".bias", out), 0, biases, i * out, out);
        }
      }
      return Linear.ofRows(weights, outputs, in, biases);
    }
  }
}
