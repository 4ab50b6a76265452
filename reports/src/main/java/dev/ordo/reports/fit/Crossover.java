package dev.ordo.reports.fit;

import java.util.Objects;

/**
 * The size from which the quadratic term of a + b·n + c·n² is larger than the linear term: b/c.
 *
 * @param size b/c with its interval; ends may be 0 and +∞
 * @param insideRange whether the size lies inside the measured range
 */
public record Crossover(Interval size, boolean insideRange) {

  /** Checks that every part is there. */
  public Crossover {
    Objects.requireNonNull(size, "size");
  }
}
