package dev.ordo.reports.document;

import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.Format;
import dev.ordo.reports.chart.Sheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One chart as one file. */
public final class ChartFile {

  private ChartFile() {}

  /**
   * Writes a chart; an earlier file is written over once the new one is whole.
   *
   * @param chart what to draw
   * @param file where to write
   * @param format what to write, whatever the file's name
   * @param sheet what it is for
   * @throws IOException if the file cannot be written; its message names the path and the reason
   */
  public static void write(Chart chart, Path file, Format format, Sheet sheet) throws IOException {
    byte[] bytes = chart.file(format, sheet);
    Path whole = file.toAbsolutePath();
    new Placement(whole.getParent()).write(Map.of(whole, Placement.Content.of(bytes)));
  }
}
