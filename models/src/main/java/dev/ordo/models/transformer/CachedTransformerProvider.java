package dev.ordo.models.transformer;

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
import java.util.Set;

/** Makes GPT-2 Transformers that keep keys and values of the tokens taken in. */
public final class CachedTransformerProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public CachedTransformerProvider() {}

  @Override
  public String id() {
    return "transformer-kv";
  }

  @Override
  public String description() {
    return "GPT-2 with a key-value cache: each new token is computed alone";
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(Gpt2Cost.of(shape, phase, true));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return Gpt2.random(shape, seed, true);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("gpt2");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return Gpt2.load(checkpoint, true);
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    return Gpt2.training(shape, seed, length);
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return Gpt2.training(checkpoint);
  }
}
