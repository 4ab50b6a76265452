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

/** Makes {@link Mamba} models that scan in one of two ways. */
abstract class MambaVariantProvider extends NamedProvider {

  private final boolean chunked;

  MambaVariantProvider(String id, String description, boolean chunked) {
    super(id, description);
    this.chunked = chunked;
  }

  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(MambaCost.of(shape, chunked).of(phase));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(MambaWeights.count(shape));
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return new Mamba(MambaWeights.random(shape, seed), MambaSizes.of(shape, true), chunked);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of("mamba");
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    return new Mamba(checkpoint.weights(), MambaSizes.of(checkpoint), chunked);
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    Parameters parameters = new Parameters(MambaWeights.random(shape, seed));
    return new MambaTraining(parameters, MambaSizes.of(shape, true), chunked);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    return new MambaTraining(
        new Parameters(checkpoint.weights()), MambaSizes.of(checkpoint), chunked);
  }
}
