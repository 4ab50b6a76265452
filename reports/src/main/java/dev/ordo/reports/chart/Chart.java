package dev.ordo.reports.chart;

/** A chart that can be drawn on any sheet and written in any format. */
public interface Chart {

  /** Returns the file name without an ending, of {@code [a-z0-9-]}. */
  String name();

  /** Returns a text as a part of such a name: {@code local exponent} is {@code local-exponent}. */
  static String slug(String text) {
    return ScalingChart.slug(text);
  }

  /** Returns one line that says what is shown. */
  String title();

  /** Returns what the parts of the picture mean. */
  String caption();

  /** Lays the chart out on a sheet. */
  Drawing on(Sheet sheet);

  /**
   * Draws the chart as SVG.
   *
   * @param sheet what it is for
   * @return a whole {@code <svg>} element with title and description for screen readers, text drawn
   *     as outlines, ids unique to this chart; no XML declaration, so that it can stand inside HTML
   */
  default String svg(Sheet sheet) {
    return new Picture(on(sheet), sheet).svg(name(), title(), caption());
  }

  /**
   * Draws the chart.
   *
   * @param format what to write
   * @param sheet what it is for
   * @return the bytes of a file
   */
  default byte[] file(Format format, Sheet sheet) {
    return format.of(this, sheet);
  }

  /** Draws the chart as a PNG for a page, two pixels a unit. */
  default byte[] png() {
    return file(Format.PNG, Sheet.SCREEN);
  }

  /** Draws the chart for a page, as {@link #svg(Sheet)} does. */
  default String svg() {
    return svg(Sheet.SCREEN);
  }
}
