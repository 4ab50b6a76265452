package dev.ordo.models;

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
   * Makes a model with seeded random weights.
   *
   * @param shape its sizes
   * @param seed the same seed gives the same weights
   * @throws IllegalArgumentException if the architecture does not exist at that shape
   */
  SequenceModel create(ModelShape shape, long seed);
}
