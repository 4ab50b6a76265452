package dev.ordo.torch;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes the model of one archive.
 *
 * @param id the id of the model
 * @param file the archive
 * @param features the numbers that it reads at each position; 0 where it reads token ids
 * @param forward its forward method
 */
record TorchProvider(String id, Path file, int features, Forward forward) implements ModelProvider {

  @Override
  public String description() {
    return "TorchScript model "
        + file.getFileName()
        + ", reads "
        + (features == 0 ? "tokens" : "rows of " + features + " numbers")
        + (forward.keepsState() ? ", keeps a state between steps" : "");
  }

  /** Prefill always; a state is what a decode begins with, tokens are what can be generated. */
  @Override
  public Set<Phase> phases() {
    Set<Phase> phases = EnumSet.of(Phase.PREFILL);
    if (forward.keepsState()) {
      phases.add(Phase.DECODE);
    }
    if (features == 0) {
      phases.add(Phase.GENERATE);
    }
    return phases;
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    return TorchModel.load(file, shape, features, forward.keepsState(), seed);
  }
}
