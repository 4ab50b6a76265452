package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JVMs, batches and profilers, with real forks of the packaged program. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DimensionsIT {

  @TempDir private Path directory;
  private PackagedOrdo ordo;

  @BeforeEach
  void takesTheDirectory() {
    ordo = new PackagedOrdo(directory);
  }

  /** The running JVM by two paths is two JVMs, so this needs no second one. */
  @Test
  void measuresOnTwoJvmsAndPutsThemBesideEachOther() throws Exception {
    String home = System.getProperty("java.home");
    Path link = Files.createSymbolicLink(directory.resolve("other-jdk"), Path.of(home));
    Path run = directory.resolve("run");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models rnn --phases decode --lengths 16 --shape d=16,layers=1 --forks 1 --budget"
                + " 2m --batch 1,3",
            "--jvm",
            "first=" + home,
            "--jvm",
            "second=" + link);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(finished.out()).contains("JVM second over first", "per row", "rnn [jvm=second]");
    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results).hasSizeGreaterThanOrEqualTo(4);
    assertThat(results.get(0).at("/params/jvm").asText()).isEqualTo("first");
    assertThat(results.get(0).get("jvm").asText()).isEqualTo(home + "/bin/java");
    assertThat(results.get(2).at("/params/jvm").asText()).isEqualTo("second");
    assertThat(results.get(2).get("jvm").asText()).isEqualTo(link + "/bin/java");
    assertThat(results.get(1).at("/params/batch").asText()).isEqualTo("3");
    JsonNode one = results.get(0).get("secondaryMetrics");
    JsonNode three = results.get(1).get("secondaryMetrics");
    assertThat(three.at("/state.bytes/score").asDouble())
        .isEqualTo(3 * one.at("/state.bytes/score").asDouble());
    assertThat(one.at("/state.retained/score").asDouble())
        .isGreaterThanOrEqualTo(one.at("/state.bytes/score").asDouble());
    assertThat(one.has("gc.count")).isTrue();
    assertThat(one.has("gc.time")).isTrue();
    assertThat(run.resolve("report.md"))
        .content()
        .contains("## Settings", "batch 3 over 1, per row", "objects hold");
  }

  @Test
  void profilesForksThatDoNotCount() throws Exception {
    Path run = directory.resolve("run");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models rnn --phases decode --lengths 8,16 --shape d=16,layers=1 --forks 1 --budget"
                + " 1m --profile stack --profile jfr");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    try (var files = Files.list(run.resolve("profiles"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names)
          .containsExactly(
              "jfr-rnn-decode-16-1-1", "jfr-rnn-decode-16-1-1.txt", "stack-rnn-decode-16-1-1.txt");
    }
    assertThat(run.resolve("profiles/stack-rnn-decode-16-1-1.txt"))
        .content()
        .contains("rnn decode L=16, profiler stack", "Stack profiler");
    try (var files = Files.walk(run.resolve("profiles/jfr-rnn-decode-16-1-1"))) {
      assertThat(files).anyMatch(file -> file.toString().endsWith(".jfr"));
    }
    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results.get(0).get("forks").asInt()).isEqualTo(1);
    assertThat(run.resolve("report.md")).content().contains("Profiles, of forks that do not count");
  }
}
