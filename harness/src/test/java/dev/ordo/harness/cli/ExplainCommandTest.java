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

class ExplainCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int explain(Object... arguments) {
    String[] all =
        Stream.concat(Stream.of("explain"), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new);
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  private Path results() throws IOException {
    StringBuilder csv = new StringBuilder("name,n,time_ns\n");
    for (int size = 64; size <= 4096; size *= 2) {
      for (int fork = 0; fork < 3; fork++) {
        double nanos = size * (1 + 0.01 * Math.sin(7.3 * fork + size));
        csv.append(String.format(Locale.ROOT, "scan,%d,%.3f%n", size, 9 * nanos));
      }
    }
    return Files.writeString(folder.resolve("times.csv"), csv);
  }

  @Test
  void saysSixSentences() throws IOException {
    assertThat(explain(results(), "scan")).as(err.toString()).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines.stream().filter(line -> !line.startsWith("  "))).hasSize(6);
    assertThat(out.toString())
        .startsWith("Measured was scan")
        .contains("the claim is linear at a slope of 1.00", "\nRejected ", "\nTo be surer: ");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void namesWhatIsNearWhereASeriesIsUnknown() throws IOException {
    assertThat(explain(results(), "scam")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).isEqualTo("ordo: unknown series 'scam'; nearest: scan.time\n");
  }

  @Test
  void refusesWrongInputInOneLine() throws IOException {
    Path file = results();
    assertThat(explain(folder.resolve("none"), "scan")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(explain(file, "scan", "threads")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(explain(file, "scan", "threads=9")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(explain(file)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString().lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("no such file or folder"))
        .anyMatch(line -> line.endsWith("setting (threads) must be NAME=VALUE, like threads=2"))
        .anyMatch(line -> line.contains("was not measured with threads=9: threads is 1"));
  }
}
