package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The reports of a study: every file of them, out of the one object. */
public final class Reports {

  private Reports() {}

  /**
   * The files of a report.
   *
   * @param html the page: one file that needs no other
   * @param markdown the short form for a pull request; shows the charts beside it
   * @param csv the measurements, one row a fork
   * @param json what was fitted and concluded
   * @param charts the pictures of each chart, in the order of the page: SVG, PDF and PNG over two
   *     columns, then in one
   * @param latex tables and charts for a paper
   */
  public record Files(
      Path html, Path markdown, Path csv, Path json, List<Path> charts, List<Path> latex) {

    /** Copies the lists. */
    public Files {
      charts = List.copyOf(charts);
      latex = List.copyOf(latex);
    }
  }

  /** As many series as a page can list and a reader look through. */
  private static final int MOST_SHOWN = 300;

  /**
   * Writes {@code report.html}, {@code report.md}, {@code measurements.csv}, {@code fits.json} and
   * {@code charts/*.svg}, {@code .pdf} and {@code .png}: each chart over two columns, and as {@code
   * *-narrow} in one; and {@code tables/*.tex} and {@code pgfplots/*} for LaTeX.
   *
   * <p>All files are made first and then moved to their places, so that a failure leaves the files
   * of an earlier report as they were. The same study gives the same bytes, but for the links of a
   * page that lies in a copy of Ordo's repository.
   *
   * <p>Of a study with more than {@value #MOST_SHOWN} series both pages show the first ones, and
   * say so; charts are fewer still. The measurements and the fits are always whole.
   *
   * @param whole what to report
   * @param directory where to write; made if it is not there
   * @return the files written
   * @throws IOException if a file cannot be written; its message names the path and the reason
   */
  public static Files write(Study whole, Path directory) throws IOException {
    Study study = Excerpt.of(whole, MOST_SHOWN);
    Map<Path, Placement.Content> contents = new LinkedHashMap<>();
    List<Path> charts = new ArrayList<>();
    List<ReportCharts.Placed> all = ReportCharts.of(study);
    // Drawn when the first file that shows them is written, beside the large files of data.
    List<Lazy<String>> pictures =
        all.stream().map(placed -> new Lazy<>(() -> placed.chart().svg())).toList();
    Lazy<List<Page.Figure>> figures = new Lazy<>(() -> figures(all, pictures));
    Path json = directory.resolve("fits.json");
    Path csv = directory.resolve("measurements.csv");
    Path markdown = directory.resolve("report.md");
    Path html = directory.resolve("report.html");
    contents.put(json, out -> FitsJson.write(whole, out));
    contents.put(csv, out -> MeasurementsCsv.write(whole, out));
    for (int i = 0; i < all.size(); i++) {
      charts.addAll(PictureFiles.add(all.get(i).chart(), directory.resolve("charts"), contents));
    }
    List<ScalingChart> drawn =
        all.stream()
            .map(ReportCharts.Placed::chart)
            .filter(ScalingChart.class::isInstance)
            .map(ScalingChart.class::cast)
            .toList();
    List<Path> latex = LatexFiles.add(study, drawn, directory, contents);
    contents.put(
        markdown, out -> out.write(utf8(Templates.markdown(study, leading(figures.get())))));
    List<Page.Reference> method = MethodLinks.from(directory);
    contents.put(html, out -> out.write(utf8(Templates.html(study, figures.get(), method))));
    new Placement(directory).write(contents);
    return new Files(html, markdown, csv, json, charts, latex);
  }

  private static List<Page.Figure> figures(
      List<ReportCharts.Placed> charts, List<Lazy<String>> pictures) {
    return IntStream.range(0, charts.size())
        .mapToObj(i -> Templates.figure(charts.get(i), pictures.get(i).get()))
        .toList();
  }

  /** Returns the figures of a short report: those that answer how cost grows and who wins. */
  private static List<Page.Figure> leading(List<Page.Figure> figures) {
    return figures.stream().filter(figure -> !figure.section().isFurther()).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
