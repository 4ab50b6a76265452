package dev.ordo.harness.sweep;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import java.util.EnumSet;
import java.util.Set;

/**
 * A command in the place of a model: it has every phase until it says otherwise, and no theory.
 *
 * @param guest the command
 */
public record CommandProvider(Guest guest) implements ModelProvider {

  @Override
  public String id() {
    return guest.id();
  }

  @Override
  public String description() {
    return "the command " + guest.source();
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    throw new IllegalArgumentException("model '" + id() + "' is a command, which runs elsewhere");
  }
}
