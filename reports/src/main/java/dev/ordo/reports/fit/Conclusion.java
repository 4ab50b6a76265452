package dev.ordo.reports.fit;

import java.util.Objects;

/**
 * What the data says about a series, in words.
 *
 * @param law the law as a short cell text, for example {@code linear}, {@code linear + quadratic},
 *     {@code quasi-linear} or {@code cannot tell}
 * @param told whether a law is claimed at all
 * @param sentence one plain sentence with the evidence
 */
public record Conclusion(String law, boolean told, String sentence) {

  /** Checks that every part is there. */
  public Conclusion {
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(sentence, "sentence");
  }
}
