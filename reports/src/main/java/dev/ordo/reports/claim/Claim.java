package dev.ordo.reports.claim;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Stance;
import java.util.Objects;

/**
 * One thing that a study says about one subject, every text ready to be shown but not yet escaped.
 *
 * @param part which part of its column it is about, such as {@code decode}; empty where the column
 *     has but one
 * @param measured the exponent, or how many times faster; empty where there is none
 * @param interval its ends, such as {@code [0.99, 1.05]}; empty where there is none
 * @param law the law or its bounds, or {@code cannot tell}; of a speed-up, what its interval says
 * @param told whether anything is claimed
 * @param value the bytes kept at the largest size; empty for anything else
 * @param theory theory's class such as {@code O(L²)}, of a speed-up that of the span; empty where
 *     there is none
 * @param expected theory's slope over the measured sizes, of a speed-up how many processors could
 *     have work; empty where there is none
 * @param stance how the measurement stands to theory
 * @param verdict all that in one sentence
 * @param evidence the sentence of the analysis, with what was fitted and why; empty for a speed-up
 * @param series the measurements
 */
public record Claim(
    String part,
    String measured,
    String interval,
    String law,
    boolean told,
    String value,
    String theory,
    String expected,
    Stance stance,
    String verdict,
    String evidence,
    Series series) {

  /** Checks that every part is there. */
  public Claim {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(theory, "theory");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(stance, "stance");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(evidence, "evidence");
    Objects.requireNonNull(series, "series");
  }

  /** Returns the measured figure with its interval, or an empty text. */
  public String figure() {
    return (measured + " " + interval).strip();
  }

  /** Returns the same claim with a sentence. */
  Claim saying(String sentence) {
    return new Claim(
        part, measured, interval, law, told, value, theory, expected, stance, sentence, evidence,
        series);
  }
}
