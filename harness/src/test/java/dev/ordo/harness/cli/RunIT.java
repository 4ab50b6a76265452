package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, with real forks. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RunIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private PackagedOrdo ordo;

  @BeforeEach
  void takesTheDirectory() {
    ordo = new PackagedOrdo(directory);
  }

  @Test
  void measuresFitsAndReports() throws Exception {
    Path run = directory.resolve("run");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models rnn,transformer --phases prefill,decode --lengths 16..64 --shape"
                + " d=16,layers=1 --forks 2 --budget 4m");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(finished.out())
        .contains("rnn", "transformer", "prefill", "decode")
        .contains("report: " + run.resolve("report.html"));
    for (String file :
        List.of("report.html", "report.md", "measurements.csv", "fits.json", "host.json")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    for (String chart :
        List.of(
            "scaling-prefill.svg",
            "scaling-prefill.png",
            "scaling-decode.svg",
            "scaling-decode.png")) {
      assertThat(run.resolve("charts").resolve(chart)).isNotEmptyFile();
    }
    assertThat(finished.err()).contains("round 1/").doesNotContain("\r");

    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results).hasSize(2 * 2 * 3);
    for (JsonNode result : results) {
      assertThat(fields(result)).isEqualTo(fields(reference()));
      assertThat(fields(result.get("primaryMetric")))
          .isEqualTo(fields(reference().get("primaryMetric")));
      assertThat(result.at("/primaryMetric/rawData"))
          .hasSize(result.get("forks").asInt())
          .hasSizeBetween(1, 2);
      assertThat(result.at("/primaryMetric/score").asDouble()).isPositive();
      assertThat(result.at("/secondaryMetrics").has("gc.alloc.rate.norm")).isTrue();
    }
    assertThat(forkLines(run)).hasSize(2 * 2 * 3 * 2);
  }

  @Test
  void repeatsOnOneThreadWhatIsSplitOverSeveral() throws Exception {
    Path run = directory.resolve("run");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models mamba --phases prefill --threads 1,2 --lengths 128,256 --forks 2 --budget"
                + " 3m");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(finished.out()).contains("2 threads");
    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results).hasSize(4);
    for (JsonNode result : results) {
      boolean split = result.at("/params/threads").asText().equals("2");
      JsonNode repeated = result.at("/secondaryMetrics/time.one.thread");
      assertThat(repeated.isObject()).isEqualTo(split);
      if (split) {
        assertThat(repeated.get("score").asDouble()).isPositive();
        assertThat(repeated.get("rawData")).hasSameSizeAs(result.at("/primaryMetric/rawData"));
      }
    }
  }

  @Test
  void writesWhatWasMeasuredOnCtrlC() throws Exception {
    Path run = directory.resolve("run");
    Process process = ordo.start("run", "--out", run.toString());
    while (forkLines(run).size() < 3) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }

    List<ProcessHandle> forks = process.descendants().toList();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    PackagedOrdo.Finished finished = ordo.finish(process);

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(finished.out()).contains("stopped").contains("jmh-result.json");
    assertThat(forkLines(run)).allSatisfy(line -> assertThat(line.has("failure")).isFalse());
    List<JsonNode> results = PackagedOrdo.cells(run);
    assertThat(results).hasSize(forkLines(run).size()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(forks).noneMatch(ProcessHandle::isAlive);
    Files.delete(run.resolve("jmh-result.json"));
    Files.delete(run.resolve("host.json"));
    assertThat(ordo.run("analyze", run.toString()).code())
        .as("from the journal alone")
        .isEqualTo(0);
  }

  @Test
  void measuresAPluginLikeABuiltInModel() throws Exception {
    Path run = directory.resolve("run");
    Path plugin =
        ordo.plugin("EmaProvider", Files.readString(Path.of("../docs/examples/EmaProvider.java")));

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models ema --phases prefill --lengths 64..512 --forks 2 --budget 3m",
            "--plugin",
            plugin.toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(finished.out()).contains("ema");
    assertThat(PackagedOrdo.cells(run)).hasSize(4);
  }

  @Test
  void reportsAModelThatFailsAndMeasuresTheOthers() throws Exception {
    Path run = directory.resolve("run");
    String source =
        Files.readString(Path.of("../docs/examples/EmaProvider.java"))
            .replace("\"ema\"", "\"broken\"")
            .replace("EmaProvider", "BrokenProvider")
            .replace(
                "return new Ema(shape);", "throw new IllegalStateException(\"no such wheel\");");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models broken,rnn --phases decode --lengths 8..32 --forks 1 --budget 3m",
            "--plugin",
            ordo.plugin("BrokenProvider", source).toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(finished.err())
        .contains("failed: broken decode L=8: threw IllegalStateException: no such wheel");
    assertThat(run.resolve("report.md")).content().contains("no such wheel");
    assertThat(PackagedOrdo.cells(run)).hasSize(3);
  }

  @Test
  void saysThatNothingWasMeasuredWhereEveryForkDies() throws Exception {
    Path run = directory.resolve("run");

    PackagedOrdo.Finished finished =
        ordo.measure(
            run,
            "--models rnn --phases decode --lengths 8,16 --forks 1 --budget 3m --jvm-args"
                + " -XX:MaxMetaspaceSize=6m");

    assertThat(finished.code()).as(finished.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(finished.err()).contains("nothing was measured", "forks.log");
    assertThat(run.resolve("report.md")).content().contains("out of memory: Metaspace");
  }

  @Test
  void reportsAgainOnAnEarlierRun() throws Exception {
    Path run = directory.resolve("run");
    ordo.measure(run, "--models rnn --phases decode --lengths 8..64 --forks 1 --budget 3m");
    Files.delete(run.resolve("report.html"));

    PackagedOrdo.Finished finished = ordo.run("analyze", run.toString());

    assertThat(finished.code()).as(finished.toString()).isEqualTo(0);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
    addsToAHistoryOnce(run);
  }

  private void addsToAHistoryOnce(Path run) throws Exception {
    String store = directory.resolve("history").toString();
    String[] add = {"history", "add", run.toString(), "--store", store, "--commit", "abcdef1"};

    assertThat(ordo.run(add).out()).startsWith("added " + run);
    assertThat(ordo.run(add).out()).contains("is in the store already");
    List<Path> files;
    try (Stream<Path> found = Files.walk(Path.of(store))) {
      files = found.filter(file -> file.toString().endsWith(".json")).toList();
    }
    assertThat(files).hasSize(1);
    assertThat(files.get(0)).content().contains("abcdef1", "SequenceBenchmark", "time");
    assertThat(ordo.run("history", "show", "--store", store).code()).isEqualTo(0);
  }

  private static JsonNode reference() throws IOException {
    try (InputStream file = RunIT.class.getResourceAsStream("/jmh-1.37.json")) {
      return JSON.readTree(file).get(0);
    }
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new HashSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> forkLines(Path run) throws IOException {
    Path journal = run.resolve("journal.jsonl");
    List<JsonNode> forks = new ArrayList<>();
    if (Files.exists(journal)) {
      String text = Files.readString(journal);
      for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
        if (line.contains("\"type\":\"fork\"")) {
          forks.add(JSON.readTree(line));
        }
      }
    }
    return forks;
  }
}
