package dev.ordo.reports.document;

/** A way of writing on a terminal that knows colours: ECMA-48, select graphic rendition. */
public enum Ink {
  /** As everything else. */
  PLAIN(""),
  /** Names. */
  BOLD("1"),
  /** What is of less weight. */
  FAINT("2"),
  /** What is claimed, and what agrees. */
  GREEN("32"),
  /** What disagrees. */
  RED("31"),
  /** What cannot be told. */
  YELLOW("33"),
  /** What is drawn. */
  CYAN("36");

  private static final String ESCAPE = "\u001b[";

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  /** Returns {@code text} in this ink, with the escapes around it. */
  String on(String text) {
    return code.isEmpty() || text.isEmpty() ? text : ESCAPE + code + "m" + text + ESCAPE + "0m";
  }
}
