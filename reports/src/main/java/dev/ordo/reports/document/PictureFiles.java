package dev.ordo.reports.document;

import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.Format;
import dev.ordo.reports.chart.Sheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pictures of a chart for a paper: SVG, PDF and PNG, {@code NAME} over both columns and {@code
 * NAME-narrow} in one.
 */
final class PictureFiles {

  private static final String NARROW = "-narrow";

  private PictureFiles() {}

  /**
   * Adds the files of a chart to those that are to be written; each is drawn when its turn comes.
   *
   * @param chart what to draw
   * @param folder where its pictures go
   * @param contents takes them
   * @return the files
   */
  static List<Path> add(Chart chart, Path folder, Map<Path, Placement.Content> contents) {
    List<Path> files = new ArrayList<>();
    for (Sheet.Width width : new Sheet.Width[] {Sheet.Width.TWO, Sheet.Width.ONE}) {
      String name = chart.name() + (width == Sheet.Width.ONE ? NARROW : "");
      for (Format format : Format.values()) {
        Path file = folder.resolve(name + format.ending());
        contents.put(file, out -> out.write(chart.file(format, Sheet.paper(width))));
        files.add(file);
      }
    }
    return files;
  }
}
