package dev.ordo.models.transformer;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes {@link Gpt2} in one of its variants. */
abstract class Gpt2VariantProvider extends VariantProvider {

  Gpt2VariantProvider(String id, String description, Variant variant) {
    super(id, description, variant);
  }

  /** Returns the cost that {@link DecoderCost} derives from the numbers of {@link Gpt2Cost}. */
  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(Gpt2Cost.of(shape, phase, variant));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(Gpt2Weights.parameters(shape));
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return Gpt2.random(shape, seed, variant);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of("gpt2");
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    return Gpt2.load(checkpoint, variant);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    return Gpt2.training(shape, seed, length, variant);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    return Gpt2.training(checkpoint, variant);
  }
}
