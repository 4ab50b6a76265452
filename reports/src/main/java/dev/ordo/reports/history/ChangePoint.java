package dev.ordo.reports.history;

import dev.ordo.reports.fit.Interval;
import java.util.Objects;

/**
 * A place in a track at which the level changed for more than a moment.
 *
 * @param first the place in the track of the first run after the change
 * @param earliest the earliest place at which that run may be, with 95 % credibility
 * @param latest the latest such place
 * @param effect how the level changed, with a 95 % interval: a factor where {@code relative}, else
 *     a difference in the base of the unit
 * @param relative whether the effect is a factor
 * @param probability of such a shift if the level never changed
 * @param adjusted the same, adjusted to the number of tests
 * @param worse whether the change is one for the worse
 */
public record ChangePoint(
    int first,
    int earliest,
    int latest,
    Interval effect,
    boolean relative,
    double probability,
    double adjusted,
    boolean worse) {

  /** Checks the places. */
  public ChangePoint {
    Objects.requireNonNull(effect, "effect");
    if (first < 1 || earliest > first || latest < first) {
      throw new IllegalArgumentException(
          "place (" + first + ") must be at least 1 and in " + earliest + " … " + latest);
    }
  }
}
