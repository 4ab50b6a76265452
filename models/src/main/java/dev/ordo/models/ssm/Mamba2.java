package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.CausalConvolution;
import dev.ordo.models.kernel.Linear;
import dev.ordo.models.kernel.RmsNorm;
import dev.ordo.models.kernel.Ssd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mamba-2: blocks around a state space with one scalar decay a head, computed in chunks by matrix
 * products. Immutable.
 *
 * <p>Source: Dao and Gu, <a href="https://arxiv.org/abs/2405.21060">Transformers are SSMs:
 * Generalized Models and Efficient Algorithms Through Structured State Space Duality</a> (2024),
 * sections 6 and 7; names, layouts and numbers as in Hugging Face's {@code Mamba2ForCausalLM}. With
 * L tokens, width d, H heads of P channels, D = H·P, G groups of heads, N states, K taps and
 * vocabulary V:
 *
 * <pre>
 * h = embeddings[token]                                  (L, d)
 * for each block:
 *   z, xBC, r = in_proj(norm(h))                         (L, D), (L, D + 2GN), (L, H)
 *   x, B, C = silu(conv1d(xBC))                          (L, D), (L, GN), (L, GN)
 *   Δ = clamp(softplus(r + dt_bias))                     (L, H)
 *   y = ssd(x, Δ, −exp(A_log), B, C) + D·x               (L, D)
 *   h += out_proj(norm(y · silu(z)))                     (L, d)
 * logits = norm_f(h) · head                              (L, V); head is the embedding, or lm_head
 * </pre>
 *
 * <p>All norms are root-mean-square norms, the inner one over all D channels whatever G is. {@link
 * Mamba2Cost} says what it costs.
 */
public final class Mamba2 implements SequenceModel {

  /** The weights of one block. */
  record Block(
      RmsNorm norm,
      Linear gate,
      Linear input,
      Linear step,
      CausalConvolution convolution,
      Ssd ssd,
      RmsNorm gated,
      Linear output) {}

  private final Mamba2Sizes sizes;
  private final float[] embedding;
  private final List<Block> blocks;
  private final RmsNorm norm;
  private final Linear head;

  /**
   * Makes a model.
   *
   * @param weights tensors under the names of the reference
   * @param sizes what fixes the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Mamba2(Tensors weights, Mamba2Sizes sizes) {
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
    float[] rows = sizes.tied() ? embedding : weights.get("lm_head.weight", vocabulary, d);
    head = Linear.ofRows(rows, vocabulary, d, null);
  }

  private Block block(Tensors weights, String name) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int convolved = sizes.convolved();
    int heads = sizes.heads();
    int all = inner + convolved + heads;
    String mixer = name + "mixer.";
    float[] in = weights.get(mixer + "in_proj.weight", all, d);
    float[] inBias =
        sizes.projectionBias() ? weights.get(mixer + "in_proj.bias", all) : new float[all];
    float[] stepBias = weights.get(mixer + "dt_bias", heads);
    for (int h = 0; h < heads; h++) {
      inBias[inner + convolved + h] += stepBias[h];
    }
    return new Block(
        new RmsNorm(weights.get(name + "norm.weight", d), sizes.epsilon()),
        part(in, inBias, 0, inner, d),
        part(in, inBias, inner, convolved, d),
        part(in, inBias, inner + convolved, heads, d),
        new CausalConvolution(
            weights.get(mixer + "conv1d.weight", convolved, 1, sizes.taps()),
            sizes.convolutionBias()
                ? weights.get(mixer + "conv1d.bias", convolved)
                : new float[convolved]),
        sizes.operator(weights.get(mixer + "A_log", heads), weights.get(mixer + "D", heads)),
        new RmsNorm(weights.get(mixer + "norm.weight", inner), sizes.epsilon()),
        Linear.ofRows(
            weights.get(mixer + "out_proj.weight", d, inner),
            d,
            inner,
            sizes.projectionBias() ? weights.get(mixer + "out_proj.bias", d) : null));
  }

  /** Returns the map to the outputs {@code first …} of in_proj. */
  private static Linear part(float[] weight, float[] bias, int first, int count, int d) {
    return Linear.ofRows(
        Arrays.copyOfRange(weight, first * d, (first + count) * d),
        count,
        d,
        Arrays.copyOfRange(bias, first, first + count));
  }

  @Override
  public ModelShape shape() {
    return sizes.shape();
  }

  /** Opens a session; besides twice the state it allocates scratch memory for one chunk. */
  @Override
  public Session open(int capacity) {
    return new Mamba2Session(this, capacity);
  }

  Mamba2Sizes sizes() {
    return sizes;
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
