package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Llama: a decoder-only Transformer with rotary positions, RMS norms, a gated unit, and heads that
 * share keys and values in groups.
 *
 * <p>Source: Touvron et al., <a href="https://arxiv.org/abs/2302.13971">LLaMA: Open and Efficient
 * Foundation Language Models</a> (2023), section 2.2, with the grouped-query attention of Llama 2
 * (<a href="https://arxiv.org/abs/2307.09288">2023</a>, section 2.2); names, layouts and numbers as
 * in Hugging Face's {@code LlamaForCausalLM}. With L tokens, width d, H heads and G key-value heads
 * of width w, inner width m and vocabulary V:
 *
 * <pre>
 * x = embed_tokens[token]                                          (L, d)
 * for each block:
 *   n = input_layernorm(x)                                         (L, d)
 *   q, k, v = n · q_proj, n · k_proj, n · v_proj                   (L, Hw), (L, Gw), (L, Gw)
 *   x += attention(rope(q), rope(k), v) · o_proj                   (L, d)
 *   n = post_attention_layernorm(x)                                (L, d)
 *   x += (silu(n · gate_proj) ∘ (n · up_proj)) · down_proj         (L, d), through (L, m)
 * logits = norm(x) · head            (L, V); head is lm_head, or embed_tokens transposed
 * </pre>
 */
public final class Llama implements SequenceModel {

  /** The most positions that a session can take in, where its arrays allow. */
  public static final int MOST_POSITIONS = 1 << 20;

  /** Heads of values are padded to at most this many floats. */
  private static final int WIDEST_VECTOR = 64;

  /** The weights of one block. */
  record Block(
      RmsNorm attentionNorm,
      Linear queriesKeysValues,
      Linear attentionProjection,
      RmsNorm innerNorm,
      Linear gateAndUp,
      Linear down) {}

  private final LlamaSizes sizes;
  private final Variant variant;
  private final float[] embedding;
  private final List<Block> blocks = new ArrayList<>();
  private final RmsNorm finalNorm;
  private final Linear head;

  /**
   * Makes a model.
   *
   * @param weights tensors under the names of {@code LlamaForCausalLM}, with or without the leading
   *     {@code model.}; others are ignored
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Llama(Tensors weights, LlamaSizes sizes, Variant variant) {
    this.sizes = sizes;
    this.variant = variant;
    String prefix = LlamaWeights.prefix(weights);
    int d = sizes.shape().width();
    int vocabulary = sizes.shape().vocabulary();
    embedding = weights.get(prefix + LlamaWeights.EMBEDDING, vocabulary, d);
    for (int layer = 0; layer < sizes.shape().layers(); layer++) {
      blocks.add(block(weights, prefix + "layers." + layer + "."));
    }
    finalNorm = norm(weights, prefix + "norm");
    float[] rows = sizes.tied() ? embedding : weights.get(LlamaWeights.HEAD, vocabulary, d);
    head = Linear.ofRows(rows, vocabulary, d, null);
  }

  /**
   * Makes the model of a checkpoint of type {@code llama}.
   *
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says
   */
  static Llama load(Checkpoint checkpoint, Variant variant) throws IOException {
    LlamaSizes sizes = LlamaSizes.of(checkpoint);
    return new Llama(checkpoint.weights(), sizes, variant);
  }

  /**
   * Makes a model with seeded random weights and the sizes of {@link LlamaSizes#of(ModelShape)}.
   */
  static Llama random(ModelShape shape, long seed, Variant variant) {
    LlamaSizes sizes = LlamaSizes.of(shape);
    return new Llama(LlamaWeights.random(sizes, seed), sizes, variant);
  }

  private Block block(Tensors weights, String name) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    String attention = name + "self_attn.";
    boolean bias = sizes.attentionBias();
    String[] inputs = {attention + "q_proj", attention + "k_proj", attention + "v_proj"};
    int[] widths = {sizes.queryWidth(), sizes.keyWidth(), sizes.keyWidth()};
    String[] unit = {name + "mlp.gate_proj", name + "mlp.up_proj"};
    return new Block(
        norm(weights, name + "input_layernorm"),
        joined(weights, inputs, widths, d, bias),
        affine(weights, attention + "o_proj", sizes.queryWidth(), d, bias),
        norm(weights, name + "post_attention_layernorm"),
        joined(weights, unit, new int[] {inner, inner}, d, sizes.innerBias()),
        affine(weights, name + "mlp.down_proj", inner, d, sizes.innerBias()));
  }

  private RmsNorm norm(Tensors weights, String name) {
    return new RmsNorm(weights.get(name + ".weight", sizes.shape().width()), sizes.epsilon());
  }

  private static Linear affine(Tensors weights, String name, int in, int out, boolean bias) {
    return joined(weights, new String[] {name}, new int[] {out}, in, bias);
  }

  /** Joins affine maps of the same input into one, whose outputs follow each other. */
  private static Linear joined(
      Tensors weights, String[] names, int[] outs, int in, boolean biased) {
    long out = 0;
    for (int each : outs) {
      out += each;
    }
    if (out * in > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          weights.source() + ": '" + names[0] + "' and the like must have less than 2³¹ weights");
    }
    float[] rows = new float[(int) out * in];
    float[] bias = biased ? new float[(int) out] : null;
    int row = 0;
    for (int i = 0; i < names.length; i++) {
      float[] part = weights.get(names[i] + ".weight", outs[i], in);
      System.arraycopy(part, 0, rows, row * in, part.length);
      if (biased) {
        System.arraycopy(weights.get(names[i] + ".bias", outs[i]), 0, bias, row, outs[i]);
      }
      row += outs[i];
    }
    return Linear.ofRows(rows, (int) out, in, bias);
  }

  @Override
  public ModelShape shape() {
    return sizes.shape();
  }

  @Override
  public int positions() {
    int padded = (sizes.headWidth() + WIDEST_VECTOR - 1) / WIDEST_VECTOR * WIDEST_VECTOR;
    long widest = Math.max(sizes.shape().width(), (long) sizes.shape().heads() * padded);
    long fitting = (Integer.MAX_VALUE - 8) / widest - 2 * WIDEST_VECTOR;
    return variant.positions((int) Math.min(MOST_POSITIONS, fitting));
  }

  @Override
  public Session open(int capacity) {
    Variant.check(capacity, positions());
    return new LlamaSession(this, capacity, variant);
  }

  LlamaSizes sizes() {
    return sizes;
  }

  /** Returns the token embeddings, shape (V, d); not to be modified. */
  float[] embedding() {
    return embedding;
  }

  List<Block> blocks() {
    return blocks;
  }

  RmsNorm finalNorm() {
    return finalNorm;
  }

  Linear head() {
    return head;
  }
}
