package dev.ordo.reports.data;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people write them in benchmark parameters. */
public final class Quantity {

  private static final Pattern NUMBER =
      Pattern.compile(
          "([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*([kKmMgGtT]?)(i?)[bB]?");
  private static final Pattern POWER = Pattern.compile("(\\d+)(?:\\^|\\*\\*)(\\d+)");
  private static final Pattern GROUPED = Pattern.compile("[+-]?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");

  private Quantity() {}

  /**
   * Returns the number that {@code text} stands for, if it stands for a finite one.
   *
   * <p>Read are plain and scientific numbers, {@code 1_000}, {@code 1,000}, {@code 2^10}, the
   * decimal suffixes {@code K M G T} and the binary ones {@code Ki Mi Gi Ti}, both with or without
   * {@code B}.
   */
  public static OptionalDouble parse(String text) {
    String plain = text.strip().replaceAll("(?<=\\d)_+(?=\\d)", "");
    Matcher power = POWER.matcher(plain);
    if (power.matches()) {
      return finite(
          Math.pow(Double.parseDouble(power.group(1)), Double.parseDouble(power.group(2))));
    }
    if (GROUPED.matcher(plain).matches()) {
      plain = plain.replace(",", "");
    }
    Matcher number = NUMBER.matcher(plain);
    if (!number.matches()) {
      return OptionalDouble.empty();
    }
    int thousands = " kmgt".indexOf(number.group(2).isEmpty() ? " " : lower(number.group(2)));
    boolean binary = !number.group(3).isEmpty();
    if (binary && thousands == 0) {
      return OptionalDouble.empty();
    }
    double step = binary ? 1024 : 1000;
    return finite(Double.parseDouble(number.group(1)) * Math.pow(step, thousands));
  }

  private static String lower(String suffix) {
    return suffix.toLowerCase(java.util.Locale.ROOT);
  }

  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }
}
