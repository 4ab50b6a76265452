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
import dev.ordo.models.checkpoint.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * The training of {@link S4}, whose formulas it follows. With a low-rank term, {@code C} is what
 * {@link S4BlockTraining} says.
 */
final class S4Training extends LanguageTraining {

  private final Parameters parameters;
  private final List<S4BlockTraining> blocks = new ArrayList<>();
  private final Tensor embedding;
  private final Tensor head;

  private S4Training(
      Parameters parameters, ModelShape shape, SpaceOptions options, int length, int points) {
    super(parameters, shape.vocabulary(), length);
    this.parameters = parameters;
    int d = shape.width();
    embedding = parameters.get("embedding.weight", shape.vocabulary(), d);
    S4BlockTraining.Scratch scratch = new S4BlockTraining.Scratch(options, length, points);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = "layers." + layer + ".";
      parameters.get(name + "norm.weight", d);
      parameters.get(name + "norm.bias", d);
      blocks.add(new S4BlockTraining(parameters, name + "block.", options, length, scratch));
    }
    parameters.get("norm.weight", d);
    parameters.get("norm.bias", d);
    head = parameters.get("head.weight", shape.vocabulary(), d);
  }

  /**
   * Makes a training.
   *
   * @param weights under the names that {@link S4} lists
   * @param shape the sizes
   * @param options how state spaces are stored
   * @param length the longest row
   * @param points n of {@link S4BlockTraining}, at least {@code length}
   * @throws IllegalArgumentException if {@code length} is not in 1 … 2²⁴, or if a tensor is missing
   *     or has another shape
   */
  static S4Training of(
      Tensors weights, ModelShape shape, SpaceOptions options, int length, int points) {
    if (length < 1 || length > 1 << 24) {
      throw new IllegalArgumentException("length (" + length + ") must be in 1.." + (1 << 24));
    }
    Tensors attuned = weights;
    for (int layer = 0; layer < shape.layers(); layer++) {
      attuned = S4BlockTraining.attuned(attuned, "layers." + layer + ".block.", options, points);
    }
    return new S4Training(new Parameters(attuned), shape, options, length, points);
  }

  @Override
  protected Tensor logits(Tape tape, int[] tokens, int batch, int length) {
    Tensor x = Embedding.apply(tape, embedding, tokens);
    for (int layer = 0; layer < blocks.size(); layer++) {
      Tensor u = normed(tape, "layers." + layer + ".norm", x);
      x = Elementwise.add(tape, x, blocks.get(layer).apply(tape, u, length));
    }
    return Affine.ofRows(tape, normed(tape, "norm", x), head, null);
  }

  private Tensor normed(Tape tape, String name, Tensor x) {
    return Normalise.layer(
        tape, x, parameters.find(name + ".weight"), parameters.find(name + ".bias"), S4.EPSILON);
  }
}
