package dev.ordo.reports.compare;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.util.List;
import java.util.Objects;

/**
 * The time that the same work takes under another setting, over that under the first one: on JDK 25
 * over JDK 17, for example.
 *
 * @param dimension the parameter in which both differ, one of {@link Setting#DIMENSIONS}
 * @param base its value in the series below the line
 * @param other its value in the series above
 * @param subject whose work it is, without the dimension
 * @param aspect of what
 * @param sizeName the name of the size
 * @param places the sizes that both have, ascending, at least one
 */
public record Contrast(
    String dimension,
    String base,
    String other,
    String subject,
    String aspect,
    String sizeName,
    List<Place> places) {

  /** The confidence of the intervals. */
  public static final double CONFIDENCE = 0.95;

  /** A change within 10 % either way is small. */
  private static final double MARGIN = 1.1;

  /** Copies the places. */
  public Contrast {
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(other, "other");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(sizeName, "sizeName");
    places = List.copyOf(places);
    if (places.isEmpty()) {
      throw new IllegalArgumentException("a contrast needs at least one size");
    }
  }

  /**
   * The ratio at one size.
   *
   * @param size where
   * @param ratio the time under the other setting over that under the base; of batches, the time of
   *     a row
   */
  public record Place(double size, Ratio ratio) {

    /**
     * Returns what the interval says: slower or faster where it excludes 1, unchanged where it does
     * not and lies within 10 %, else inconclusive.
     */
    public Change change() {
      return ratio.interval().map(Place::change).orElse(Change.INCONCLUSIVE);
    }

    private static Change change(Interval interval) {
      if (interval.low() > 1) {
        return Change.SLOWER;
      }
      if (interval.high() < 1) {
        return Change.FASTER;
      }
      return interval.high() < MARGIN && interval.low() > 1 / MARGIN
          ? Change.UNCHANGED
          : Change.INCONCLUSIVE;
    }

    /** Returns the change in a word. */
    public String word() {
      return change().word(Unit.NANOS_PER_OP);
    }
  }

  /** Returns the ratio at the largest size that both series have. */
  public Place largest() {
    return places.get(places.size() - 1);
  }

  /** Returns whether the times are those of a row, and not of a whole operation. */
  public boolean perRow() {
    return dimension.equals(Setting.BATCH);
  }
}
