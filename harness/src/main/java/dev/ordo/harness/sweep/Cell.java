package dev.ordo.harness.sweep;

import dev.ordo.models.Phase;
import java.util.Objects;

/**
 * What one number of a sweep is about.
 *
 * @param model the id of the model
 * @param phase the phase
 * @param length the sequence length L
 * @param threads the number of threads that the model's kernels are split over; 0, as in journals
 *     from before there were several, is 1
 */
public record Cell(String model, Phase phase, int length, int threads) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the length is not positive or threads are negative
   */
  public Cell {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(phase, "phase");
    if (length < 1) {
      throw new IllegalArgumentException("length (" + length + ") must be positive");
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads (" + threads + ") must not be negative");
    }
    threads = Math.max(1, threads);
  }

  /** Returns the cell that differs in nothing but its length. */
  Cell at(int otherLength) {
    return new Cell(model, phase, otherLength, threads);
  }

  /** Returns the cell as a short text without the length, for example {@code mamba decode}. */
  String series() {
    return model + " " + phase.id() + (threads == 1 ? "" : " on " + threads + " threads");
  }

  /** Returns the cell as a short text, for example {@code mamba decode L=1024}. */
  @Override
  public String toString() {
    return model
        + " "
        + phase.id()
        + " L="
        + length
        + (threads == 1 ? "" : " on " + threads + " threads");
  }
}
