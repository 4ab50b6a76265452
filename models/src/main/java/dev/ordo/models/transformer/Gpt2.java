package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.LayerNorm;
import dev.ordo.models.kernel.Linear;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2: a decoder-only Transformer with learned positions and the norm before each part of a
 * block.
 *
 * <p>Source: Radford et al., <a
 * href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf">Language
 * Models are Unsupervised Multitask Learners</a> (2019), section 2.3; names, layouts and numbers as
 * in Hugging Face's {@code GPT2LMHeadModel}. With L tokens, width d and vocabulary V:
 *
 * <pre>
 * x = wte[token] + wpe[position]                     (L, d)
 * for each block:
 *   q, k, v = ln_1(x) · c_attn                       (L, 3d) = (L, 3, heads, d / heads)
 *   x += attention(q, k, v) · c_proj                 (L, d)
 *   x += gelu_new(ln_2(x) · c_fc) · c_proj           (L, d), through (L, 4d)
 * logits = ln_f(x) · head                            (L, V); head is wte transposed, or lm_head
 * </pre>
 *
 * <p>The model comes in two kinds with equal results. With a cache, a session keeps each layer's
 * keys and values, and a step computes one position. Without, it keeps only the token ids, and a
 * step computes every position in every layer anew; the head alone is left to the last position.
 * Either may attend by tiles or by a matrix of all scores.
 */
public final class Gpt2 implements SequenceModel {

  /** The most positions that a model with random weights can read, where its arrays allow. */
  public static final int MOST_RANDOM_POSITIONS = 1 << 20;

  static final String POSITIONS = "transformer.wpe.weight";

  private static final float EPSILON = 1e-5f;
  static final String OWN_HEAD = "lm_head.weight";

  /** The weights of one block. */
  record Block(
      LayerNorm attentionNorm,
      Linear queriesKeysValues,
      Linear attentionProjection,
      LayerNorm innerNorm,
      Linear expansion,
      Linear innerProjection) {}

  private final ModelShape shape;
  private final Variant variant;
  private final float[] embedding;
  private final Positions positions;
  private final List<Block> blocks;
  private final LayerNorm finalNorm;
  private final Linear head;

  private Gpt2(
      Tensors weights,
      ModelShape shape,
      Positions positions,
      Variant variant,
      float epsilon,
      boolean tied) {
    this.shape = shape;
    this.positions = positions;
    this.variant = variant;
    String prefix = prefix(weights);
    int d = shape.width();
    embedding = weights.get(prefix + "wte.weight", shape.vocabulary(), d);
    blocks = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      blocks.add(block(weights, prefix + "h." + layer + ".", d, epsilon));
    }
    finalNorm = norm(weights, prefix + "ln_f", d, epsilon);
    float[] headRows = tied ? embedding : weights.get(OWN_HEAD, shape.vocabulary(), d);
    head = Linear.ofRows(headRows, shape.vocabulary(), d, null);
  }

  /**
   * Makes a model of a checkpoint's weights. State size is not used.
   *
   * @param weights tensors under the names of {@code GPT2LMHeadModel}, with or without the leading
   *     {@code transformer.}; others are ignored
   * @param shape the sizes; the inner width and the number of positions are those of the tensors
   * @param cached whether sessions keep keys and values
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public static Gpt2 load(Tensors weights, ModelShape shape, boolean cached) {
    String name = prefix(weights) + "wpe.weight";
    int rows = weights.shape(name)[0];
    float[] table = weights.get(name, rows, shape.width());
    Positions positions = Positions.of(table, shape.width());
    return new Gpt2(
        weights, shape, positions, Variant.tiled(cached), EPSILON, !weights.has(OWN_HEAD));
  }

  /**
   * Makes the model of a checkpoint of type {@code gpt2}.
   *
   * @param checkpoint configuration and weights
   * @param cached whether sessions keep keys and values
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  public static Gpt2 load(Checkpoint checkpoint, boolean cached) throws IOException {
    return load(checkpoint, Variant.tiled(cached));
  }

  static Gpt2 load(Checkpoint checkpoint, Variant variant) throws IOException {
    Configuration read = configuration(checkpoint);
    return new Gpt2(
        read.weights(),
        read.shape(),
        Positions.of(read.positions(), read.shape().width()),
        variant,
        read.epsilon(),
        read.tied());
  }

  /**
   * Makes the training of a checkpoint of type {@code gpt2}.
   *
   * @param checkpoint configuration and weights
   * @throws IOException as {@link #load(Checkpoint, boolean)}
   * @throws IllegalArgumentException as {@link #load(Checkpoint, boolean)}
   */
  public static Training training(Checkpoint checkpoint) throws IOException {
    return training(checkpoint, Variant.RECOMPUTED);
  }

  static Training training(Checkpoint checkpoint, Variant variant) throws IOException {
    Configuration read = configuration(checkpoint);
    return new Gpt2Training(
        new Parameters(read.weights()),
        read.shape(),
        variant.attention(),
        prefix(read.weights()),
        read.epsilon(),
        read.tied());
  }

  /**
   * Makes the training of the model that {@link #random} makes.
   *
   * @param shape the sizes
   * @param seed the same seed gives the same weights
   * @param length the number of position embeddings, all of them parameters
   */
  public static Training training(ModelShape shape, long seed, int length) {
    return training(shape, seed, length, Variant.RECOMPUTED);
  }

  static Training training(ModelShape shape, long seed, int length, Variant variant) {
    Positions positions = Positions.random(shape.width(), seed);
    if (length < 1 || length > positions.limit()) {
      throw new IllegalArgumentException(
          "length (" + length + ") must be in 1.." + positions.limit() + ", the model's positions");
    }
    Tensors weights = Gpt2Weights.random(shape, seed, positions.first(length));
    return new Gpt2Training(
        new Parameters(weights), shape, variant.attention(), prefix(weights), EPSILON, true);
  }

  /** What a checkpoint says of a model. */
  private record Configuration(
      Tensors weights, ModelShape shape, float[] positions, float epsilon, boolean tied) {}

  private static Configuration configuration(Checkpoint checkpoint) throws IOException {
    // gelu_new is also known as gelu_pytorch_tanh; both are the same formula.
    checkpoint.require("activation_function", "gelu_new", "gelu_pytorch_tanh");
    checkpoint.require("scale_attn_weights", true);
    checkpoint.require("scale_attn_by_inverse_layer_idx", false);
    checkpoint.require("add_cross_attention", false);
    int d = checkpoint.size("n_embd");
    ModelShape shape =
        new ModelShape(
            d,
            checkpoint.size("n_layer"),
            checkpoint.size("n_head"),
            ModelShape.DEFAULT.state(),
            checkpoint.size("vocab_size"));
    int inner = checkpoint.size("n_inner", Math.multiplyExact(4, d));
    Tensors weights = checkpoint.weights();
    String prefix = prefix(weights);
    weights.get(prefix + "h.0.mlp.c_fc.weight", d, inner);
    return new Configuration(
        weights,
        shape,
        weights.get(prefix + "wpe.weight", checkpoint.size("n_positions"), d),
        checkpoint.epsilon("layer_norm_epsilon", EPSILON),
        checkpoint.flag("tie_word_embeddings", true));
  }

  /**
   * Makes a model with seeded random weights, for up to {@link #MOST_RANDOM_POSITIONS} positions.
   * Position embeddings are made when a session is opened, for its capacity; the first rows are the
   * same at every capacity.
   *
   * @param shape the sizes; the inner width is 4d
   * @param seed the same seed gives the same weights on every JVM
   * @param cached whether sessions keep keys and values
   */
  public static Gpt2 random(ModelShape shape, long seed, boolean cached) {
    return random(shape, seed, Variant.tiled(cached));
  }

  static Gpt2 random(ModelShape shape, long seed, Variant variant) {
    return new Gpt2(
        Gpt2Weights.random(shape, seed),
        shape,
        Positions.random(shape.width(), seed),
        variant,
        EPSILON,
        true);
  }

  private static String prefix(Tensors weights) {
    return weights.has("wte.weight") ? "" : "transformer.";
  }

  private static Block block(Tensors weights, String name, int d, float epsilon) {
    int[] expansion = weights.shape(name + "mlp.c_fc.weight");
    int inner = expansion[expansion.length - 1];
    return new Block(
        norm(weights, name + "ln_1", d, epsilon),
        affine(weights, name + "attn.c_attn", d, 3 * d),
        affine(weights, name + "attn.c_proj", d, d),
        norm(weights, name + "ln_2", d, epsilon),
        affine(weights, name + "mlp.c_fc", d, inner),
        affine(weights, name + "mlp.c_proj", inner, d));
  }

  private static LayerNorm norm(Tensors weights, String name, int d, float epsilon) {
    return new LayerNorm(weights.get(name + ".weight", d), weights.get(name + ".bias", d), epsilon);
  }

  private static Linear affine(Tensors weights, String name, int in, int out) {
    return Linear.ofColumns(
        weights.get(name + ".weight", in, out), in, out, weights.get(name + ".bias", out));
  }

  @Override
  public ModelShape shape() {
    return shape;
  }

  @Override
  public int positions() {
    return variant.positions(positions.limit());
  }

  @Override
  public Session open(int capacity) {
    Variant.check(capacity, positions());
    return new Gpt2Session(this, capacity, variant);
  }

  int inner() {
    return blocks.get(0).expansion().out();
  }

  /** Returns the token embeddings, shape (V, d); not to be modified. */
  float[] embedding() {
    return embedding;
  }

  Positions positionRows() {
    return positions;
  }

  List<Block> blocks() {
    return blocks;
  }

  LayerNorm finalNorm() {
    return finalNorm;
  }

  Linear head() {
    return head;
  }
}
