package dev.ordo.models.translation;

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
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes encoder-decoders of one family, whose sessions keep keys and values or do not. */
abstract class TranslatorProvider extends NamedProvider {

  /**
   * What one family of encoder-decoders is.
   *
   * @param modelType its {@code model_type}
   * @param architecture returns what a model with random weights consists of
   * @param random makes a model with random weights
   * @param loading makes the model of a checkpoint
   * @param training makes the training of a model with random weights
   * @param loadedTraining makes the training of a checkpoint
   */
  record Family(
      String modelType,
      Function<ModelShape, Architecture> architecture,
      RandomModel random,
      LoadedModel loading,
      BiFunction<ModelShape, Long, Training> training,
      LoadedTraining loadedTraining) {}

  /** Makes a model with random weights. */
  @FunctionalInterface
  interface RandomModel {
    EncoderDecoder of(ModelShape shape, long seed, boolean cached);
  }

  /** Makes the model of a checkpoint. */
  @FunctionalInterface
  interface LoadedModel {
    EncoderDecoder of(Checkpoint checkpoint, boolean cached) throws IOException;
  }

  /** Makes the training of a checkpoint. */
  @FunctionalInterface
  interface LoadedTraining {
    Training of(Checkpoint checkpoint) throws IOException;
  }

  private final Family family;
  private final boolean cached;

  TranslatorProvider(String id, String description, Family family, boolean cached) {
    super(id, description);
    this.family = family;
    this.cached = cached;
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public final Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(EncoderDecoderCost.of(family.architecture().apply(shape), phase, cached));
  }

  @Override
  public final OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(new TrainingCost(family.architecture().apply(shape)).parameters());
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return family.random().of(shape, seed, cached);
  }

  @Override
  public final Set<String> modelTypes() {
    return Set.of(family.modelType());
  }

  @Override
  public final SequenceModel load(Checkpoint checkpoint) throws IOException {
    return family.loading().of(checkpoint, cached);
  }

  @Override
  public final Training training(ModelShape shape, long seed, int length) {
    return family.training().apply(shape, seed);
  }

  @Override
  public final Training training(Checkpoint checkpoint) throws IOException {
    return family.loadedTraining().of(checkpoint);
  }
}
