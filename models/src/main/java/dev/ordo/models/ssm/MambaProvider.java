package dev.ordo.models.ssm;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** Makes Mamba models. */
public final class MambaProvider extends MambaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public MambaProvider() {
    super("mamba", "Mamba: selective state space (S6), scanned one step after the other", false);
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public Training training(ModelShape shape, long seed, int length) {
    Parameters parameters = new Parameters(MambaWeights.random(shape, seed));
    return new MambaTraining(parameters, MambaSizes.of(shape, true));
  }

  @Override
  public Training training(Checkpoint checkpoint) throws IOException {
    return new MambaTraining(new Parameters(checkpoint.weights()), MambaSizes.of(checkpoint));
  }
}
