package dev.ordo.models.translation;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.translation.Architecture.Attention;
import dev.ordo.models.translation.Architecture.FeedForward;
import dev.ordo.models.translation.Architecture.Layer;
import dev.ordo.models.translation.Architecture.Maps;
import dev.ordo.models.translation.Architecture.Stack;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Marian: the encoder-decoder of Vaswani et al., <a href="https://arxiv.org/abs/1706.03762">
 * Attention Is All You Need</a> (2017), section 3, with layer norms after each part, {@link
 * Sinusoids} as positions, a bias in every map, and one more for the logits.
 *
 * <p>Names, layouts and numbers as in Hugging Face's {@code MarianMTModel}; the translators of
 * Tiedemann and Thottingal, <a href="https://aclanthology.org/2020.eamt-1.61/">OPUS-MT</a> (2020),
 * are of this kind. No dropout.
 */
public final class Marian {

  /** The most positions of a model with random weights, where its arrays allow. */
  public static final int MOST_RANDOM_POSITIONS = 1 << 20;

  private static final String SHARED = "model.shared.weight";
  private static final String OWN_HEAD = "lm_head.weight";
  private static final String HEAD_BIAS = "final_logits_bias";
  private static final float EPSILON = 1e-5f;
  private static final double DEVIATION = 0.02;

  /** What the providers need. */
  static final TranslatorProvider.Family FAMILY =
      new TranslatorProvider.Family(
          "marian",
          Marian::architecture,
          Marian::random,
          Marian::load,
          Marian::training,
          Marian::training);

  private Marian() {}

  /**
   * Makes the model of a checkpoint of type {@code marian}.
   *
   * @param checkpoint configuration and weights
   * @param cached whether sessions keep keys and values of the target
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  public static EncoderDecoder load(Checkpoint checkpoint, boolean cached) throws IOException {
    Architecture architecture = architecture(checkpoint);
    return new EncoderDecoder(architecture, architecture.shape(), checkpoint.weights(), cached);
  }

  /**
   * Makes the training of a checkpoint of type {@code marian}. Positions and the bias of the logits
   * are no parameters.
   *
   * @param checkpoint configuration and weights
   * @throws IOException as {@link #load}
   * @throws IllegalArgumentException as {@link #load}
   */
  public static Training training(Checkpoint checkpoint) throws IOException {
    return new EncoderDecoderTraining(architecture(checkpoint), checkpoint.weights());
  }

  /**
   * Makes a model with seeded random weights: inner width 4d, ReLU, head and embeddings one matrix.
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

  private static Architecture architecture(Checkpoint checkpoint) throws IOException {
    checkpoint.require("is_encoder_decoder", true);
    // Configurations of older conversions name what the reference never does.
    checkpoint.require("normalize_before", false);
    checkpoint.require("normalize_embedding", false);
    checkpoint.require("add_final_layer_norm", false);
    checkpoint.require("static_position_embeddings", true);
    int d = checkpoint.size("d_model");
    int vocabulary = checkpoint.size("vocab_size");
    boolean shared = checkpoint.flag("share_encoder_decoder_embeddings", true);
    if (checkpoint.size("decoder_vocab_size", vocabulary) != vocabulary) {
      throw checkpoint.refusal(
          "decoder_vocab_size", vocabulary + " as vocab_size, the one kind that is implemented");
    }
    String source = shared ? SHARED : "model.encoder.embed_tokens.weight";
    String target = shared ? SHARED : "model.decoder.embed_tokens.weight";
    int padding = Fields.token(checkpoint, "pad_token_id", vocabulary - 1, vocabulary);
    return new Architecture(
        d,
        vocabulary,
        checkpoint.size("max_position_embeddings"),
        stack(checkpoint, "encoder", source, d),
        stack(checkpoint, "decoder", target, d),
        feedForward(checkpoint),
        true,
        EPSILON,
        checkpoint.flag("scale_embedding", false) ? (float) Math.sqrt(d) : 1,
        1,
        checkpoint.flag("tie_word_embeddings", true) ? target : OWN_HEAD,
        HEAD_BIAS,
        Fields.token(checkpoint, "decoder_start_token_id", padding, vocabulary),
        padding);
  }

  private static FeedForward feedForward(Checkpoint checkpoint) throws IOException {
    String field = "activation_function";
    String name = checkpoint.text(field, "gelu");
    return new FeedForward(Fields.activation(checkpoint, field, name), false);
  }

  private static Stack stack(Checkpoint checkpoint, String name, String embedding, int d)
      throws IOException {
    String field = name + "_attention_heads";
    int heads = checkpoint.size(field);
    if (d % heads != 0) {
      throw checkpoint.refusal(field, "a divisor of d_model (" + d + ")");
    }
    return stack(
        name,
        embedding,
        Fields.layers(checkpoint, name + "_layers"),
        heads,
        d / heads,
        checkpoint.size(name + "_ffn_dim"));
  }

  /** Returns what a model with random weights consists of. */
  static Architecture architecture(ModelShape shape) {
    int d = shape.width();
    int heads = shape.heads();
    int inner = Math.multiplyExact(4, d);
    return new Architecture(
        d,
        shape.vocabulary(),
        Math.min(MOST_RANDOM_POSITIONS, (Integer.MAX_VALUE - 8) / d),
        stack("encoder", SHARED, shape.layers(), heads, d / heads, inner),
        stack("decoder", SHARED, shape.layers(), heads, d / heads, inner),
        new FeedForward(Activation.RELU, false),
        true,
        EPSILON,
        (float) Math.sqrt(d),
        1,
        SHARED,
        HEAD_BIAS,
        0,
        0);
  }

  private static Stack stack(
      String name, String embedding, int layers, int heads, int headWidth, int inner) {
    String prefix = "model." + name + ".";
    return new Stack(
        embedding,
        prefix + "embed_positions.weight",
        null,
        IntStream.range(0, layers)
            .mapToObj(i -> layer(prefix + "layers." + i + ".", name.equals("decoder")))
            .toList(),
        null,
        heads,
        headWidth,
        inner,
        (float) (1 / Math.sqrt(headWidth)));
  }

  private static Layer layer(String name, boolean crossing) {
    return new Layer(
        attention(name + "self_attn"),
        crossing ? attention(name + "encoder_attn") : null,
        new Maps(name + "final_layer_norm", List.of(name + "fc1"), name + "fc2"));
  }

  private static Attention attention(String name) {
    return new Attention(
        name + "_layer_norm",
        name + ".q_proj",
        name + ".k_proj",
        name + ".v_proj",
        name + ".out_proj");
  }

  /** Draws weights as the reference does: normal with deviation 0.02, gains 1, biases 0. */
  static Tensors weights(ModelShape shape, long seed) {
    Architecture architecture = architecture(shape);
    int d = shape.width();
    RandomTensors random = new RandomTensors(seed);
    random.normal(SHARED, DEVIATION, shape.vocabulary(), d);
    for (Stack stack : List.of(architecture.encoder(), architecture.decoder())) {
      for (Layer layer : stack.layers()) {
        attention(random, layer.self(), d);
        if (layer.cross() != null) {
          attention(random, layer.cross(), d);
        }
        norm(random, layer.maps().norm(), d);
        map(random, layer.maps().expansions().get(0), d, stack.inner());
        map(random, layer.maps().contraction(), stack.inner(), d);
      }
    }
    return random.build();
  }

  private static void attention(RandomTensors random, Attention part, int d) {
    norm(random, part.norm(), d);
    for (String name : List.of(part.queries(), part.keys(), part.values(), part.output())) {
      map(random, name, d, d);
    }
  }

  private static void norm(RandomTensors random, String name, int d) {
    random.constant(name + ".weight", 1, d).constant(name + ".bias", 0, d);
  }

  private static void map(RandomTensors random, String name, int in, int out) {
    random.normal(name + ".weight", DEVIATION, out, in).constant(name + ".bias", 0, out);
  }
}
