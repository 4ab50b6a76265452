package dev.ordo.models;

import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
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
   * Returns the phases the architecture can be measured in; all but {@link Phase#TRAIN} unless it
   * says otherwise.
   */
  default Set<Phase> phases() {
    return EnumSet.complementOf(EnumSet.of(Phase.TRAIN));
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
   * Returns the number of parameters of {@link #create}'s model; a table of positions that grows
   * with what is read does not count. Makes no weights. Nothing where it is not known.
   *
   * @param shape the sizes of the model
   * @throws IllegalArgumentException if the architecture does not exist at that shape
   */
  default OptionalLong parameters(ModelShape shape) {
    return OptionalLong.empty();
  }

  /**
   * Makes a model with seeded random weights.
   *
   * @param shape its sizes
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if the architecture does not exist at that shape
   */
  SequenceModel create(ModelShape shape, long seed);

  /**
   * Returns the reference's names of the architectures that {@link #load} takes: values of {@code
   * model_type} in Hugging Face's configurations. None unless it says otherwise.
   */
  default Set<String> modelTypes() {
    return Set.of();
  }

  /**
   * Makes the model of a checkpoint.
   *
   * @param checkpoint configuration and weights, of one of the {@link #modelTypes}
   * @throws IOException if the configuration lacks a field, asks for what is not implemented, or a
   *     file cannot be read
   * @throws IllegalArgumentException if a tensor is missing or has another shape than the
   *     configuration says, or if the provider loads no checkpoints
   */
  default SequenceModel load(Checkpoint checkpoint) throws IOException {
    throw new IllegalArgumentException("model '" + id() + "' cannot load checkpoints");
  }

  /**
   * Makes the training of a model with the weights of {@link #create}.
   *
   * @param shape its sizes
   * @param seed the same seed gives the same weights
   * @param length the longest row that it has to read
   * @throws IllegalArgumentException if the architecture does not exist at that shape or cannot be
   *     trained
   */
  default Training training(ModelShape shape, long seed, int length) {
    throw new IllegalArgumentException("model '" + id() + "' cannot be trained");
  }

  /**
   * Makes the training of the model of a checkpoint.
   *
   * @param checkpoint configuration and weights, of one of the {@link #modelTypes}
   * @throws IOException as {@link #load}
   * @throws IllegalArgumentException as {@link #load}, or if the model cannot be trained
   */
  default Training training(Checkpoint checkpoint) throws IOException {
    throw new IllegalArgumentException("model '" + id() + "' cannot be trained");
  }
}
