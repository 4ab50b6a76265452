package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.NamedProvider;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Makes recurrent networks of one kind. Their {@code model_type} is the id; a configuration names
 * {@code hidden_size}, {@code num_hidden_layers} and {@code vocab_size}.
 */
abstract class NetworkProvider extends NamedProvider {

  /**
   * What one kind of network is.
   *
   * @param gates the number of products of a layer's input
   * @param cost what theory says
   * @param model makes a network of weights
   * @param training makes the training of weights; it reads rows of any length
   */
  record Kind(
      int gates,
      BiFunction<ModelShape, Phase, Cost> cost,
      BiFunction<Tensors, ModelShape, SequenceModel> model,
      BiFunction<Tensors, ModelShape, Training> training) {}

  private final Kind kind;

  NetworkProvider(String id, String description, Kind kind) {
    super(id, description);
    this.kind = kind;
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(kind.cost().apply(shape, phase));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(RecurrentStack.parameters(shape, kind.gates()));
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return kind.model().apply(RecurrentStack.random(shape, kind.gates(), seed), shape);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    return kind.training().apply(RecurrentStack.random(shape, kind.gates(), seed), shape);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of(id());
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    require(checkpoint);
    ModelShape shape = RecurrentStack.shape(checkpoint);
    return kind.model().apply(RecurrentStack.weights(checkpoint), shape);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    require(checkpoint);
    ModelShape shape = RecurrentStack.shape(checkpoint);
    return kind.training().apply(RecurrentStack.weights(checkpoint), shape);
  }

  /**
   * Refuses a configuration of this type that asks for what is not implemented.
   *
   * @throws IOException if it does
   */
  void require(Checkpoint checkpoint) throws IOException {
    // Nothing but what all kinds have in common, unless a kind says otherwise.
  }
}
