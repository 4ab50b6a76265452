package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged doctor, on whatever machine this is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DoctorIT {

  @TempDir private Path directory;

  @Test
  void saysALineForEachCheckAndWhatCanBeFound() throws Exception {
    Path json = directory.resolve("doctor.json");

    PackagedOrdo.Finished finished =
        new PackagedOrdo(directory).run("doctor", "--seconds", "3", "--json", json.toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FINE);
    assertThat(finished.out())
        .contains("jvm ", "timer ", "load ", "governor ", "steal ", "A/A ", "noise ")
        .contains("3 forks on each side:", "10 forks on each side:");
    JsonNode found = new ObjectMapper().readTree(json.toFile());
    assertThat(found.get("checks").size()).isGreaterThan(10);
    assertThat(found.get("checks"))
        .allMatch(check -> check.get("level").asText().matches("ok|warn|unknown"));
    assertThat(found.at("/detectable/0/forks").asInt()).isEqualTo(3);
    assertThat(found.at("/detectable/0/ratio").asDouble())
        .isGreaterThan(found.at("/detectable/2/ratio").asDouble())
        .isGreaterThan(1);
  }
}
