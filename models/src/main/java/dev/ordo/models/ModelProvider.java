package dev.ordo.models;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes models of one architecture; found through {@link java.util.ServiceLoader}.
 *
 * <p>To plug in a model, implement this interface and {@link SequenceModel}, name the provider in
 * {@code META-INF/services/dev.ordo.models.ModelProvider}, and put the jar on {@code --plugin}.
 */
public interface ModelProvider {

  /**
   * Returns the name of the architecture on a command line and in result files: lower-case letters,
   * digits, {@code -}, {@code _} and {@code .}, unique among all providers.
   */
  String id();

  /** Returns one line that says what the architecture is. */
  String description();

  /**
   * Returns the phases the architecture can be measured in; all of them unless it says otherwise.
   */
  default Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  /**
   * Returns what theory says one phase costs, as functions of the length; nothing where no theory
   * is known. Needs no weights.
   *
   * @param shape the sizes of the model
   * @param phase one of {@link #phases()}
   */
  default Optional<Cost> cost(ModelShape shape, Phase phase) {
    return Optional.empty();
  }

  /**
   * Makes a model with seeded random weights.
   *
   * @param shape its sizes
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if the architecture does not exist at that shape
   */
  SequenceModel create(ModelShape shape, long seed);
}
