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

/** Makes {@link Llama} in one of its variants. */
abstract class LlamaVariantProvider extends VariantProvider {

  LlamaVariantProvider(String id, String description, Variant variant) {
    super(id, description, variant);
  }

  /** Returns the cost that {@link DecoderCost} derives from the numbers of {@link LlamaCost}. */
  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(LlamaCost.of(shape, phase, variant));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(LlamaWeights.parameters(LlamaSizes.of(shape)));
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return Llama.random(shape, seed, variant);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of("llama");
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    return Llama.load(checkpoint, variant);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    LlamaSizes sizes = LlamaSizes.of(shape);
    return new LlamaTraining(LlamaWeights.random(sizes, seed), sizes, variant);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    LlamaSizes sizes = LlamaSizes.of(checkpoint);
    return new LlamaTraining(checkpoint.weights(), sizes, variant);
  }
}
