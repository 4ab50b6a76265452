package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ordo(Object... arguments) {
    String[] all = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  /** A file of sort and scan, quadratic and linear, with three forks of little noise. */
  private Path results() throws IOException {
    StringBuilder csv = new StringBuilder("name,n,time_ns\n");
    for (int size = 64; size <= 4096; size *= 2) {
      for (int fork = 0; fork < 3; fork++) {
        double jitter = 1 + 0.01 * Math.sin(7.3 * fork + size);
        double nanos = size * jitter;
        csv.append(String.format(Locale.ROOT, "scan,%d,%.3f%n", size, 9 * nanos));
        csv.append(String.format(Locale.ROOT, "sort,%d,%.3f%n", size, 2 * nanos * size));
      }
    }
    return Files.writeString(folder.resolve("times.csv"), csv);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    }
  }

  @Test
  void showsWhatAFileClaims() throws IOException {
    Path file = results();

    assertThat(ordo("show", file)).as(err.toString()).isZero();
    assertThat(out.toString().lines().limit(3))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("series  measured           law        scaling"),
            line -> assertThat(line).matches("scan    1\\.00 \\[.*]  linear     ▁▁▂▂▃▃▄[▄▅]"),
            line -> assertThat(line).matches("sort    2\\.00 \\[.*]  quadratic  ▁▂▃▄▅▆▇[▇█]"));
    assertThat(out.toString()).doesNotContain("\u001b");
    assertThat(files()).containsExactlyInAnyOrder(folder, file);
  }

  @Test
  void saysTheSameAsAnalyze() throws IOException {
    Path file = results();

    ordo("show", file, "--seed", "7");
    String shown = out.toString();
    out.getBuffer().setLength(0);
    ordo("analyze", file, "--seed", "7", "--out", folder.resolve("report"));

    assertThat(out.toString()).startsWith(shown);
  }

  @Test
  void refusesWhatIsNotThereOrHoldsNothing() throws IOException {
    assertThat(ordo("show", folder.resolve("none.json"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ordo("show", folder)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ordo("show")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ordo("show", results(), "--metric", "none")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("ordo: "))
        .anyMatch(line -> line.contains("no such file or folder"))
        .anyMatch(line -> line.contains("must hold a run"));
    assertThat(out.toString()).isEmpty();
  }
}
