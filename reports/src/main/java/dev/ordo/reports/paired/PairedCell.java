package dev.ordo.reports.paired;

import java.util.List;
import java.util.Objects;

/**
 * The pairs of one cell: those that came first, and those of its re-measurement.
 *
 * @param series what the cell belongs to with other sizes, for example {@code mamba decode}
 * @param size the size
 * @param first the pairs of the first stage, in the order in which they were measured
 * @param again the pairs of the second stage; empty where nothing was measured again
 */
public record PairedCell(String series, double size, List<Pair> first, List<Pair> again) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the size is not positive
   */
  public PairedCell {
    Objects.requireNonNull(series, "series");
    if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("size (" + size + ") must be positive and finite");
    }
    first = List.copyOf(first);
    again = List.copyOf(again);
  }

  /** Returns the pairs of a stage, in order. */
  List<Pair> pairs(Stage stage) {
    return stage == Stage.FIRST ? first : again;
  }
}
