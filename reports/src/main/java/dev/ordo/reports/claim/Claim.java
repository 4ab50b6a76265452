package dev.ordo.reports.claim;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Stance;
import java.util.Objects;

/**
 * One thing that a study says about one subject, every text ready to be shown but not yet escaped.
 *
 * @param kind what sort of thing
 * @param part which part of its column it is about, such as {@code decode} or {@code train, 2
 *     threads}; empty where the column has but one
 * @param measured the exponent, or how many times faster; empty where there is none
 * @param interval its ends, such as {@code [0.99, 1.05]}; empty where there is none
 * @param law the law or its bounds, or {@code cannot tell}; of a speed-up, what its interval says
 * @param told whether anything is claimed
 * @param detail what belongs behind the law: the bytes kept at the largest size, as {@code 266 kB
 *     at 512}; of a speed-up its size, as {@code at 512}; empty for anything else
 * @param theory theory's class such as {@code O(L²)}, of a speed-up {@code span log L}; empty where
 *     there is none
 * @param expected theory's slope over the measured sizes, of a speed-up how many processors could
 *     have work; empty where there is none
 * @param stance how the measurement stands to theory
 * @param verdict all that in one sentence
 * @param evidence the sentence of the analysis, with what was fitted and why; empty for a speed-up
 * @param series the measurements
 */
public record Claim(
    Kind kind,
    String part,
    String measured,
    String interval,
    String law,
    boolean told,
    String detail,
    String theory,
    String expected,
    Stance stance,
    String verdict,
    String evidence,
    Series series) {

  /** What sort of thing is claimed. */
  public enum Kind {
    /** How a cost grows. */
    GROWTH,
    /** How memory grows. */
    MEMORY,
    /** How much faster more threads are. */
    SPEED_UP
  }

  /** Checks that every part is there. */
  public Claim {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(theory, "theory");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(stance, "stance");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(series, "series");
  }

  /** Returns how the measurement stands to theory in a word or two; empty without theory. */
  public String stanceWord() {
    return switch (stance) {
      case CONSISTENT -> "consistent";
      case CONTRADICTS -> "contradicts";
      case CANNOT_JUDGE -> "cannot judge";
      case NO_THEORY -> "";
    };
  }

  /** Returns the measured figure with its interval, or an empty text. */
  public String figure() {
    return (measured + " " + interval).strip();
  }

  /** Returns the law with what belongs behind it. */
  public String conclusion() {
    return detail.isEmpty() ? law : law + ", " + detail;
  }

  /** Returns theory's class, of a growth with its slope here; or an empty text. */
  public String theoryHere() {
    return kind == Kind.SPEED_UP ? theory : (theory + " " + expected).strip();
  }

  /** Returns the same claim with a sentence. */
  Claim saying(String sentence) {
    return new Claim(
        kind, part, measured, interval, law, told, detail, theory, expected, stance, sentence,
        evidence, series);
  }
}
