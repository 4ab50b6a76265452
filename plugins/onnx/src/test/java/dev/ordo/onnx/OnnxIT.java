package dev.ordo.onnx;

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
class OnnxIT {

  private static final Path ORDO = Path.of("../../harness/target/ordo.jar").toAbsolutePath();
  private static final Path PLUGIN = Path.of("target/ordo-onnx.jar").toAbsolutePath();
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
            "run --out run --phases prefill,decode --lengths 16,32 --forks 1 --budget 3m",
            "--onnx",
            EXAMPLES.resolve("attention.onnx").toString(),
            "--onnx",
            "rows=" + EXAMPLES.resolve("elman.onnx"));

    assertThat(code).as(said()).isZero();
    String results = Files.readString(directory.resolve("run/jmh-result.json"));
    assertThat(results.split("\"primaryMetric\"")).hasSize(1 + 2 * 2 * 2);
    assertThat(results).contains("\"attention\"", "\"rows\"", "state.bytes");
    assertThat(directory.resolve("run/report.md")).content().contains("attention.onnx");
  }

  @Test
  void repeatsOnOneThreadWhatRunsOnTwo() throws Exception {
    int code =
        ordo(
            "run --out run --phases prefill --lengths 64 --threads 1,2 --forks 1 --budget 2m",
            "--onnx",
            EXAMPLES.resolve("sums.onnx").toString());

    assertThat(code).as(said()).isZero();
    assertThat(directory.resolve("run/jmh-result.json")).content().contains("time.one.thread");
  }

  @Test
  void refusesAModelWithoutASequenceInOneLine() throws Exception {
    Path file =
        Files.write(
            directory.resolve("fixed.onnx"),
            new GraphWriter("fixed")
                .input("x", GraphWriter.FLOAT, "batch", 4)
                .weights("w", 4, 3)
                .node("MatMul", "y", "x", "w")
                .output("y", GraphWriter.FLOAT, "batch", 3)
                .file());

    assertThat(ordo("run --out run", "--onnx", file.toString())).isEqualTo(2);
    assertThat(said())
        .startsWith("ordo: --onnx " + file)
        .contains("found x float[batch, 4]")
        .hasLineCount(1);
    assertThat(directory.resolve("run")).doesNotExist();
  }

  @Test
  void saysThatItCannotBeTrained() throws Exception {
    assertThat(
            ordo(
                "run --out run --phases train", "--onnx", EXAMPLES.resolve("sums.onnx").toString()))
        .isEqualTo(2);
    assertThat(said()).contains("none of the models [sums] has any of the phases [train]");
  }

  @Test
  void measuresWhatTheExampleExports() throws Exception {
    assumeTrue(execute("python3", "-c", "import torch, onnx") == 0, "no PyTorch in Python");
    String script = EXAMPLES.resolve("export_onnx.py").toString();
    assertThat(execute("python3", script)).as(said()).isZero();

    int code =
        ordo(
            "run --out run --phases prefill,decode --lengths 16,32 --forks 1 --budget 2m",
            "--onnx",
            "gru.onnx");

    assertThat(code).as(said()).isZero();
  }
}
