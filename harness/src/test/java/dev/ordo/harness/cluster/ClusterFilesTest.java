package dev.ordo.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFilesTest {

  private static final Path FOLDER = Path.of("../scripts/cluster").toAbsolutePath().normalize();

  private JsonNode job;

  @BeforeEach
  void read() throws IOException {
    job = new YAMLMapper().readTree(FOLDER.resolve("kubernetes-job.yaml").toFile());
  }

  @Test
  void isAnIndexedJobWithAPodAShare() {
    assertThat(job.at("/apiVersion").asText()).isEqualTo("batch/v1");
    assertThat(job.at("/kind").asText()).isEqualTo("Job");
    assertThat(job.at("/metadata/name").asText()).matches("[a-z]([-a-z0-9]*[a-z0-9])?");
    assertThat(job.at("/spec/completionMode").asText()).isEqualTo("Indexed");
    int completions = job.at("/spec/completions").asInt();
    assertThat(completions).isPositive();
    assertThat(job.at("/spec/parallelism").asInt()).isEqualTo(completions);
    assertThat(variable("SHARDS").get("value").isTextual()).isTrue();
    assertThat(variable("SHARDS").get("value").asText()).isEqualTo(Integer.toString(completions));
    assertThat(job.at("/spec/template/spec/restartPolicy").asText()).isIn("OnFailure", "Never");
  }

  @Test
  void givesAPodANodeItsProcessorsAndItsName() {
    JsonNode container = container();
    assertThat(variable("ORDO_HOST").at("/valueFrom/fieldRef/fieldPath").asText())
        .isEqualTo("spec.nodeName");
    assertThat(container.at("/resources/requests")).isEqualTo(container.at("/resources/limits"));
    assertThat(container.at("/resources/limits/cpu").asText()).matches("[1-9][0-9]*");
    JsonNode term =
        job.at(
            "/spec/template/spec/affinity/podAntiAffinity"
                + "/requiredDuringSchedulingIgnoredDuringExecution/0");
    assertThat(term.at("/topologyKey").asText()).isEqualTo("kubernetes.io/hostname");
    assertThat(term.at("/labelSelector/matchLabels"))
        .isEqualTo(job.at("/spec/template/metadata/labels"));
  }

  @Test
  void mountsAVolumeThatIsThere() {
    String mounted = container().at("/volumeMounts/0/name").asText();
    assertThat(mounted).isEqualTo(job.at("/spec/template/spec/volumes/0/name").asText());
    assertThat(job.at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName").asText())
        .isNotEmpty();
  }

  @Test
  void runsAShellThatGoesOnWithAShare() throws Exception {
    JsonNode command = container().get("command");
    assertThat(command.get(0).asText()).isEqualTo("/bin/sh");
    String script = command.get(2).asText();
    assertThat(script)
        .contains("JOB_COMPLETION_INDEX", "--resume \"$run\"", "--shard \"$index/$SHARDS\"");
    assertThat(exitCode("sh", "-n", "-c", script)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slurm-array.sbatch", "test-slurm"})
  void isAShellScript(String name) throws Exception {
    assertThat(FOLDER.resolve(name)).isExecutable();
    assertThat(exitCode("bash", "-n", FOLDER.resolve(name).toString())).isZero();
  }

  private JsonNode container() {
    return job.at("/spec/template/spec/containers/0");
  }

  private JsonNode variable(String name) {
    for (JsonNode variable : container().get("env")) {
      if (variable.get("name").asText().equals(name)) {
        return variable;
      }
    }
    throw new AssertionError("no variable " + name);
  }

  private static int exitCode(String... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
