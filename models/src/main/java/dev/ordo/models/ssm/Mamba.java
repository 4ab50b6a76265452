package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.CausalConvolution;
import dev.ordo.models.kernel.ChunkedScan;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import dev.ordo.models.kernel.SelectiveScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mamba: blocks around a selective state space, with no attention and no separate inner network.
 * Immutable.
 *
 * <p>Source: Gu and Dao, <a href="https://arxiv.org/abs/2312.00752">Mamba: Linear-Time Sequence
 * Modeling with Selective State Spaces</a> (2023), algorithm 2 and section 3.4; names, layouts and
 * numbers as in Hugging Face's {@code MambaForCausalLM}. As there, and unlike equation 4 of the
 * paper, B is discretised by Euler's rule: B̄ = ΔB. With L tokens, width d, inner width D = 2d, N
 * states a channel, rank R = ⌈d/16⌉ of Δ, K = 4 taps and vocabulary V:
 *
 * <pre>
 * h = embeddings[token]                              (L, d)
 * for each block:
 *   x, z = in_proj(norm(h))                          (L, D) each
 *   x = silu(conv1d(x))                              (L, D), causal, each channel alone
 *   r, B, C = x_proj(x)                              (L, R), (L, N), (L, N)
 *   Δ = softplus(dt_proj(r))                         (L, D)
 *   y = scan(x, Δ, −exp(A_log), B, C) + D·x          (L, D)
 *   h += out_proj(y · silu(z))                       (L, d)
 * logits = norm_f(h) · head                          (L, V); head is the embedding, or lm_head
 * </pre>
 *
 * <p>The projections in_proj, x_proj and out_proj have no bias; a checkpoint may have other D, R
 * and K, and biases in in_proj and out_proj. A prefill scans one step after the other, or in chunks
 * that do not wait for each other ({@link ChunkedScan}). {@link MambaCost} says what it costs.
 */
public final class Mamba implements SequenceModel {

  private static final String OWN_HEAD = "lm_head.weight";

  /** The weights of one block; {@code chunked} is null where a prefill is sequential. */
  record Block(
      RmsNorm norm,
      Linear input,
      Linear gate,
      CausalConvolution convolution,
      Linear selection,
      Linear step,
      SelectiveScan scan,
      ChunkedScan chunked,
      Linear output) {}

  private final MambaSizes sizes;
  private final boolean chunked;
  private final float[] embedding;
  private final List<Block> blocks;
  private final RmsNorm norm;
  private final Linear head;

  /**
   * Makes a model.
   *
   * @param weights tensors under the names of the reference; without {@code lm_head.weight}, the
   *     head is the embedding
   * @param shape d, M, N and V, which fix the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  public Mamba(Tensors weights, ModelShape shape) {
    this(weights, MambaSizes.of(shape, !weights.has(OWN_HEAD)), false);
  }

  /**
   * Makes a model of any sizes.
   *
   * @param weights tensors under the names of the reference
   * @param sizes what fixes the shapes of the tensors
   * @param chunked whether a prefill scans in chunks
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Mamba(Tensors weights, MambaSizes sizes, boolean chunked) {
    this.sizes = sizes;
    this.chunked = chunked;
    ModelShape shape = sizes.shape();
    int d = shape.width();
    int vocabulary = shape.vocabulary();
    embedding = weights.get("backbone.embeddings.weight", vocabulary, d);
    List<Block> read = new ArrayList<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      read.add(block(weights, "backbone.layers." + layer + "."));
    }
    blocks = List.copyOf(read);
    norm = new RmsNorm(weights.get("backbone.norm_f.weight", d), sizes.epsilon());
    float[] rows = sizes.tied() ? embedding : weights.get(OWN_HEAD, vocabulary, d);
    head = Linear.ofRows(rows, vocabulary, d, null);
  }

  private Block block(Tensors weights, String name) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int states = sizes.shape().state();
    int rank = sizes.rank();
    String mixer = name + "mixer.";
    float[] in = weights.get(mixer + "in_proj.weight", 2 * inner, d);
    float[] inBias = sizes.projectionBias() ? weights.get(mixer + "in_proj.bias", 2 * inner) : null;
    float[] logA = weights.get(mixer + "A_log", inner, states);
    float[] skip = weights.get(mixer + "D", inner);
    return new Block(
        new RmsNorm(weights.get(name + "norm.weight", d), sizes.epsilon()),
        half(in, inBias, 0, inner, d),
        half(in, inBias, inner, inner, d),
        new CausalConvolution(
            weights.get(mixer + "conv1d.weight", inner, 1, sizes.taps()),
            sizes.convolutionBias() ? weights.get(mixer + "conv1d.bias", inner) : new float[inner]),
        Linear.ofRows(
            weights.get(mixer + "x_proj.weight", rank + 2 * states, inner),
            rank + 2 * states,
            inner,
            null),
        Linear.ofRows(
            weights.get(mixer + "dt_proj.weight", inner, rank),
            inner,
            rank,
            weights.get(mixer + "dt_proj.bias", inner)),
        new SelectiveScan(logA, skip),
        chunked ? new ChunkedScan(logA, skip) : null,
        Linear.ofRows(
            weights.get(mixer + "out_proj.weight", d, inner),
            d,
            inner,
            sizes.projectionBias() ? weights.get(mixer + "out_proj.bias", d) : null));
  }

  /** Returns the rows {@code first …} of in_proj that make x, or z. */
  private static Linear half(float[] weight, float[] bias, int first, int inner, int d) {
    return Linear.ofRows(
        Arrays.copyOfRange(weight, first * d, (first + inner) * d),
        inner,
        d,
        bias == null ? null : Arrays.copyOfRange(bias, first, first + inner));
  }

  @Override
  public ModelShape shape() {
    return sizes.shape();
  }

  /**
   * Opens a session; besides twice the state it allocates 2d + 4D + 2R + 2N floats for each token
   * of a chunk of at most {@value MambaSession#CHUNK}.
   */
  @Override
  public Session open(int capacity) {
    return new MambaSession(this, capacity);
  }

  boolean chunked() {
    return chunked;
  }

  /** Returns D. */
  int inner() {
    return sizes.inner();
  }

  /** Returns R. */
  int rank() {
    return sizes.rank();
  }

  float[] embedding() {
    return embedding;
  }

  List<Block> blocks() {
    return blocks;
  }

  RmsNorm norm() {
    return norm;
  }

  Linear head() {
    return head;
  }
}
