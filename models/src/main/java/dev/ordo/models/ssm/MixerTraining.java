package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Embedding;
import dev.ordo.models.autograd.LanguageTraining;
import dev.ordo.models.autograd.Normalise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import java.util.function.Consumer;

/**
 * The training of a stack of blocks that each add what a mixer makes of the norm of the residual
 * stream, as {@link Mamba} and {@link Mamba2} do.
 */
abstract class MixerTraining extends LanguageTraining {

  final Parameters parameters;

  private final int layers;
  private final float epsilon;
  private final Tensor embedding;
  private final Tensor head;

  /**
   * Requests all parameters.
   *
   * @param parameters over weights under the names of the reference
   * @param shape d, V and the number of layers
   * @param tied whether the head is the embedding
   * @param epsilon ε of the norms
   * @param mixer requests the parameters of one mixer, given what its names begin with
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  MixerTraining(
      Parameters parameters,
      ModelShape shape,
      boolean tied,
      float epsilon,
      Consumer<String> mixer) {
    super(parameters, shape.vocabulary(), Integer.MAX_VALUE);
    this.parameters = parameters;
    this.epsilon = epsilon;
    layers = shape.layers();
    int d = shape.width();
    embedding = parameters.get("backbone.embeddings.weight", shape.vocabulary(), d);
    for (int layer = 0; layer < layers; layer++) {
      parameters.get(block(layer) + "norm.weight", d);
      mixer.accept(block(layer) + "mixer.");
    }
    parameters.get("backbone.norm_f.weight", d);
    head = tied ? embedding : parameters.get("lm_head.weight", shape.vocabulary(), d);
  }

  private static String block(int layer) {
    return "backbone.layers." + layer + ".";
  }

  /**
   * Computes what a mixer adds to the residual stream.
   *
   * @param mixer what the names of its parameters begin with
   * @param normed the norm of the residual stream, shape (batch · length, d)
   * @return shape (batch · length, d)
   */
  abstract Tensor mix(Tape tape, String mixer, Tensor normed, int batch);

  @Override
  protected final Tensor logits(Tape tape, int[] tokens, int batch, int length) {
    Tensor hidden = Embedding.apply(tape, embedding, tokens);
    for (int layer = 0; layer < layers; layer++) {
      Tensor normed = normed(tape, hidden, block(layer) + "norm.weight");
      hidden = Elementwise.add(tape, hidden, mix(tape, block(layer) + "mixer.", normed, batch));
    }
    return Affine.ofRows(tape, normed(tape, hidden, "backbone.norm_f.weight"), head, null);
  }

  /** Applies the norm with a gain of that name. */
  final Tensor normed(Tape tape, Tensor x, String name) {
    return Normalise.rms(tape, x, parameters.find(name), epsilon);
  }

  /** Applies the map of that name. */
  final Tensor mapped(Tape tape, String name, Tensor x, boolean biased) {
    Tensor bias = biased ? parameters.find(name + ".bias") : null;
    return Affine.ofRows(tape, x, parameters.find(name + ".weight"), bias);
  }
}
