package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.NamedProvider;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes {@link S4} models, with a low-rank term or without. */
abstract class S4VariantProvider extends NamedProvider {

  private final boolean lowRank;

  S4VariantProvider(String id, String description, boolean lowRank) {
    super(id, description);
    this.lowRank = lowRank;
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(S4Cost.of(shape, phase, lowRank));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(S4.parameters(shape, lowRank));
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return S4.create(shape, seed, lowRank);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    return S4.training(shape, seed, length, lowRank);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of(id());
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    return S4.load(checkpoint, lowRank);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    return S4.training(checkpoint, lowRank);
  }
}
