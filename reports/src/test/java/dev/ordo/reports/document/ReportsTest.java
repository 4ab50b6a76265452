package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ordo.reports.Studies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  @TempDir Path temp;

  private static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> directory.relativize(path).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** Returns the files that one chart is drawn in. */
  private static List<String> forms(String name) {
    return Stream.of("", "-narrow")
        .flatMap(width -> Stream.of(".svg", ".pdf", ".png").map(form -> name + width + form))
        .toList();
  }

  @Test
  void writesAllFilesAndNoOther() throws IOException {
    Path directory = temp.resolve("new/report");
    Reports.Files files = Reports.write(Studies.models(), directory);
    List<String> names =
        Stream.concat(
                Stream.of("residuals", "scaling", "throughput")
                    .flatMap(
                        kind -> Stream.of(kind + "-prefill", kind + "-decode", kind + "-generate")),
                Stream.of("tpot", "tpot-generate", "ttft"))
            .toList();
    List<String> charts =
        names.stream().flatMap(name -> forms(name).stream()).map(file -> "charts/" + file).toList();
    Stream<String> latex =
        Stream.concat(
            names.stream()
                .flatMap(name -> Stream.of(name + ".tex", name + ".dat"))
                .map(file -> "pgfplots/" + file),
            Stream.of("tables/claims.tex", "tables/fits.tex"));
    // A chart has tables of curves and bands where it has these.
    Predicate<String> curves = file -> file.matches("pgfplots/.*-(fits|bands)\\.dat");
    assertThat(tree(directory).stream().filter(curves.negate()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    charts.stream(),
                    latex,
                    Stream.of("fits.json", "measurements.csv", "report.html", "report.md"))
                .flatMap(part -> part)
                .toList());
    assertThat(tree(directory).stream().filter(curves))
        .contains("pgfplots/scaling-decode-fits.dat", "pgfplots/scaling-decode-bands.dat")
        .doesNotContain("pgfplots/residuals-decode-fits.dat");
    assertThat(files.latex()).allMatch(Files::isRegularFile);
    assertThat(files.html()).isEqualTo(directory.resolve("report.html"));
    assertThat(files.charts()).hasSameSizeAs(charts).allMatch(Files::isRegularFile);
  }

  @Test
  void drawsLocalExponentsBehindTheCostsOfTheirAspect() throws IOException {
    Reports.Files files = Reports.write(Studies.analysed(13), temp);
    assertThat(files.charts().stream().map(path -> path.getFileName().toString()))
        .containsExactlyElementsOf(
            Stream.of(
                    "scaling-prefill",
                    "scaling-prefill-2",
                    "exponent-prefill",
                    "exponent-prefill-2",
                    "ttft",
                    "ttft-2",
                    "throughput-prefill",
                    "throughput-prefill-2",
                    "residuals-prefill",
                    "residuals-prefill-2")
                .flatMap(name -> forms(name).stream())
                .toList());
  }

  @Test
  void drawsSpeedUpsToo() throws IOException {
    Reports.write(Studies.parallel(List.of("rnn", "mamba"), 1, 2), temp);
    assertThat(tree(temp))
        .contains("charts/speed-up-train-2-threads.svg", "charts/speed-up-decode-2-threads.png");
  }

  @Test
  void everyPictureOfTheMarkdownIsThere() throws IOException {
    Reports.Files files = Reports.write(Studies.odd(), temp);
    String markdown = Files.readString(files.markdown());
    List<String> images =
        java.util.regex.Pattern.compile("]\\((charts/[^)]+)\\)")
            .matcher(markdown)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(images).hasSize(3).allMatch(image -> Files.isRegularFile(temp.resolve(image)));
  }

  @Test
  void theSameStudyGivesTheSameBytes() throws IOException {
    Path one = temp.resolve("one");
    Path other = temp.resolve("other");
    Reports.write(Studies.odd(), one);
    Reports.write(Studies.odd(), other);
    for (String file : tree(one)) {
      assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  @Test
  void aPageInTheRepositoryLinksToTheMethod() throws IOException {
    Files.createDirectories(temp.resolve("docs"));
    Files.writeString(temp.resolve("docs/method.md"), "# Method\n");
    Reports.Files files = Reports.write(Studies.single(), temp.resolve("docs/example"));
    assertThat(files.html()).content().contains("href=\"../method.md#6-the-conclusion\"");
  }

  @Test
  void replacesAnEarlierReport() throws IOException {
    Reports.write(Studies.models(), temp);
    Reports.write(Studies.single(), temp);
    assertThat(temp.resolve("report.md")).content().startsWith("# One series");
  }

  @Test
  void namesThePathThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");
    assertThatIOException()
        .isThrownBy(() -> Reports.write(Studies.single(), file))
        .withMessageStartingWith("cannot write " + file)
        .withMessageNotContainingAny("\n");
    assertThat(file).hasContent("mine");
    assertThatIOException()
        .isThrownBy(() -> Reports.write(Studies.single(), file.resolve("below")))
        .withMessageContaining(file.toString());
  }

  @Test
  void aFailureLeavesTheEarlierReportAndNoHalfFile() throws IOException {
    Files.writeString(temp.resolve("measurements.csv"), "old");
    Files.createDirectory(temp.resolve("report.html"));
    assertThatIOException()
        .isThrownBy(() -> Reports.write(Studies.single(), temp))
        .withMessage("cannot write " + temp.resolve("report.html") + ": is a directory");
    assertThat(tree(temp)).containsExactly("measurements.csv");
    assertThat(temp.resolve("measurements.csv")).hasContent("old");
  }

  @Test
  void writesAnEmptyStudy() throws IOException {
    Reports.write(Studies.empty(), temp);
    assertThat(tree(temp))
        .containsExactly(
            "fits.json",
            "measurements.csv",
            "report.html",
            "report.md",
            "tables/claims.tex",
            "tables/fits.tex");
  }
}
