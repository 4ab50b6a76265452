package dev.ordo.models.transformer;

import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.CausalAttention;
import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Embedding;
import dev.ordo.models.autograd.GatedUnit;
import dev.ordo.models.autograd.LanguageTraining;
import dev.ordo.models.autograd.Normalise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Rotary;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.Rope;

/** The training of {@link Llama}, whose formulas it follows; no dropout. */
final class LlamaTraining extends LanguageTraining {

  private final Parameters parameters;
  private final LlamaSizes sizes;
  private final Attention.Kind attention;
  private final String prefix;
  private final Tensor embedding;
  private final Tensor head;

  /** The angles of the longest row so far; made anew for a longer one. */
  private Rope rope;

  private int angles;

  /**
   * Makes a training.
   *
   * @param weights tensors under the names of the reference
   * @param variant how attention is computed, and how many positions a row may have
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  LlamaTraining(Tensors weights, LlamaSizes sizes, Variant variant) {
    this(new Parameters(weights), LlamaWeights.prefix(weights), sizes, variant);
  }

  private LlamaTraining(Parameters parameters, String prefix, LlamaSizes sizes, Variant variant) {
    super(parameters, sizes.shape().vocabulary(), variant.positions(Llama.MOST_POSITIONS));
    this.parameters = parameters;
    this.sizes = sizes;
    this.prefix = prefix;
    attention = variant.attention();
    int d = sizes.shape().width();
    int vocabulary = sizes.shape().vocabulary();
    embedding = parameters.get(prefix + LlamaWeights.EMBEDDING, vocabulary, d);
    for (int layer = 0; layer < sizes.shape().layers(); layer++) {
      String name = prefix + "layers." + layer + ".";
      boolean bias = sizes.attentionBias();
      parameters.get(name + "input_layernorm.weight", d);
      request(name + "self_attn.q_proj", d, sizes.queryWidth(), bias);
      request(name + "self_attn.k_proj", d, sizes.keyWidth(), bias);
      request(name + "self_attn.v_proj", d, sizes.keyWidth(), bias);
      request(name + "self_attn.o_proj", sizes.queryWidth(), d, bias);
      parameters.get(name + "post_attention_layernorm.weight", d);
      request(name + "mlp.gate_proj", d, sizes.inner(), sizes.innerBias());
      request(name + "mlp.up_proj", d, sizes.inner(), sizes.innerBias());
      request(name + "mlp.down_proj", sizes.inner(), d, sizes.innerBias());
    }
    parameters.get(prefix + "norm.weight", d);
    head = sizes.tied() ? embedding : parameters.get(LlamaWeights.HEAD, vocabulary, d);
  }

  private void request(String name, int in, int out, boolean bias) {
    parameters.get(name + ".weight", out, in);
    if (bias) {
      parameters.get(name + ".bias", out);
    }
  }

  @Override
  protected Tensor logits(Tape tape, int[] tokens, int batch, int length) {
    if (length > angles) {
      rope = new Rope(sizes.rotation().frequencies(sizes.headWidth()), length);
      angles = length;
    }
    Tensor x = Embedding.apply(tape, embedding, tokens, sizes.padding());
    for (int layer = 0; layer < sizes.shape().layers(); layer++) {
      x = block(tape, prefix + "layers." + layer + ".", x, batch);
    }
    return Affine.ofRows(tape, normed(tape, prefix + "norm", x), head, null);
  }

  private Tensor block(Tape tape, String name, Tensor x, int batch) {
    int heads = sizes.shape().heads();
    int groups = sizes.keyValueHeads();
    boolean bias = sizes.attentionBias();
    String maps = name + "self_attn.";
    Tensor before = normed(tape, name + "input_layernorm", x);
    Tensor q = mapped(tape, maps + "q_proj", before, bias);
    Tensor k = mapped(tape, maps + "k_proj", before, bias);
    Tensor v = mapped(tape, maps + "v_proj", before, bias);
    Tensor mixed =
        CausalAttention.apply(
            tape,
            attention,
            new Columns(Rotary.apply(tape, q, rope, heads, batch), 0),
            new Columns(Rotary.apply(tape, k, rope, groups, batch), 0),
            new Columns(v, 0),
            heads,
            groups,
            sizes.headWidth(),
            batch);
    Tensor attended = Elementwise.add(tape, x, mapped(tape, maps + "o_proj", mixed, bias));
    Tensor between = normed(tape, name + "post_attention_layernorm", attended);
    boolean innerBias = sizes.innerBias();
    Tensor hidden =
        GatedUnit.apply(
            tape,
            mapped(tape, name + "mlp.gate_proj", between, innerBias),
            mapped(tape, name + "mlp.up_proj", between, innerBias));
    return Elementwise.add(tape, attended, mapped(tape, name + "mlp.down_proj", hidden, innerBias));
  }

  private Tensor normed(Tape tape, String name, Tensor x) {
    return Normalise.rms(tape, x, parameters.find(name + ".weight"), sizes.epsilon());
  }

  private Tensor mapped(Tape tape, String name, Tensor x, boolean bias) {
    return Affine.ofRows(
        tape, x, parameters.find(name + ".weight"), bias ? parameters.find(name + ".bias") : null);
  }
}
