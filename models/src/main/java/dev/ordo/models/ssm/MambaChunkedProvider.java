package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes Mamba models whose prefill scans chunks that do not wait for each other: more work than
 * {@link MambaProvider}'s, in a shorter chain.
 */
public final class MambaChunkedProvider implements ModelProvider {

  /** Makes the provider; the service loader calls this. */
  public MambaChunkedProvider() {}

  @Override
  public String id() {
    return "mamba-chunked";
  }

  @Override
  public String description() {
    return "Mamba: selective state space (S6), scanned in chunks at once, then corrected";
  }

  @Override
  public Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.of(MambaCost.of(shape, true).of(phase));
  }

  @Override
  public OptionalLong parameters(ModelShape shape) {
    return OptionalLong.of(MambaWeights.count(shape));
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return new Mamba(MambaWeights.random(shape, seed), MambaSizes.of(shape, true), true);
  }

  @Override
  public Set<String> modelTypes() {
    return Set.of("mamba");
  }

  @Override
  public SequenceModel load(Checkpoint checkpoint) throws IOException {
    return new Mamba(checkpoint.weights(), MambaSizes.of(checkpoint), true);
  }
}
