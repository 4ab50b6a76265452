package dev.ordo.reports.compare;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.text.Figures;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of two series is lower at large sizes, and from which size on.
 *
 * @param aspect what of both is compared, for example the phase
 * @param winner the subject that is lower at large sizes; where that cannot be told the one that
 *     seems so
 * @param loser the other subject
 * @param sizeName the name of the size parameter
 * @param unit of both
 * @param kind what can be said
 * @param size the size from which the winner is lower for good; present where it overtakes. Its low
 *     end is the smallest size where the winner may have been lower all along
 * @param smallest the smallest size that both series have in their ranges
 * @param largest the largest one
 * @param upTo up to where the statement holds: {@link Crossings#REACH} times {@code largest}, or
 *     {@code largest} where nothing can be said beyond it
 * @param ratio the loser over the winner at {@code largest}; absent where nothing is known of noise
 * @param reason why it cannot be told; present where it cannot
 */
public record Crossing(
    String aspect,
    String winner,
    String loser,
    String sizeName,
    Unit unit,
    Kind kind,
    Optional<Interval> size,
    double smallest,
    double largest,
    double upTo,
    Optional<Interval> ratio,
    Optional<String> reason) {

  /** What can be said of two series. */
  public enum Kind {
    /** The loser is lower at small sizes, the winner from some size on. */
    OVERTAKES("overtakes"),
    /** The winner is lower at every size. */
    THROUGHOUT("throughout"),
    /** Nobody knows who is lower at large sizes. */
    CANNOT_TELL("cannot tell");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** Returns the kind as it is written in data. */
    public String word() {
      return word;
    }
  }

  /** Checks that every part is there. */
  public Crossing {
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(winner, "winner");
    Objects.requireNonNull(loser, "loser");
    Objects.requireNonNull(sizeName, "sizeName");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(ratio, "ratio");
    Objects.requireNonNull(reason, "reason");
  }

  /** Returns whether the statement holds beyond the measured range too. */
  public boolean beyondRange() {
    return upTo > largest;
  }

  /** Returns whether the winner overtakes within the measured range. */
  public boolean insideRange() {
    return size.filter(at -> at.value() <= largest).isPresent();
  }

  /** Returns whether the ratio at the largest size clearly favours the winner. */
  public boolean significantAtLargest() {
    return ratio.filter(r -> r.low() > 1).isPresent();
  }

  /** Returns the size as a letter or a word: {@code L} for a length. */
  public String symbol() {
    return sizeName.equals("length") ? "L" : sizeName;
  }

  /**
   * Returns whether the two are seen to cross: the winner overtakes, and not just below what is
   * measured, where it may have been lower all along.
   */
  public boolean crosses() {
    return size.filter(at -> at.value() > smallest).isPresent();
  }

  /**
   * Returns the place with its interval, for example {@code 410 [380, 450]}, or {@code ≤ 450} where
   * the winner may have been lower all along; empty without one.
   */
  public String place() {
    return size.map(
            at ->
                !crosses()
                    ? "≤ " + Figures.roughSize(at.high())
                    : Figures.roughSize(at.value())
                        + " ["
                        + (at.low() <= smallest ? "≤ " : "")
                        + Figures.roughSize(at.low())
                        + ", "
                        + Figures.roughSize(at.high())
                        + "]")
        .orElse("");
  }

  /** Returns the words between the winner and the loser, for example {@code " is faster than "}. */
  public String comparative() {
    return switch (unit.dimension()) {
      case TIME -> " is faster than ";
      case MEMORY -> " takes less than ";
      case OTHER -> " is lower than ";
    };
  }

  /** Returns all that is said as one sentence without a full stop. */
  public String sentence() {
    String lower = comparative();
    String measured = symbol() + " = " + Figures.size(largest);
    String at = symbol() + (crosses() ? " = " : " ");
    return switch (kind) {
      case OVERTAKES -> winner + lower + loser + " from " + at + place() + overtakes(measured);
      case THROUGHOUT ->
          winner
              + lower
              + loser
              + (beyondRange()
                  ? " at every size; "
                      + loser
                      + " does not overtake within "
                      + Figures.size(Crossings.REACH)
                      + "× of the range"
                  : " at every size up to " + measured + "; beyond that, cannot tell");
      case CANNOT_TELL ->
          "cannot tell which of "
              + winner
              + " and "
              + loser
              + (unit.dimension() == Unit.Dimension.TIME ? " is faster" : " takes less")
              + " at large sizes: "
              + reason.orElse("");
    };
  }

  private String overtakes(String measured) {
    if (!insideRange()) {
      return " on, beyond the measured range";
    }
    String until = beyondRange() ? " on" : " up to " + measured + "; beyond that, cannot tell";
    return significantAtLargest() || ratio.isEmpty()
        ? until
        : until + "; at " + measured + " the ratio of " + ratioText() + " is not significant";
  }

  /** Returns the ratio at the largest size with its interval; empty where there is none. */
  public String ratioText() {
    return ratio.map(r -> Figures.factor(r.value()) + " " + Figures.factors(r)).orElse("");
  }
}
