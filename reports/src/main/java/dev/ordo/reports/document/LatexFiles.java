package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a report for a paper in LaTeX: {@code tables/claims.tex} and {@code
 * tables/fits.tex}, and of each chart {@code pgfplots/NAME.tex} with its numbers in {@code
 * NAME.dat}, {@code NAME-fits.dat} and {@code NAME-bands.dat}.
 */
final class LatexFiles {

  private LatexFiles() {}

  /**
   * Adds the files to those that are to be written; each is made when its turn comes.
   *
   * @param study what to report
   * @param charts its charts
   * @param directory the folder of the report
   * @param contents takes them
   * @return the files
   */
  static List<Path> add(
      Study study,
      List<ScalingChart> charts,
      Path directory,
      Map<Path, Placement.Content> contents) {
    List<Path> files = new ArrayList<>();
    Path tables = directory.resolve("tables");
    for (String name : List.of("claims", "fits")) {
      Path file = tables.resolve(name + ".tex");
      contents.put(file, out -> out.write(utf8(Templates.latex(name + ".ftlt", study))));
      files.add(file);
    }
    Path folder = directory.resolve("pgfplots");
    for (ScalingChart chart : charts) {
      LatexChart latex = new LatexChart(chart);
      Map<String, Placement.Content> parts = new LinkedHashMap<>();
      parts.put(".tex", out -> out.write(utf8(Templates.pgfplots(latex.picture()))));
      parts.put(".dat", out -> out.write(utf8(latex.dots())));
      if (chart.lines().stream().anyMatch(line -> !line.curve().isEmpty())) {
        parts.put("-fits.dat", out -> out.write(utf8(latex.curves())));
      }
      if (chart.lines().stream().anyMatch(line -> !line.band().isEmpty())) {
        parts.put("-bands.dat", out -> out.write(utf8(latex.bands())));
      }
      parts.forEach(
          (ending, content) -> {
            Path file = folder.resolve(chart.name() + ending);
            contents.put(file, content);
            files.add(file);
          });
    }
    return files;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
