package dev.ordo.models.recurrent;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import java.util.Optional;

/** Makes Elman networks. */
public final class RnnProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public RnnProvider() {}

  @Override
  public String id() {
    return "rnn";
  }

  @Override
  public String description() {
    return "Elman network with tanh: one step after the other, a state of constant size";
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(Rnn.cost(shape, phase));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return new Rnn(Rnn.random(shape, seed), shape);
  }
}
