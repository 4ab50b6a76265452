package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Models;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final String GOLDEN = "../models/src/test/resources/golden/";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ordo(String... args) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  static Stream<Arguments> badRuns() {
    return Stream.of(
        Arguments.of("unknown model 'nope'; known models: gru", new String[] {"--models", "nope"}),
        Arguments.of(
            "unknown phase 'sleep'; known phases: train, prefill",
            new String[] {"--phases", "sleep"}),
        Arguments.of("length (0) must be in", new String[] {"--lengths", "64,0"}),
        Arguments.of("length (-8) must be in", new String[] {"--lengths=-8"}),
        Arguments.of("length ''", new String[] {"--lengths", ""}),
        Arguments.of("model list [rnn, rnn]", new String[] {"--models", "rnn,rnn"}),
        Arguments.of("heads (3) must divide width (64)", new String[] {"--shape", "heads=3"}),
        Arguments.of("shape part 'colour=3'", new String[] {"--shape", "colour=3"}),
        Arguments.of("duration 'soon'", new String[] {"--budget", "soon"}),
        Arguments.of("budget (1 s) is too short", new String[] {"--budget", "1s"}),
        Arguments.of("forks (0) must be positive", new String[] {"--forks", "0"}),
        Arguments.of("batch (0) must be in 1..65536", new String[] {"--batch", "0"}),
        Arguments.of("threads (0) must be in 1..256", new String[] {"--threads", "0,1"}),
        Arguments.of(
            "JVM (no/such/java) must be a Java home or a java launcher, found no such file",
            new String[] {"--jvm", "no/such/java"}),
        Arguments.of("found a folder without bin/java", new String[] {"--jvm", GOLDEN}),
        Arguments.of(
            "JVM arguments (-XX:NoSuchFlag) must be accepted by",
            new String[] {"--jvm-args", "-XX:NoSuchFlag"}),
        Arguments.of(
            "sets of JVM arguments [a, a] must not repeat one",
            new String[] {"--jvm-args", "a=-Xint", "--jvm-args", "a=-Xcomp"}),
        Arguments.of(
            "profiler (nonsense) must be one that runs here",
            new String[] {"--profile", "nonsense"}),
        Arguments.of(
            "profiler (async:libPath=/no/such.so) must be one that runs here",
            new String[] {"--profile", "async:libPath=/no/such.so"}),
        Arguments.of("expected a folder, found none", new String[] {"--checkpoint", "missing"}),
        Arguments.of(
            "must not stand beside --checkpoint",
            new String[] {"--checkpoint", GOLDEN + "gpt2", "--shape", "d=32"}),
        Arguments.of(
            "length (4096) must be at most 255: the checkpoint has 256 positions",
            new String[] {"--checkpoint", GOLDEN + "gpt2"}),
        Arguments.of(
            "length (257) must be at most 256",
            new String[] {
              "--checkpoint", GOLDEN + "gpt2", "--phases", "prefill", "--lengths", "256,257"
            }),
        Arguments.of(
            "model 'rnn' cannot load model_type 'gpt2'; those that can: transformer",
            new String[] {"--checkpoint", GOLDEN + "gpt2", "--models", "transformer,rnn"}),
        Arguments.of(
            "field 'vocab_size': expected a whole number, found none",
            new String[] {"--checkpoint", GOLDEN + "s4d"}),
        Arguments.of("found no such file", new String[] {"--plugin", "missing.jar"}),
        Arguments.of("must be a file, found none", new String[] {"--onnx", "missing.onnx"}),
        Arguments.of("must be a file, found a folder", new String[] {"--torchscript", "src"}),
        Arguments.of("must name a program", new String[] {"--command", " "}),
        Arguments.of("must close its quote \"", new String[] {"--command", "sh -c \"x"}),
        Arguments.of(
            "found 'pyton', which is not on PATH", new String[] {"--command", "pyton bench.py"}),
        Arguments.of(
            "found './pom.xml', which is no executable file",
            new String[] {"--command", "mine=./pom.xml"}),
        Arguments.of(
            "model id 'command' is taken; give another one: --command ID='sh a'",
            new String[] {"--command", "sh a", "--command", "sh b"}),
        Arguments.of(
            "model id 'rnn' is taken; give another one", new String[] {"--command", "rnn=sh a"}),
        Arguments.of("did you mean --lengths?", new String[] {"--legnths", "64"}));
  }

  @ParameterizedTest
  @MethodSource("badRuns")
  void refusesABadRunInOneLineAndWritesNothing(String message, String[] args) {
    Path target = directory.resolve("run");
    String[] all =
        Stream.concat(Stream.of("run", "--out", target.toString()), Stream.of(args))
            .toArray(String[]::new);

    assertThat(ordo(all)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).startsWith("ordo: ").contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesACorruptCheckpointAndWritesNothing() throws IOException {
    Path checkpoint = Files.createDirectory(directory.resolve("checkpoint"));
    Files.copy(Path.of(GOLDEN, "rnn", "config.json"), checkpoint.resolve("config.json"));
    Files.write(checkpoint.resolve("model.safetensors"), new byte[] {8, 0, 0, 0, 0, 0, 0, 0, '{'});
    Path target = directory.resolve("run");

    assertThat(ordo("run", "--checkpoint", checkpoint.toString(), "--out", target.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("model.safetensors: header length").hasLineCount(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void aCheckpointIsLoadedForItsSizes() {
    assertThat(ordo("load-checkpoint", GOLDEN + "gpt2", "--models", "transformer")).isZero();
    LoadedCheckpoint loaded = LoadedCheckpoint.read(out.toString().strip());
    assertThat(loaded.positions()).isEqualTo(256);
    assertThat(loaded.shape().width()).isEqualTo(32);
    assertThat(loaded.shape().vocabulary()).isEqualTo(61);
  }

  @Test
  void refusesAFolderThatHoldsFiles() throws IOException {
    Path file = Files.writeString(directory.resolve("precious.txt"), "mine");

    assertThat(ordo("run", "--models", "rnn", "--out", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(directory.toString(), "must be empty").hasLineCount(1);
    assertThat(directory).isDirectoryContaining(file::equals);
    try (Stream<Path> inside = Files.list(directory)) {
      assertThat(inside).hasSize(1);
    }
  }

  @Test
  void refusesAnOutputThatIsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "mine");

    assertThat(ordo("run", "--models", "rnn", "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("must be a folder, found a file").hasLineCount(1);
    assertThat(file).hasContent("mine");
  }

  @Test
  void refusesAnOutputBelowAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "mine");

    assertThat(ordo("run", "--models", "rnn", "--out", file.resolve("run").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("cannot be written").hasLineCount(1);
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("{", "cut off"),
        Arguments.of("hello", "no JSON"),
        Arguments.of("[]", "no results"),
        Arguments.of("{\"results\":[]}", "another tool's"),
        Arguments.of("[{\"benchmark\":\"x\"}]", "a field missing"),
        Arguments.of("[1,2,3]", "no objects"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesAFileThatIsNoJmhResultInOneLine(String content, String what) throws IOException {
    Path file = Files.writeString(directory.resolve("result.json"), content);
    Path target = directory.resolve("report");

    assertThat(ordo("analyze", file.toString(), "--out", target.toString())).as(what).isEqualTo(2);
    assertThat(err.toString()).startsWith("ordo: ").contains(file.toString()).hasLineCount(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThat(ordo("analyze", directory.resolve("none.json").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none.json").hasLineCount(1);
  }

  @Test
  void asksForACommand() {
    assertThat(ordo()).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "run, analyze, show, explain, plot, merge, compare, ab, gate, history, doctor, verify,"
                + " models or attention")
        .hasLineCount(1);
  }

  @Test
  void listsTheModels() {
    assertThat(ordo("models")).isEqualTo(0);
    assertThat(
            out.toString()
                .lines()
                .filter(line -> !line.startsWith(" "))
                .map(line -> line.split(" ")[0]))
        .containsExactlyElementsOf(Models.load(getClass().getClassLoader()).ids());
  }

  private Path squares() throws IOException {
    StringBuilder csv = new StringBuilder("size,time_ns\n");
    for (int size = 64; size <= 8192; size *= 2) {
      for (int fork = 0; fork < 3; fork++) {
        csv.append(size).append(',').append(3.0 * size * size * (1 + 0.01 * fork)).append('\n');
      }
    }
    return Files.writeString(directory.resolve("squares.csv"), csv, StandardCharsets.UTF_8);
  }

  @Test
  void predictsSizesThatWereNotMeasured() throws IOException {
    Path target = directory.resolve("report");
    assertThat(
            ordo(
                "analyze",
                squares().toString(),
                "--out",
                target.toString(),
                "--predict",
                "1M,16384"))
        .as(err.toString())
        .isEqualTo(0);
    assertThat(out.toString())
        .containsPattern("1M +×122 +\\d+ s \\[\\d+, \\d+\\] +b·n² \\(")
        .containsPattern("16384 +×2\\.00 +8\\d\\d ms \\[\\d+, \\d+\\]");
    assertThat(target.resolve("report.html")).content().contains("Predictions", "×122");
    assertThat(target.resolve("report.md")).content().contains("## Predictions", "×122");
    assertThat(target.resolve("fits.json")).content().contains("\"predictions\"", "1000000");
    assertThat(target.resolve("charts")).isDirectoryContaining("glob:**/exponent-*.svg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "0", "1e6,", "1e99"})
  void refusesToPredictWhatIsNoSize(String sizes) throws IOException {
    Path target = directory.resolve("report");
    assertThat(
            ordo("analyze", squares().toString(), "--out", target.toString(), "--predict=" + sizes))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith("ordo: ").contains("size ").hasLineCount(1);
    assertThat(target).doesNotExist();
  }

  @Test
  void analyzesAJmhFile() throws IOException {
    Path file = directory.resolve("sort.json");
    StringBuilder json = new StringBuilder("[");
    for (int size = 64; size <= 8192; size *= 2) {
      json.append(size == 64 ? "" : ",")
          .append(
              "{\"benchmark\":\"org.example.Sort.run\",\"mode\":\"avgt\",\"params\":{\"size\":\"")
          .append(size)
          .append(
              "\"},\"primaryMetric\":{\"score\":1,\"scoreError\":\"NaN\",\"scoreUnit\":\"us/op\",\"rawData\":[");
      for (int fork = 0; fork < 4; fork++) {
        double noise = 1 + 0.01 * Math.sin(size + 7 * fork);
        json.append(fork == 0 ? "" : ",").append("[").append(size * 0.5 * noise).append("]");
      }
      json.append("]}}");
    }
    Files.writeString(file, json.append("]"), StandardCharsets.UTF_8);
    Path target = directory.resolve("report");

    assertThat(ordo("analyze", file.toString(), "--out", target.toString()))
        .as(err.toString())
        .isEqualTo(0);
    assertThat(out.toString())
        .contains("Sort.run")
        .contains("linear")
        .contains("report: " + target);
    assertThat(out.toString().lines().mapToInt(String::length).max().orElseThrow())
        .isLessThanOrEqualTo(Math.max(80, ("report: " + target.resolve("report.html")).length()));
    assertThat(target.resolve("report.html")).isNotEmptyFile();
    assertThat(ordo("analyze", file.toString(), "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--force");
    assertThat(ordo("analyze", file.toString(), "--out", target.toString(), "--force"))
        .isEqualTo(0);
  }

  /** A file of JMH with a secondary metric, sizes doubling from 64, four forks. */
  private Path sorted(String name, double factor) throws IOException {
    StringBuilder json = new StringBuilder("[");
    for (int size = 64; size <= 8192; size *= 2) {
      double time = size * factor * (1 + 0.01 * Math.sin(size));
      json.append(size == 64 ? "" : ",")
          .append(
              "{\"benchmark\":\"org.example.Sort.run\",\"mode\":\"avgt\",\"params\":{\"size\":\"")
          .append(size)
          .append("\"},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"us/op\",\"rawData\":[[")
          .append(time)
          .append("],[")
          .append(time * 1.01)
          .append(
              "]]},\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":1,\"scoreUnit\":\"B/op\",")
          .append("\"rawData\":[[")
          .append(size * 8)
          .append("],[")
          .append(size * 8 + 16)
          .append("]]}}}");
    }
    return Files.writeString(directory.resolve(name), json.append("]"), StandardCharsets.UTF_8);
  }

  @Test
  void readsSeveralFilesAsFurtherForks() throws IOException {
    Path target = directory.resolve("merged");

    assertThat(
            ordo(
                "analyze",
                sorted("a.json", 0.5).toString(),
                sorted("b.json", 0.505).toString(),
                "--out",
                target.toString()))
        .as(err.toString())
        .isEqualTo(0);
    assertThat(target.resolve("measurements.csv")).content().contains("run,avgt,1,size,64,4,");
    assertThat(target.resolve("report.md")).content().contains("a.json and 1 more");
  }

  @Test
  void analyzesTheMetricThatIsAskedFor() throws IOException {
    Path file = sorted("metrics.json", 0.5);
    Path target = directory.resolve("metric");

    assertThat(
            ordo(
                "analyze",
                file.toString(),
                "--metric",
                "gc.alloc.rate.norm",
                "--out",
                target.toString()))
        .as(err.toString())
        .isEqualTo(0);
    assertThat(out.toString()).contains("Memory grows as").doesNotContain("Time grows");
    assertThat(ordo("analyze", file.toString(), "--metric", "all", "--force", "--out", "" + target))
        .isEqualTo(0);
    assertThat(out.toString()).contains("Memory grows as", "Time grows as");
    assertThat(
            ordo("analyze", file.toString(), "--metric", "cycles", "--force", "--out", "" + target))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("ordo: metric (cycles) must be one of time, gc.alloc.rate.norm");
  }

  @Test
  void refusesADoctorThatLooksForNoTime() {
    assertThat(ordo("doctor", "--seconds", "0")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains("seconds (0) must be in 1..600").hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }
}
