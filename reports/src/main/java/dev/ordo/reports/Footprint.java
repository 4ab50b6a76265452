package dev.ordo.reports;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The memory of one finding: what it keeps and what it allocates.
 *
 * @param subject whose memory it is: the subject of the finding
 * @param aspect in what: its aspect
 * @param kept the bytes of state that are kept; absent where the file does not tell
 * @param allocated the bytes that one operation allocates; absent where the file does not tell
 * @param held the bytes of the objects that hold the state, counted one by one; absent likewise
 * @param theory what theory says of the bytes that are kept, where it is known
 */
public record Footprint(
    String subject,
    String aspect,
    Optional<Bytes> kept,
    Optional<Bytes> allocated,
    Optional<Bytes> held,
    Optional<Study.Theory> theory) {

  /** The metric of the bytes that are kept. */
  public static final String KEPT = "state.bytes";

  /** JMH's metric of the bytes that one operation allocates. */
  public static final String ALLOCATED = "gc.alloc.rate.norm";

  /** The metric of the bytes of all objects that hold the state. */
  public static final String HELD = "state.retained";

  /** Room that does not grow by more than this factor is a matter of taste. */
  private static final double GROWN = 1.5;

  /** Makes a footprint whose objects were not counted. */
  public Footprint(
      String subject,
      String aspect,
      Optional<Bytes> kept,
      Optional<Bytes> allocated,
      Optional<Study.Theory> theory) {
    this(subject, aspect, kept, allocated, Optional.empty(), theory);
  }

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
    Objects.requireNonNull(held, "held");
    Objects.requireNonNull(theory, "theory");
    if (kept.isEmpty() && allocated.isEmpty() && held.isEmpty()) {
      throw new IllegalArgumentException("a footprint must have bytes kept, allocated or held");
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

  /** How the bytes that objects hold go with those that are declared to be kept. */
  public enum Agreement {
    /** The objects hold what is declared, and room that hardly grows. */
    AGREES,
    /** They hold less, so the declaration is wrong. */
    HOLDS_LESS,
    /** They hold more than twice as much, and ever more: room, or what is not declared. */
    HOLDS_MORE
  }

  /** What is kept and what is held at one size. */
  private record Both(double kept, double held) {

    double room() {
      return held - kept;
    }
  }

  /** Returns the sizes at which something is kept and both are known, ascending. */
  private List<Both> both() {
    List<Both> both = new ArrayList<>();
    if (kept.isPresent() && held.isPresent()) {
      for (Series.Point point : held.get().series().points()) {
        kept.get().series().points().stream()
            .filter(other -> other.size() == point.size() && other.sample().mean() > 0)
            .map(other -> new Both(other.sample().mean(), point.sample().mean()))
            .forEach(both::add);
      }
    }
    return both;
  }

  /**
   * Returns the bytes held over those kept at the largest size that has both; nothing where there
   * is none or nothing is kept.
   */
  public Optional<Double> heldOverKept() {
    List<Both> both = both();
    return both.isEmpty()
        ? Optional.empty()
        : Optional.of(both.get(both.size() - 1)).map(last -> last.held() / last.kept());
  }

  /** Returns how both go together, where both are known. */
  public Optional<Agreement> agreement() {
    List<Both> both = both();
    if (both.isEmpty()) {
      return Optional.empty();
    }
    if (both.stream().anyMatch(each -> each.room() < 0)) {
      return Optional.of(Agreement.HOLDS_LESS);
    }
    Both first = both.get(0);
    Both last = both.get(both.size() - 1);
    boolean more = last.room() > last.kept() && last.room() > GROWN * first.room();
    return Optional.of(more ? Agreement.HOLDS_MORE : Agreement.AGREES);
  }

  /** Returns the same footprint with other theory. */
  public Footprint withTheory(Optional<Study.Theory> otherTheory) {
    return new Footprint(subject, aspect, kept, allocated, held, otherTheory);
  }
}
