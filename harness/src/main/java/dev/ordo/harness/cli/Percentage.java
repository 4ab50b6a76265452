package dev.ordo.harness.cli;

import java.util.Locale;

/** Reads parts of a whole from the command line. */
final class Percentage {

  private Percentage() {}

  /**
   * Reads {@code 5%} or {@code 0.05}.
   *
   * @param option the option, for the message
   * @throws IllegalArgumentException if it is neither
   */
  static double of(String option, String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    String digits = percent ? number.substring(0, number.length() - 1).strip() : number;
    if (!digits.toLowerCase(Locale.ROOT).matches("\\d+(\\.\\d*)?|\\.\\d+")) {
      throw new IllegalArgumentException(
          option + " (" + text + ") must be a number like 5% or 0.05");
    }
    return Double.parseDouble(digits) / (percent ? 100 : 1);
  }
}
