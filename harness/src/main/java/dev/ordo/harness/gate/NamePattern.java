package dev.ordo.harness.gate;

import dev.ordo.reports.data.Measurements;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern for the names of series and cells: {@code NAME}, with {@code [PARAMS]}, {@code @SIZE}
 * and {@code :METRIC} behind it where they matter.
 *
 * <p>{@code *} stands for any characters, dots among them, {@code ?} for one; upper and lower case
 * are the same. A name matches if the whole of any of its forms does ({@link SeriesName}). Without
 * {@code [PARAMS]} a series matches whatever its parameters, without {@code @SIZE} whatever the
 * size; without {@code :METRIC} it is time that is meant.
 */
public final class NamePattern {

  private static final Pattern METRIC = Pattern.compile("(.*[^:]):([^:\\[\\]]+)");
  private static final Pattern SIZE = Pattern.compile("(.*)@([^@\\[\\]]+)");

  private final String text;
  private final Pattern name;
  private final Pattern size;
  private final Pattern metric;
  private final boolean withParams;

  private NamePattern(String text) {
    this.text = text;
    String rest = text;
    Matcher metrics = METRIC.matcher(rest);
    String ofMetric = Measurements.TIME;
    if (metrics.matches()) {
      rest = metrics.group(1);
      ofMetric = metrics.group(2);
    }
    Matcher sizes = SIZE.matcher(rest);
    String ofSize = null;
    if (sizes.matches()) {
      rest = sizes.group(1);
      ofSize = sizes.group(2);
    }
    metric = glob(ofMetric);
    size = ofSize == null ? null : glob(ofSize);
    withParams = rest.indexOf('[') >= 0;
    name = glob(rest);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public static NamePattern of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("pattern (" + text + ") must not be blank");
    }
    return new NamePattern(text.strip());
  }

  /** Returns whether it names a whole series. */
  boolean matches(SeriesName series, String ofMetric) {
    return size == null && matchesAnySize(series, ofMetric);
  }

  /**
   * Returns whether it names a cell.
   *
   * @param ofSize the size, or nothing where there is none
   */
  boolean matches(SeriesName series, String ofMetric, String ofSize) {
    return (size == null || size.matcher(ofSize).matches()) && matchesAnySize(series, ofMetric);
  }

  private boolean matchesAnySize(SeriesName series, String ofMetric) {
    return metric.matcher(ofMetric).matches()
        && series.names().stream()
            .map(form -> withParams ? form + "[" + series.params() + "]" : form)
            .anyMatch(form -> name.matcher(form).matches());
  }

  /** Returns how much it says: the characters that stand for themselves. */
  int weight() {
    return text.replaceAll("[*?]", "").length();
  }

  /** Returns the pattern as it was written. */
  public String text() {
    return text;
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    for (char c : glob.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(
        regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
  }

  @Override
  public String toString() {
    return text;
  }
}
