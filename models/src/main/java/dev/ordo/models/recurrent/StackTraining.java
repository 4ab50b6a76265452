package dev.ordo.models.recurrent;

import dev.ordo.models.ModelShape;
import dev.ordo.models.autograd.Affine;
import dev.ordo.models.autograd.Embedding;
import dev.ordo.models.autograd.LanguageTraining;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.RecurrentWeights;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The training of a {@link RecurrentStack}; no dropout. */
final class StackTraining extends LanguageTraining {

  /** A recurrent layer over whole sequences. */
  @FunctionalInterface
  interface Layer {

    /**
     * Computes the hidden states.
     *
     * @param x shape (batch · length, d)
     * @return shape (batch · length, d)
     */
    Tensor apply(Tape tape, Tensor x, RecurrentWeights weights, int batch);
  }

  private final Layer layer;
  private final Tensor embedding;
  private final List<RecurrentWeights> weights = new ArrayList<>();
  private final Tensor head;
  private final Tensor headBias;

  /**
   * Makes a training.
   *
   * @param source weights under the names that {@link RecurrentStack} gives
   * @param shape d, N and V, which fix the shapes of the tensors
   * @param gates G
   * @param layer what the layers compute
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  StackTraining(Tensors source, ModelShape shape, int gates, Layer layer) {
    this(new Parameters(source), RecurrentStack.biased(source), shape, gates, layer);
  }

  private StackTraining(
      Parameters parameters, boolean biased, ModelShape shape, int gates, Layer layer) {
    super(parameters, shape.vocabulary(), Integer.MAX_VALUE);
    this.layer = layer;
    int d = shape.width();
    int v = shape.vocabulary();
    int rows = gates * d;
    embedding = parameters.get("embedding.weight", v, d);
    for (int i = 0; i < shape.layers(); i++) {
      weights.add(
          new RecurrentWeights(
              parameters.get("rnn.weight_ih_l" + i, rows, d),
              parameters.get("rnn.weight_hh_l" + i, rows, d),
              biased ? parameters.get("rnn.bias_ih_l" + i, rows) : null,
              biased ? parameters.get("rnn.bias_hh_l" + i, rows) : null));
    }
    head = parameters.has("head.weight") ? parameters.get("head.weight", v, d) : embedding;
    headBias = parameters.has("head.bias") ? parameters.get("head.bias", v) : null;
  }

  @Override
  protected Tensor logits(Tape tape, int[] tokens, int batch, int length) {
    Tensor x = Embedding.apply(tape, embedding, tokens);
    for (RecurrentWeights each : weights) {
      x = layer.apply(tape, x, each, batch);
    }
    return Affine.ofRows(tape, x, head, headBias);
  }
}
