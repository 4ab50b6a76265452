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

/** Makes Marian encoder-decoders that compute the whole target anew for each token. */
public final class MarianProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public MarianProvider() {}

  @Override
  public String id() {
    return "marian";
  }

  @Override
  public String description() {
    return "Marian, an encoder-decoder that recomputes the target for each new token";
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(EncoderDecoderCost.of(Marian.architecture(shape), phase, false));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(new TrainingCost(Marian.architecture(shape)).parameters());
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return Marian.random(shape, seed, false);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("marian");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return Marian.load(checkpoint, false);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    return Marian.training(shape, seed);
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return Marian.training(checkpoint);
  }
}
