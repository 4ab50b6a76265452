package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A law to be fitted: a sum of terms, each with a coefficient that is not negative.
 *
 * @param terms what grows, in ascending order, or {@link Growth#CONSTANT} alone
 * @param overhead whether a constant is added
 * @param columns all terms, the constant among them
 */
record Law(List<Growth> terms, boolean overhead, List<Growth> columns) {

  /** The number that does not grow. */
  static final Law CONSTANT = new Law(List.of(Growth.CONSTANT), false);

  /** The mixed law without overhead, b·n + c·n². */
  static final Law MIXED = new Law(List.of(Growth.LINEAR, Growth.QUADRATIC), false);

  /** All laws that are tried, each without overhead. */
  static final List<Law> FAMILIES = families();

  /** All laws that are fitted: each of those, and behind it the same with overhead. */
  static final List<Law> ALL =
      FAMILIES.stream().flatMap(law -> Stream.of(law, law.withOverhead())).distinct().toList();

  /** Makes a law of its terms. */
  Law(List<Growth> terms, boolean overhead) {
    this(List.copyOf(terms), overhead, columns(terms, overhead));
  }

  /** Returns the law of a single term. */
  static Law of(Growth growth) {
    return growth == Growth.CONSTANT ? CONSTANT : new Law(List.of(growth), false);
  }

  /** Returns the same law plus a constant; the constant law itself stays as it is. */
  Law withOverhead() {
    return this.equals(CONSTANT) ? this : new Law(terms, true);
  }

  /** Returns the same law without the constant. */
  Law family() {
    return new Law(terms, false);
  }

  private static List<Growth> columns(List<Growth> terms, boolean overhead) {
    List<Growth> columns = new ArrayList<>(overhead ? List.of(Growth.CONSTANT) : List.of());
    columns.addAll(terms);
    return List.copyOf(columns);
  }

  /** Returns the law as it is called in a sentence, without the overhead. */
  String word() {
    return String.join(" + ", terms.stream().map(Growth::word).toList());
  }

  /** Returns the law as a formula, for example {@code a + b·n}. */
  String formula() {
    List<String> parts = new ArrayList<>();
    char letter = overhead || this.equals(CONSTANT) ? 'a' : 'b';
    for (Growth growth : columns()) {
      parts.add(growth == Growth.CONSTANT ? "" + letter : letter + "·" + growth.symbol());
      letter++;
    }
    return String.join(" + ", parts);
  }

  private static List<Law> families() {
    List<Law> laws = new ArrayList<>(Arrays.stream(Growth.values()).map(Law::of).toList());
    laws.add(MIXED);
    return List.copyOf(laws);
  }
}
