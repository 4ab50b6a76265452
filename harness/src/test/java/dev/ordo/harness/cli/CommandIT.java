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
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program and commands that measure themselves. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "python3 and sh are not there")
class CommandIT {

  @TempDir private Path directory;
  private PackagedOrdo ordo;

  @BeforeEach
  void takesTheDirectory() {
    ordo = new PackagedOrdo(directory);
  }

  @Test
  void measuresTheExampleInPython() throws Exception {
    Path run = directory.resolve("run");
    Path example = Path.of("../docs/examples/bench.py").toRealPath();

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--phases prefill,decode,generate --lengths 16..64 --forks 2 --budget 20s",
            "--command",
            "python3 '" + example + "'");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(finished.out()).contains("command");
    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results).hasSize(2 * 3);
    for (JsonNode result : results) {
      assertThat(result.at("/params/model").asText()).isEqualTo("command");
      assertThat(result.at("/params/phase").asText()).isIn("prefill", "decode");
      assertThat(result.at("/jvm").asText()).isEqualTo("python3");
      assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
    }
    assertThat(run.resolve("report.md"))
        .content()
        .contains("command generate L=16 left out", "does not support it", example.toString());
  }

  @Test
  void measuresACommandBesideAModelAndReportsWhatFails() throws Exception {
    Path run = directory.resolve("run");
    Path script =
        Files.writeString(
            directory.resolve("bench.sh"),
            "while read phase length; do [ $length = 32 ] && echo soon || echo ${length}000; done");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models rnn --phases prefill --lengths 16,32,64 --shape d=16,layers=1 --forks 1"
                + " --budget 1m",
            "--command",
            "mine=sh " + script);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(finished.err()).contains("mine prefill L=32", "found 'soon'");
    assertThat(finished.out()).contains("mine", "rnn");
    assertThat(PackagedOrdo.cells(run)).hasSize(3 + 2);
    assertThat(run.resolve("report.md")).content().contains("found 'soon'");
  }
}
