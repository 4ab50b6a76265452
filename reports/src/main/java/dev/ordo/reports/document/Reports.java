package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ExponentChart;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.chart.SpeedUpChart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * @param charts the pictures: SVG and PNG of each chart, in the order of the page
   */
  public record Files(Path html, Path markdown, Path csv, Path json, List<Path> charts) {

    /** Copies the list. */
    public Files {
      charts = List.copyOf(charts);
    }
  }

  /** As many series as a page can list and a reader look through. */
  private static final int MOST_SHOWN = 300;

  /**
   * Writes {@code report.html}, {@code report.md}, {@code measurements.csv}, {@code fits.json} and
   * {@code charts/*.svg} and {@code charts/*.png}.
   *
   * <p>All files are made first and then moved to their places, so that a failure leaves the files
   * of an earlier report as they were. The same study gives the same bytes.
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
    List<Page.Figure> figures = new ArrayList<>();
    List<Path> charts = new ArrayList<>();
    List<ScalingChart> costs = costs(study);
    List<ScalingChart> all = new ArrayList<>(costs);
    all.addAll(SpeedUpChart.of(study));
    for (ScalingChart chart : all) {
      String svg = chart.svg();
      figures.add(Templates.figure(chart, svg, !costs.contains(chart)));
      Path vector = directory.resolve("charts").resolve(chart.name() + ".svg");
      Path pixels = directory.resolve("charts").resolve(chart.name() + ".png");
      String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg + "\n";
      contents.put(vector, Placement.Content.of(utf8(xml)));
      contents.put(pixels, Placement.Content.of(chart.png()));
      charts.add(vector);
      charts.add(pixels);
    }
    Files files =
        new Files(
            directory.resolve("report.html"),
            directory.resolve("report.md"),
            directory.resolve("measurements.csv"),
            directory.resolve("fits.json"),
            charts);
    contents.put(files.csv(), out -> MeasurementsCsv.write(whole, out));
    contents.put(files.json(), out -> FitsJson.write(whole, out));
    contents.put(files.markdown(), out -> out.write(utf8(Templates.markdown(study, figures))));
    contents.put(files.html(), out -> out.write(utf8(Templates.html(study, figures))));
    new Placement(directory).write(contents);
    return files;
  }

  /** Returns the charts of costs, each with that of its exponents behind it. */
  private static List<ScalingChart> costs(Study study) {
    Map<String, ScalingChart> exponents = new LinkedHashMap<>();
    ExponentChart.of(study)
        .forEach(chart -> exponents.put(chart.name().replaceFirst("exponent", "scaling"), chart));
    List<ScalingChart> charts = new ArrayList<>();
    for (ScalingChart chart : ScalingChart.of(study)) {
      charts.add(chart);
      Optional.ofNullable(exponents.remove(chart.name())).ifPresent(charts::add);
    }
    if (ScalingChart.uncharted(study) == 0) {
      charts.addAll(exponents.values());
    }
    return charts;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
