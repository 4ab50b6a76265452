package dev.ordo.harness.cli;

/** The width of what is printed. */
final class Columns {

  private static final int USUAL = 80;

  private Columns() {}

  /** Returns the number of columns: {@code COLUMNS} where it is set and sensible, else 80. */
  static int of() {
    return atLeast(60);
  }

  /**
   * Returns the number of columns: {@code COLUMNS} where it is set and sensible, else 80.
   *
   * @param least what is taken where it is less
   */
  static int atLeast(int least) {
    String text = System.getenv("COLUMNS");
    if (text == null || !text.matches("\\d{2,4}")) {
      return USUAL;
    }
    return Math.max(least, Integer.parseInt(text));
  }
}
