package dev.ordo.harness.sweep;

import dev.ordo.models.Phase;
import java.util.Objects;

/**
 * What one number of a sweep is about.
 *
 * @param model the id of the model
 * @param phase the phase
 * @param length the sequence length L
 */
public record Cell(String model, Phase phase, int length) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the length is not positive
   */
  public Cell {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(phase, "phase");
    if (length < 1) {
      throw new IllegalArgumentException("length (" + length + ") must be positive");
    }
  }

  /** Returns the cell as a short text, for example {@code mamba decode L=1024}. */
  @Override
  public String toString() {
    return model + " " + phase.id() + " L=" + length;
  }
}
