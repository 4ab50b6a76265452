package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.CausalAttention;
import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Embedding;
import dev.ordo.models.autograd.LanguageTraining;
import dev.ordo.models.autograd.Normalise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.Attention;

/** The training of {@link Gpt2}, whose formulas it follows; no dropout. */
final class Gpt2Training extends LanguageTraining {

  private final Parameters parameters;
  private final ModelShape shape;
  private final Attention.Kind attention;
  private final String prefix;
  private final float epsilon;
  private final Tensor embedding;
  private final Tensor positions;
  private final Tensor head;

  /**
   * Makes a training.
   *
   * @param parameters over weights under the names of the reference, position embeddings among them
   * @param prefix what stands before the names
   * @param attention how attention is computed
   * @param tied whether the head is the embedding
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Gpt2Training(
      Parameters parameters,
      ModelShape shape,
      Attention.Kind attention,
      String prefix,
      float epsilon,
      boolean tied) {
    super(parameters, shape.vocabulary(), parameters.shape(prefix + "wpe.weight")[0]);
    this.parameters = parameters;
    this.shape = shape;
    this.attention = attention;
    this.prefix = prefix;
    this.epsilon = epsilon;
    int d = shape.width();
    embedding = parameters.get(prefix + "wte.weight", shape.vocabulary(), d);
    positions =
        parameters.get(prefix + "wpe.weight", parameters.shape(prefix + "wpe.weight")[0], d);
    head = tied ? embedding : parameters.get(Gpt2.OWN_HEAD, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = prefix + "h." + layer + ".";
      int[] expansion = parameters.shape(name + "mlp.c_fc.weight");
      int inner = expansion[expansion.length - 1];
      norm(name + "ln_1");
      affine(name + "attn.c_attn", d, 3 * d);
      affine(name + "attn.c_proj", d, d);
      norm(name + "ln_2");
      affine(name + "mlp.c_fc", d, inner);
      affine(name + "mlp.c_proj", inner, d);
    }
    norm(prefix + "ln_f");
  }

  private void norm(String name) {
    parameters.get(name + ".weight", shape.width());
    parameters.get(name + ".bias", shape.width());
  }

  private void affine(String name, int in, int out) {
    parameters.get(name + ".weight", in, out);
    parameters.get(name + ".bias", out);
  }

  @Override
  protected Tensor logits(Tape tape, int[] tokens, int batch, int length) {
    int[] places = new int[tokens.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = i % length;
    }
    Tensor x =
        Elementwise.add(
            tape,
            Embedding.apply(tape, embedding, tokens),
            Embedding.apply(tape, positions, places));
    for (int layer = 0; layer < shape.layers(); layer++) {
      x = block(tape, prefix + "h." + layer + ".", x, batch);
    }
    return Affine.ofRows(tape, normed(tape, prefix + "ln_f", x), head, null);
  }

  private Tensor block(Tape tape, String name, Tensor x, int batch) {
    int d = shape.width();
    int heads = shape.heads();
    Tensor qkv = mapped(tape, name + "attn.c_attn", normed(tape, name + "ln_1", x));
    Tensor mixed =
        CausalAttention.apply(
            tape,
            attention,
            new Columns(qkv, 0),
            new Columns(qkv, d),
            new Columns(qkv, 2 * d),
            heads,
            heads,
            d / heads,
            batch);
    Tensor attended = Elementwise.add(tape, x, mapped(tape, name + "attn.c_proj", mixed));
    Tensor hidden = mapped(tape, name + "mlp.c_fc", normed(tape, name + "ln_2", attended));
    Tensor update = mapped(tape, name + "mlp.c_proj", Elementwise.geluTanh(tape, hidden));
    return Elementwise.add(tape, attended, update);
  }

  private Tensor normed(Tape tape, String name, Tensor x) {
    return Normalise.layer(
        tape, x, parameters.find(name + ".weight"), parameters.find(name + ".bias"), epsilon);
  }

  private Tensor mapped(Tape tape, String name, Tensor x) {
    return Affine.ofColumns(
        tape, x, parameters.find(name + ".weight"), parameters.find(name + ".bias"));
  }
}
