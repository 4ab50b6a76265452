package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes S4D models. */
public final class S4dProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public S4dProvider() {}

  @Override
  public String id() {
    return "s4d";
  }

  @Override
  public String description() {
    return "S4D: diagonal state space, a long convolution in prefill and a recurrence in steps";
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(S4Cost.of(shape, phase, false));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(S4.parameters(shape, false));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return S4.create(shape, seed, false);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    return S4.training(shape, seed, length, false);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of(id());
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return S4.load(checkpoint, false);
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return S4.training(checkpoint, false);
  }
}
