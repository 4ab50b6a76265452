package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ordo.reports.Studies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void writesAllFilesAndNoOther() throws IOException {
    Path directory = temp.resolve("new/report");
    Reports.Files files = Reports.write(Studies.models(), directory);
    List<String> charts =
        Stream.of(
                "scaling-decode",
                "scaling-generate",
                "scaling-prefill",
                "throughput-decode",
                "throughput-generate",
                "throughput-prefill",
                "tpot",
                "tpot-generate",
                "ttft")
            .flatMap(name -> Stream.of(name, name + "-narrow"))
            .flatMap(name -> Stream.of(".pdf", ".png", ".svg").map(end -> "charts/" + name + end))
            .toList();
    List<String> all = new ArrayList<>(charts);
    all.addAll(List.of("fits.json", "measurements.csv", "report.html", "report.md"));
    assertThat(tree(directory)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(files.html()).isEqualTo(directory.resolve("report.html"));
    assertThat(files.charts()).hasSize(54).allMatch(Files::isRegularFile);
  }

  @Test
  void drawsLocalExponentsBehindTheCostsOfTheirAspect() throws IOException {
    Reports.Files files = Reports.write(Studies.analysed(13), temp);
    assertThat(files.charts().stream().map(path -> path.getFileName().toString()))
        .startsWith(
            "scaling-prefill.svg",
            "scaling-prefill.pdf",
            "scaling-prefill.png",
            "scaling-prefill-narrow.svg",
            "scaling-prefill-narrow.pdf",
            "scaling-prefill-narrow.png",
            "scaling-prefill-2.svg",
            "scaling-prefill-2.pdf",
            "scaling-prefill-2.png",
            "scaling-prefill-2-narrow.svg",
            "scaling-prefill-2-narrow.pdf",
            "scaling-prefill-2-narrow.png",
            "exponent-prefill.svg",
            "exponent-prefill.pdf",
            "exponent-prefill.png",
            "exponent-prefill-narrow.svg",
            "exponent-prefill-narrow.pdf",
            "exponent-prefill-narrow.png",
            "exponent-prefill-2.svg",
            "exponent-prefill-2.pdf",
            "exponent-prefill-2.png",
            "exponent-prefill-2-narrow.svg",
            "exponent-prefill-2-narrow.pdf",
            "exponent-prefill-2-narrow.png");
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
        .containsExactly("fits.json", "measurements.csv", "report.html", "report.md");
  }
}
