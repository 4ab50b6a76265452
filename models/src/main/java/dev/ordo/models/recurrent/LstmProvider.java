package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.kernel.LstmCell;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes networks of long short-term memories. */
public final class LstmProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public LstmProvider() {}

  @Override
  public String id() {
    return "lstm";
  }

  @Override
  public String description() {
    return "long short-term memory: one step after the other, a state of constant size";
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(Lstm.cost(shape, phase));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(RecurrentStack.parameters(shape, LstmCell.GATES));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return new Lstm(Lstm.random(shape, seed), shape);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("lstm");
  }

  /**
   * Makes the network of a checkpoint: {@code hidden_size}, {@code num_hidden_layers} and {@code
   * vocab_size} of its configuration, weights as {@link Lstm} names them.
   */
  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    ModelShape shape = RecurrentStack.shape(checkpoint);
    return new Lstm(RecurrentStack.weights(checkpoint), shape);
  }

  /** Makes the training of {@link #create}'s model; it reads rows of any length. */
  @Override
  public Training training(ModelShape shape, long seed, int length) {
    return Lstm.training(Lstm.random(shape, seed), shape);
  }

  /** Makes the training of {@link #load}'s model. */
  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    ModelShape shape = RecurrentStack.shape(checkpoint);
    return Lstm.training(RecurrentStack.weights(checkpoint), shape);
  }
}
