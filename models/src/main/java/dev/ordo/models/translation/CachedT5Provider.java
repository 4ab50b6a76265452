package dev.ordo.models.translation;

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

/** Makes T5 encoder-decoders that keep keys and values of source and target. */
public final class CachedT5Provider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedT5Provider() {}

  @Override
  public String id() {
    return "t5-kv";
  }

  @Override
  public String description() {
    return "T5, an encoder-decoder with a key-value cache of source and target";
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(EncoderDecoderCost.of(T5.architecture(shape), phase, true));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(new TrainingCost(T5.architecture(shape)).parameters());
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return T5.random(shape, seed, true);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("t5");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return T5.load(checkpoint, true);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    return T5.training(shape, seed);
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return T5.training(checkpoint);
  }
}
