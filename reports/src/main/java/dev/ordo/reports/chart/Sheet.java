package dev.ordo.reports.chart;

import java.awt.Font;

/**
 * What a chart is drawn for: its width, and how large letters, lines and markers are on it.
 *
 * <p>Sheets for print and for slides have units of 1/100 in, so that both widths of a page are
 * whole numbers of them and a pixel of a 300 dpi picture is a third of one; that for the screen has
 * CSS pixels.
 *
 * @param medium what it is for
 * @param width in units
 * @param height in units; of a sheet that {@link #grows}, without the legend
 * @param grows whether a legend below the plot makes the sheet higher, instead of the plot lower
 * @param titled whether the title stands above the chart; in print the caption says it
 * @param letters the size of all text but the title, in units
 * @param line how many times as thick as on a screen lines are, and how many times as long dashes
 * @param marker the size of a marker, in units
 */
public record Sheet(
    Medium medium,
    int width,
    int height,
    boolean grows,
    boolean titled,
    float letters,
    float line,
    int marker) {

  /** For a page in a browser. */
  public static final Sheet SCREEN = new Sheet(Medium.SCREEN, 900, 560, false, true, 13, 1, 8);

  private static final double UNITS_PER_INCH = 100;
  private static final int PRINT_SCALE = 3;
  private static final int SCREEN_SCALE = 2;
  private static final double POINTS_PER_INCH = 72;

  /** What a chart is shown on. */
  public enum Medium {
    /** A browser. */
    SCREEN,
    /** A paper: white, thin lines, no title. */
    PAPER,
    /** A projector: 16:9, large letters and markers. */
    SLIDES
  }

  /** How wide a chart is. */
  public enum Width {
    /** One column of a paper of two, 3.5 in; or a picture beside another one on a slide, 6.4 in. */
    ONE,
    /** Both columns of a paper, 7.2 in; or a whole slide, 12.8 in. */
    TWO
  }

  /** Returns a sheet for print, with letters of 7 pt in one column and 8 pt in two. */
  public static Sheet paper(Width width) {
    return switch (width) {
      case ONE -> new Sheet(Medium.PAPER, 350, 235, true, false, points(7), 0.75f, 5);
      case TWO -> new Sheet(Medium.PAPER, 720, 400, true, false, points(8), 0.95f, 7);
    };
  }

  /** Returns a sheet for slides, with letters of 14 pt beside another picture and 20 pt alone. */
  public static Sheet slides(Width width) {
    return switch (width) {
      case ONE -> new Sheet(Medium.SLIDES, 640, 360, false, true, points(12), 1.4f, 10);
      case TWO -> new Sheet(Medium.SLIDES, 1280, 720, false, true, points(20), 2.4f, 16);
    };
  }

  private static float points(double points) {
    return (float) (points * UNITS_PER_INCH / POINTS_PER_INCH);
  }

  /** Returns the same sheet with another height. */
  Sheet withHeight(int otherHeight) {
    return new Sheet(medium, width, otherHeight, grows, titled, letters, line, marker);
  }

  /** Returns the same sheet with another width. */
  Sheet withWidth(int otherWidth) {
    return new Sheet(medium, otherWidth, height, grows, titled, letters, line, marker);
  }

  /** Returns how many pixels of a PNG one unit has: 300 an inch on anything but a screen. */
  int pixels() {
    return medium == Medium.SCREEN ? SCREEN_SCALE : PRINT_SCALE;
  }

  /** Returns the size of a unit in points of 1/72 in. */
  double points() {
    return POINTS_PER_INCH / (medium == Medium.SCREEN ? 96 : UNITS_PER_INCH);
  }

  /** Returns the letters of all text but titles. */
  Font font() {
    return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(letters);
  }

  /** Returns the letters of the titles of axes. */
  Font bold() {
    return font().deriveFont(Font.BOLD);
  }
}
