package dev.ordo.models.translation;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.Distances;
import dev.ordo.models.translation.Architecture.FeedForward;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Maps;
import dev.ordo.models.translation.Architecture.Stack;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * T5: an encoder-decoder with relative positions, root-mean-square norms before each part, scores
 * that are not divided by the square root of the head's width, and no biases.
 *
 * <p>Source: Raffel et al., <a href="https://arxiv.org/abs/1910.10683">Exploring the Limits of
 * Transfer Learning with a Unified Text-to-Text Transformer</a> (2020), section 2.1; gated
 * feed-forward parts as in Shazeer, <a href="https://arxiv.org/abs/2002.05202">GLU Variants Improve
 * Transformer</a> (2020); names, layouts and numbers as in Hugging Face's {@code
 * T5ForConditionalGeneration}. No dropout.
 */
public final class T5 {

  private static final String SHARED = "shared.weight";
  private static final String OWN_HEAD = "lm_head.weight";
  private static final String WEIGHT = ".weight";
  private static final String BUCKETS = "relative_attention_num_buckets";
  private static final String FARTHEST = "relative_attention_max_distance";
  private static final String PROJECTION = "feed_forward_proj";
  private static final String GATED = "gated-";
  private static final float EPSILON = 1e-6f;

  /** What the providers need. */
  static final TranslatorProvider.Family FAMILY =
      new TranslatorProvider.Family(
          "t5", T5::architecture, T5::random, T5::load, T5::training, T5::training);

  private T5() {}

  /** The sizes and options that name and shape the tensors. */
  private record Sizes(
      int d, int vocabulary, int heads, int headWidth, int inner, int buckets, int farthest) {
    Sizes {
      if ((long) heads * headWidth > Checkpoint.LARGEST_SIZE) {
        throw new IllegalArgumentException(
            "heads ("
                + heads
                + ") × their width ("
                + headWidth
                + ") must be at most "
                + Checkpoint.LARGEST_SIZE);
      }
    }
  }

  /**
   * Makes the model of a checkpoint of type {@code t5}.
   *
   * @param checkpoint configuration and weights
   * @param cached whether sessions keep keys and values of the target
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  public static EncoderDecoder load(Checkpoint checkpoint, boolean cached) throws IOException {
    Tensors weights = checkpoint.weights();
    Architecture architecture = architecture(checkpoint, weights);
    return new EncoderDecoder(architecture, architecture.shape(), weights, cached);
  }

  /**
   * Makes the training of a checkpoint of type {@code t5}.
   *
   * @param checkpoint configuration and weights
   * @throws IOException as {@link #load}
   * @throws IllegalArgumentException as {@link #load}
   */
  public static Training training(Checkpoint checkpoint) throws IOException {
    Tensors weights = checkpoint.weights();
    return new EncoderDecoderTraining(architecture(checkpoint, weights), weights);
  }

  /**
   * Makes a model with seeded random weights, as wide as the first T5: inner width 4d, ReLU, head
   * and embeddings one matrix.
   *
   * @param shape the sizes; encoder and decoder have as many layers each. State size is not used
   * @param seed the same seed gives the same weights on every JVM
   * @param cached whether sessions keep keys and values of the target
   */
  public static EncoderDecoder random(ModelShape shape, long seed, boolean cached) {
    return new EncoderDecoder(architecture(shape), shape, weights(shape, seed), cached);
  }

  /** Makes the training of the model that {@link #random} makes. */
  public static Training training(ModelShape shape, long seed) {
    return new EncoderDecoderTraining(architecture(shape), weights(shape, seed));
  }

  private static Architecture architecture(Checkpoint checkpoint, Tensors weights)
      throws IOException {
    checkpoint.require("is_encoder_decoder", true);
    int vocabulary = checkpoint.size("vocab_size");
    int d = checkpoint.size("d_model");
    int layers = Fields.layers(checkpoint, "num_layers");
    int buckets = Fields.within(checkpoint, BUCKETS, 32, 4, Checkpoint.LARGEST_SIZE);
    String projection = checkpoint.text(PROJECTION, "relu");
    boolean gated = projection.startsWith(GATED);
    String name = gated ? projection.substring(GATED.length()) : projection;
    // The first gated kind was named before there were two kinds of GELU.
    name = projection.equals("gated-gelu") ? "gelu_new" : name;
    boolean tied = checkpoint.flag("tie_word_embeddings", true);
    boolean scaled = checkpoint.flag("scale_decoder_outputs", tied);
    String embedding = embedding(weights);
    int padding = Fields.token(checkpoint, "pad_token_id", 0, vocabulary);
    Sizes sizes =
        new Sizes(
            d,
            vocabulary,
            checkpoint.size("num_heads"),
            checkpoint.size("d_kv"),
            checkpoint.size("d_ff"),
            buckets,
            // Distances up to half of the buckets have one each; the others need some to share.
            Fields.within(checkpoint, FARTHEST, 128, buckets / 2 + 1, Integer.MAX_VALUE));
    return architecture(
        sizes,
        layers,
        checkpoint.has("num_decoder_layers")
            ? Fields.layers(checkpoint, "num_decoder_layers")
            : layers,
        new FeedForward(Fields.activation(checkpoint, PROJECTION, name), gated),
        checkpoint.epsilon("layer_norm_epsilon", EPSILON),
        scaled,
        tied && !hasOtherHead(weights, embedding, vocabulary, d) ? embedding : OWN_HEAD,
        embedding,
        Fields.token(checkpoint, "decoder_start_token_id", padding, vocabulary),
        padding);
  }

  /** Returns what a model with random weights consists of. */
  static Architecture architecture(ModelShape shape) {
    int d = shape.width();
    int heads = shape.heads();
    Sizes sizes =
        new Sizes(d, shape.vocabulary(), heads, d / heads, Math.multiplyExact(4, d), 32, 128);
    return architecture(
        sizes,
        shape.layers(),
        shape.layers(),
        new FeedForward(Activation.RELU, false),
        EPSILON,
        true,
        SHARED,
        SHARED,
        0,
        0);
  }

  private static Architecture architecture(
      Sizes sizes,
      int encoderLayers,
      int decoderLayers,
      FeedForward feedForward,
      float epsilon,
      boolean scaled,
      String head,
      String embedding,
      int start,
      int padding) {
    return new Architecture(
        sizes.d(),
        sizes.vocabulary(),
        Integer.MAX_VALUE,
        stack("encoder", sizes, encoderLayers, feedForward.gated(), embedding),
        stack("decoder", sizes, decoderLayers, feedForward.gated(), embedding),
        feedForward,
        false,
        epsilon,
        1,
        scaled ? (float) (1 / Math.sqrt(sizes.d())) : 1,
        head,
        null,
        start,
        padding);
  }

  /**
   * Says whether a file whose head is tied has one that is not the embeddings under another name.
   */
  private static boolean hasOtherHead(Tensors weights, String embedding, int vocabulary, int d) {
    return weights.has(OWN_HEAD)
        && !Arrays.equals(
            weights.get(OWN_HEAD, vocabulary, d), weights.get(embedding, vocabulary, d));
  }

  /** Both stacks share their embeddings, which a file may hold under any of three names. */
  private static String embedding(Tensors weights) {
    return Stream.of(SHARED, "encoder.embed_tokens.weight", "decoder.embed_tokens.weight")
        .filter(weights::has)
        .findFirst()
        .orElse(SHARED);
  }

  private static Stack stack(
      String name, Sizes sizes, int layers, boolean gated, String embedding) {
    String first = name + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight";
    return new Stack(
        embedding,
        null,
        new Distances(first, sizes.buckets(), sizes.farthest()),
        IntStream.range(0, layers)
            .mapToObj(i -> layer(name + ".block." + i + ".layer.", gated, name.equals("decoder")))
            .toList(),
        name + ".final_layer_norm",
        sizes.heads(),
        sizes.headWidth(),
        sizes.inner(),
        1);
  }

  private static Layer layer(String name, boolean gated, boolean crossing) {
    int last = crossing ? 2 : 1;
    String maps = name + last + ".DenseReluDense.";
    return new Layer(
        attention(name + "0", ".SelfAttention."),
        crossing ? attention(name + "1", ".EncDecAttention.") : null,
        new Maps(
            name + last + ".layer_norm",
            gated ? List.of(maps + "wi_0", maps + "wi_1") : List.of(maps + "wi"),
            maps + "wo"));
  }

  private static Attention attention(String layer, String part) {
    String name = layer + part;
    return new Attention(layer + ".layer_norm", name + "q", name + "k", name + "v", name + "o");
  }

  /**
   * Draws weights as the reference does: deviations are such that every part of the sums keeps the
   * scale of its inputs, and scores need no division.
   */
  static Tensors weights(ModelShape shape, long seed) {
    Architecture architecture = architecture(shape);
    RandomTensors random = new RandomTensors(seed);
    random.normal(SHARED, 1, shape.vocabulary(), shape.width());
    for (Stack stack : List.of(architecture.encoder(), architecture.decoder())) {
      int d = shape.width();
      random.normal(
          stack.distances().name(), 1 / Math.sqrt(d), stack.distances().buckets(), stack.heads());
      for (Layer layer : stack.layers()) {
        attention(random, layer.self(), stack, d);
        if (layer.cross() != null) {
          attention(random, layer.cross(), stack, d);
        }
        Maps maps = layer.maps();
        random.constant(maps.norm() + WEIGHT, 1, d);
        random.normal(maps.expansions().get(0) + WEIGHT, 1 / Math.sqrt(d), stack.inner(), d);
        random.normal(maps.contraction() + WEIGHT, 1 / Math.sqrt(stack.inner()), d, stack.inner());
      }
      random.constant(stack.finalNorm() + WEIGHT, 1, d);
    }
    return random.build();
  }

  private static void attention(RandomTensors random, Attention part, Stack stack, int d) {
    int width = stack.attentionWidth();
    random.constant(part.norm() + WEIGHT, 1, d);
    random.normal(part.queries() + WEIGHT, 1 / Math.sqrt((double) d * stack.headWidth()), width, d);
    random.normal(part.keys() + WEIGHT, 1 / Math.sqrt(d), width, d);
    random.normal(part.values() + WEIGHT, 1 / Math.sqrt(d), width, d);
    random.normal(part.output() + WEIGHT, 1 / Math.sqrt(width), d, width);
  }
}
