package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.CausalConvolution;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import dev.ordo.models.kernel.SelectiveScan;
import dev.ordo.models.recurrent.RecurrentCost;
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
 * and K, and biases in in_proj and out_proj. Costs are those of the sizes above. The prefill is
 * sequential in the scan alone.
 *
 * <p><b>Operations.</b> A position costs in each layer 4d for the norm (squares and their sum 2d,
 * scaling d, weight d), 4dD for in_proj, 2KD for the convolution, 3D for SiLU (exp, + 1, /), 2D(R +
 * 2N) for x_proj, 2RD for dt_proj, 3D for softplus (exp, ln(1 + ·), +), D(7N + 2) for the scan (Δx
 * and D·x; in each state ΔA, exp, ΔxB, a multiply-add to h and one with C), 4D for the gate, 2dD
 * for out_proj and d for the residual addition:
 *
 * <pre>t = 5d + 6dD + D(2K + 4R + 11N + 12)</pre>
 *
 * <p>The last norm and the head cost h = 4d + 2dV. A prefill of L positions over M layers costs
 * M·t·L + h, a step M·t + h.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer d + 3dD +
 * D(K + 2R + 3N + 3), and d + dV of the last norm and the head; V logits; an embedding row a
 * position; in each layer the residual stream read and written, 2d a position; and the state, D(N +
 * K − 1) a layer, written by a prefill, read and written by a step.
 *
 * <p><b>Span.</b> Position t of layer l waits for t − 1 of l and t of l − 1: the longest chain over
 * L positions has L + M − 1 steps, of a single position M.
 */
public final class Mamba implements SequenceModel {

  private static final String OWN_HEAD = "lm_head.weight";

  /** The weights of one block. */
  record Block(
      RmsNorm norm,
      Linear input,
      Linear gate,
      CausalConvolution convolution,
      Linear selection,
      Linear step,
      SelectiveScan scan,
      Linear output) {}

  private final MambaSizes sizes;
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
    this(weights, MambaSizes.of(shape, !weights.has(OWN_HEAD)));
  }

  /**
   * Makes a model of any sizes.
   *
   * @param weights tensors under the names of the reference
   * @param sizes what fixes the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Mamba(Tensors weights, MambaSizes sizes) {
    this.sizes = sizes;
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
        new SelectiveScan(
            weights.get(mixer + "A_log", inner, states), weights.get(mixer + "D", inner)),
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
   * Returns what theory says a phase costs.
   *
   * @param shape the sizes
   */
  static Cost cost(ModelShape shape, Phase phase) {
    double d = shape.width();
    double inner = MambaWeights.EXPANSION * (double) shape.width();
    double layers = shape.layers();
    double states = shape.state();
    double rank = MambaWeights.rank(shape.width());
    double taps = MambaWeights.TAPS;
    double position =
        layers * (5 * d + 6 * d * inner + inner * (2 * taps + 4 * rank + 11 * states + 12));
    double last = 4 * d + 2 * d * shape.vocabulary();
    double weights =
        layers * (d + 3 * d * inner + inner * (taps + 2 * rank + 3 * states + 3))
            + d
            + d * shape.vocabulary();
    double fixed = weights + shape.vocabulary();
    double moved = d + 2 * layers * d;
    double state = layers * inner * (states + taps - 1);
    return new RecurrentCost(
            new Quantity(Order.LINEAR, length -> position * length + last),
            new Quantity(Order.LINEAR, length -> 4 * (fixed + moved * length + state)),
            new Quantity(Order.LINEAR, length -> length + layers - 1),
            position + last,
            4 * (fixed + moved + 2 * state),
            layers,
            4 * state)
        .of(phase);
  }

  /**
   * Opens a session; besides twice the state it allocates 2d + 4D + 2R + 2N floats for each token
   * of a chunk of at most {@value MambaSession#CHUNK}.
   */
  @Override
  public Session open(int capacity) {
    return new MambaSession(this, capacity);
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
