package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What the data says about a series, in words.
 *
 * @param law the law as a short cell text, for example {@code linear}, {@code linear + quadratic},
 *     {@code quasi-linear}, {@code n … n²}, {@code at most n^0.13} or {@code cannot tell}
 * @param told whether a law, or a bound on it, is claimed at all
 * @param sentence one plain sentence with the evidence
 * @param bounds the laws between which the growth is claimed to lie; absent where nothing is
 *     claimed
 * @param likeliest the law that is the most credible where several are and bounds are claimed, as a
 *     short text with its credence, for example {@code linear 91 %}; absent where it is less likely
 *     than not
 */
public record Conclusion(
    String law,
    boolean told,
    String sentence,
    Optional<Bounds> bounds,
    Optional<String> likeliest) {

  /** Checks that every part is there. */
  public Conclusion {
    Objects.requireNonNull(law, "law");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(bounds, "bounds");
    Objects.requireNonNull(likeliest, "likeliest");
  }

  /** Makes a conclusion without a likeliest law. */
  public Conclusion(String law, boolean told, String sentence, Optional<Bounds> bounds) {
    this(law, told, sentence, bounds, Optional.empty());
  }

  /** Makes a conclusion without bounds. */
  public Conclusion(String law, boolean told, String sentence) {
    this(law, told, sentence, Optional.empty());
  }

  /**
   * Returns the clause of the sentence that holds some words, without the marks around it.
   *
   * @param words for example {@code would decide} or {@code is set aside}
   */
  public Optional<String> clause(String words) {
    return Arrays.stream(sentence.split("; "))
        .filter(clause -> clause.contains(words))
        .map(clause -> clause.endsWith(".") ? clause.substring(0, clause.length() - 1) : clause)
        .findFirst();
  }

  /** Returns the same conclusion with a remark at the end of its sentence. */
  Conclusion withRemark(String remark) {
    String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    return new Conclusion(law, told, open + "; " + remark + ".", bounds, likeliest);
  }
}
