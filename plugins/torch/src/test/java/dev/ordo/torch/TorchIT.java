package dev.ordo.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with the packaged plug-in; {@code mvn -Pplugins verify} builds both. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TorchIT {

  private static final Path ORDO = Path.of("../../harness/target/ordo.jar").toAbsolutePath();
  private static final Path PLUGIN = Path.of("target/ordo-torch.jar").toAbsolutePath();
  private static final Path EXAMPLES = Path.of("../../docs/examples").toAbsolutePath();

  @TempDir private Path directory;

  private int execute(String... command) throws Exception {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(directory.resolve("out.txt").toFile())
        .redirectError(directory.resolve("err.txt").toFile())
        .start()
        .waitFor();
  }

  private int ordo(String options, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Djmh.ignoreLock=true",
                "-jar",
                ORDO.toString()));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("--plugin", PLUGIN.toString()));
    command.addAll(List.of(more));
    return execute(command.toArray(String[]::new));
  }

  private String said() throws IOException {
    return Files.readString(directory.resolve("out.txt"))
        + Files.readString(directory.resolve("err.txt"));
  }

  @Test
  void measuresTheExamples() throws Exception {
    int code =
        ordo(
            "run --out run --phases prefill,decode --lengths 16,32 --forks 1 --budget 4m",
            "--torchscript",
            EXAMPLES.resolve("sums.pt").toString(),
            "--torchscript",
            "rows=" + EXAMPLES.resolve("elman.pt") + ":features=8");

    assertThat(code).as(said()).isZero();
    String results = Files.readString(directory.resolve("run/jmh-result.json"));
    assertThat(results.split("\"primaryMetric\"")).hasSize(1 + 2 + 2 * 2);
    assertThat(results).contains("\"sums\"", "\"rows\"", "state.bytes");
    assertThat(directory.resolve("run/report.md")).content().contains("elman.pt features=8");
  }

  @Test
  void refusesWhatIsNoArchiveInOneLine() throws Exception {
    Path file = Files.writeString(directory.resolve("text.pt"), "no model");

    assertThat(ordo("run --out run", "--torchscript", file.toString())).isEqualTo(2);
    assertThat(said())
        .startsWith("ordo: --torchscript " + file + " must be a TorchScript archive")
        .hasLineCount(1);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void measuresWhatTheExampleExports() throws Exception {
    assumeTrue(execute("python3", "-c", "import torch") == 0, "no PyTorch in Python");
    String script = EXAMPLES.resolve("export_torchscript.py").toString();
    assertThat(execute("python3", script)).as(said()).isZero();

    int code =
        ordo(
            "run --out run --phases prefill,decode --lengths 16,32 --forks 1 --budget 2m",
            "--torchscript",
            "gru.pt");

    assertThat(code).as(said()).isZero();
  }
}
