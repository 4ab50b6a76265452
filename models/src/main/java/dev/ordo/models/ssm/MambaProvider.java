package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes Mamba models. */
public final class MambaProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public MambaProvider() {}

  @Override
  public String id() {
    return "mamba";
  }

  @Override
  public String description() {
    return "Mamba: selective state space (S6), scanned one step after the other";
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(MambaCost.of(shape, false).of(phase));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(MambaWeights.count(shape));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return new Mamba(MambaWeights.random(shape, seed), shape);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("mamba");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return new Mamba(checkpoint.weights(), MambaSizes.of(checkpoint), false);
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    Parameters parameters = new Parameters(MambaWeights.random(shape, seed));
    return new MambaTraining(parameters, MambaSizes.of(shape, true));
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return new MambaTraining(new Parameters(checkpoint.weights()), MambaSizes.of(checkpoint));
  }
}
