package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.NamedProvider;
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

/**
 * Makes Mamba-2 models: twice the width in as many heads as the shape says, which share one B and
 * C.
 */
public final class Mamba2Provider extends NamedProvider {

  /** Makes the provider; the service loader calls this. */
  public Mamba2Provider() {
    super("mamba2", "Mamba-2: state-space duality (SSD), chunks of matrix products");
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(new Mamba2Cost(Mamba2Sizes.of(shape)).of(phase));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(Mamba2Weights.count(Mamba2Sizes.of(shape)));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    Mamba2Sizes sizes = Mamba2Sizes.of(shape);
    return new Mamba2(Mamba2Weights.random(sizes, seed), sizes);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("mamba2");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return new Mamba2(checkpoint.weights(), Mamba2Sizes.of(checkpoint));
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    Mamba2Sizes sizes = Mamba2Sizes.of(shape);
    return new Mamba2Training(new Parameters(Mamba2Weights.random(sizes, seed)), sizes);
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return new Mamba2Training(new Parameters(checkpoint.weights()), Mamba2Sizes.of(checkpoint));
  }
}
