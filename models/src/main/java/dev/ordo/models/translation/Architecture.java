package dev.ordo.models.translation;

import dev.ordo.models.ModelShape;
import java.math.BigInteger;
import java.util.List;

/**
 * What an encoder-decoder consists of: its sizes, its options, and the names that the reference
 * gives its tensors. Names of maps and norms are without {@code .weight} and {@code .bias}.
 *
 * @param width d, the width of the residual streams
 * @param vocabulary V, of source and target alike
 * @param positions the most positions of a stack; as many as fit an int where nothing limits them
 * @param encoder what reads the source
 * @param decoder what writes the target
 * @param feedForward of all layers
 * @param normAfter true: as in Vaswani et al. (2017), layer norms after each addition to the
 *     residual stream, position embeddings, and a bias in every map; false: as in Raffel et al.
 *     (2020), root-mean-square norms before each part and after the last layer, relative positions,
 *     and no bias
 * @param epsilon ε of the norms
 * @param embeddingScale the factor of token embeddings
 * @param outputScale the factor of what the head reads
 * @param head the matrix of the head, (V, d)
 * @param headBias added to the logits, (1, V); null for none
 * @param start the token that every target starts with
 * @param padding the token that stands in a target for one that does not count
 */
record Architecture(
    int width,
    int vocabulary,
    int positions,
    Stack encoder,
    Stack decoder,
    FeedForward feedForward,
    boolean normAfter,
    float epsilon,
    float embeddingScale,
    float outputScale,
    String head,
    String headBias,
    int start,
    int padding) {

  /**
   * Layers on top of each other.
   *
   * @param embedding the token embeddings, (V, d)
   * @param positions position embeddings, (positions, d); null for none
   * @param distances biases of relative positions, (buckets, heads); null for none
   * @param layers the layers, the lowest first
   * @param finalNorm a norm after the last layer; null for none
   * @param heads H
   * @param headWidth w
   * @param inner f, the width of the feed-forward parts
   * @param scale the factor of attention scores
   */
  record Stack(
      String embedding,
      String positions,
      Distances distances,
      List<Layer> layers,
      String finalNorm,
      int heads,
      int headWidth,
      int inner,
      float scale) {

    /** Returns H·w, the width of all heads together. */
    int attentionWidth() {
      return heads * headWidth;
    }
  }

  /**
   * A bias for how far apart query and key are; see {@link RelativePositions}.
   *
   * @param name of the tensor, (buckets, heads)
   * @param buckets into how many buckets distances fall
   * @param farthest from which distance on they all fall into the last
   */
  record Distances(String name, int buckets, int farthest) {}

  /**
   * The parts of one layer.
   *
   * @param self attention to the stack's own positions
   * @param cross attention to the source; null in an encoder
   * @param maps the feed-forward part
   */
  record Layer(Attention self, Attention cross, Maps maps) {}

  /** The names of an attention part: its norm and its four maps. */
  record Attention(String norm, String queries, String keys, String values, String output) {}

  /** The names of a feed-forward part: its norm, its one or two first maps, and its last. */
  record Maps(String norm, List<String> expansions, String contraction) {}

  /**
   * How a feed-forward part computes.
   *
   * @param activation applied to the first of the first maps
   * @param gated whether a second map of the same size is multiplied with that
   */
  record FeedForward(Activation activation, boolean gated) {}

  /**
   * Returns the sizes as a model's shape: the layers of the decoder, and as heads the largest
   * common divisor of the decoder's heads and the width, for heads need not divide the width here.
   */
  ModelShape shape() {
    int heads = BigInteger.valueOf(width).gcd(BigInteger.valueOf(decoder.heads())).intValueExact();
    return new ModelShape(
        width, decoder.layers().size(), heads, ModelShape.DEFAULT.state(), vocabulary);
  }
}
