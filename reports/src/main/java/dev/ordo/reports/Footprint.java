package dev.ordo.reports;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import java.util.Objects;
import java.util.Optional;

/**
 * The memory of one finding: what it keeps and what it allocates.
 *
 * @param subject whose memory it is: the subject of the finding
 * @param aspect in what: its aspect
 * @param kept the bytes of state that are kept; absent where the file does not tell
 * @param allocated the bytes that one operation allocates; absent where the file does not tell
 * @param theory what theory says of the bytes that are kept, where it is known
 */
public record Footprint(
    String subject,
    String aspect,
    Optional<Bytes> kept,
    Optional<Bytes> allocated,
    Optional<Study.Theory> theory) {

  /** The metric of the bytes that are kept. */
  public static final String KEPT = "state.bytes";

  /** JMH's metric of the bytes that one operation allocates. */
  public static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is neither of the two
   */
  public Footprint {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(allocated, "allocated");
    Objects.requireNonNull(theory, "theory");
    if (kept.isEmpty() && allocated.isEmpty()) {
      throw new IllegalArgumentException("a footprint must have bytes kept or allocated");
    }
  }

  /**
   * One measured amount against the size.
   *
   * @param series the measurements, at least one point
   * @param analysis how they grow
   */
  public record Bytes(Series series, Analysis analysis) {

    /** Checks that there is something. */
    public Bytes {
      Objects.requireNonNull(analysis, "analysis");
      if (series.points().isEmpty()) {
        throw new IllegalArgumentException("a footprint needs at least one size");
      }
    }

    /** Returns the measurements at the largest size. */
    public Series.Point largest() {
      return series.points().get(series.points().size() - 1);
    }
  }

  /** Returns the same footprint with other theory. */
  public Footprint withTheory(Optional<Study.Theory> otherTheory) {
    return new Footprint(subject, aspect, kept, allocated, otherTheory);
  }
}
