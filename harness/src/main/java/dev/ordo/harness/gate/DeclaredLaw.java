package dev.ordo.harness.gate;

import dev.ordo.reports.fit.Growth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A law as people write it, an upper bound: n^power · (log n)^logPower.
 *
 * <p>Read are {@code O(1)}, {@code O(log n)}, {@code O(sqrt n)}, {@code O(√n)}, {@code O(n)},
 * {@code O(n log n)}, {@code O(n^1.5)}, {@code O(n²)}, {@code O(n^2 log n)} and the like, with any
 * one letter in the place of n.
 *
 * @param power the exponent of n
 * @param logPower the exponent of log n, 0 or 1
 * @param text as it was written
 */
public record DeclaredLaw(double power, int logPower, String text) {

  private static final double MOST_POWER = 9;

  private static final Pattern LAW =
      Pattern.compile(
          "[OΘ]\\((?:1|(?<root>(?:sqrt|√)\\(?(?<r>[a-zA-Z])\\)?)?"
              + "(?<n>(?<v>[a-zA-Z])(?:\\^\\(?(?<power>\\d+(?:\\.\\d+)?)\\)?|(?<square>²)|(?<cube>³))?)?"
              + "(?<log>log2?\\(?(?<w>[a-zA-Z])\\)?)?)\\)");

  /**
   * Reads a law.
   *
   * @return nothing if the text is none
   */
  public static Optional<DeclaredLaw> parse(String text) {
    Matcher law = LAW.matcher(text.strip().replaceAll("[\\s·*]+", ""));
    if (!law.matches() || !oneLetter(law.group("r"), law.group("v"), law.group("w"))) {
      return Optional.empty();
    }
    double power = law.group("root") == null ? 0 : 0.5;
    if (law.group("n") != null) {
      power +=
          law.group("power") != null
              ? Double.parseDouble(law.group("power"))
              : law.group("square") != null ? 2 : law.group("cube") != null ? 3 : 1;
    }
    boolean empty = law.group().replaceAll(".*\\((.*)\\)", "$1").isEmpty();
    return empty || power > MOST_POWER
        ? Optional.empty()
        : Optional.of(new DeclaredLaw(power, law.group("log") == null ? 0 : 1, text.strip()));
  }

  private static boolean oneLetter(String... letters) {
    String first = null;
    for (String letter : letters) {
      if (letter != null && first != null && !letter.equals(first)) {
        return false;
      }
      first = first == null ? letter : first;
    }
    return true;
  }

  /**
   * Returns the slope that the law has in logarithms over some sizes, by least squares.
   *
   * @param sizes at least two distinct ones, positive; not modified
   */
  public double exponentOver(double[] sizes) {
    double meanX = 0;
    double meanY = 0;
    double[] logs = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      // Below 2 the logarithm is no growth of anything.
      double log = Math.log(Math.max(2, sizes[i])) / Math.log(2);
      logs[i] = power * Math.log(sizes[i]) + logPower * Math.log(log);
      meanX += Math.log(sizes[i]) / sizes.length;
      meanY += logs[i] / sizes.length;
    }
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < sizes.length; i++) {
      double x = Math.log(sizes[i]) - meanX;
      xx += x * x;
      xy += x * (logs[i] - meanY);
    }
    return xy / xx;
  }

  /** Returns whether a law grows faster than this one as n grows. */
  public boolean exceededBy(Growth growth) {
    return growth.power() > power || (growth.power() == power && growth.logPower() > logPower);
  }
}
