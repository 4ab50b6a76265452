package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhFileTest {

  private static final Entry.Jvm JVM = new Entry.Jvm("/c/java", List.of(), "17", "VM", "17");

  @TempDir private Path directory;

  private static final Sweep SWEEP =
      new Sweep(
          List.of("rnn"),
          List.of(Phase.DECODE),
          List.of(8),
          new Dimensions(
              List.of(1),
              List.of(1, 4),
              List.of(
                  new ForkJvm("new", "/b/java", "25", "VM", true),
                  new ForkJvm("a-old", "/a/java", "17", "VM", true)),
              List.of(JvmArgs.NONE)),
          Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
          1,
          Duration.ofSeconds(60),
          3,
          0.05,
          List.of(),
          Optional.empty());

  @Test
  void hasAnElementForEachCellInTheOrderOfTheSweep() throws IOException {
    JsonNode file =
        file(
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 4, "a-old", ""), "/a/java", 4),
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 1, "a-old", ""), "/a/java", 3),
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 4, "new", ""), "/b/java", 2),
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 1, "new", ""), "/b/java", 1));

    assertThat(file).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(file.get(i).at("/primaryMetric/score").asDouble()).isEqualTo(i + 1.0);
      assertThat(file.get(i).at("/params/jvm").asText()).isEqualTo(i < 2 ? "new" : "a-old");
      assertThat(file.get(i).get("jvm").asText()).isEqualTo(i < 2 ? "/b/java" : "/a/java");
      assertThat(file.get(i).at("/params/batch").asText()).isEqualTo(i % 2 == 0 ? "1" : "4");
      assertThat(file.get(i).get("params").has("jvmArgs")).isFalse();
    }
  }

  @Test
  void hasControlsUnderTheirOwnNamesBehindAllCells() throws IOException {
    JsonNode file =
        file(
            new Entry.Control("a", "2026-01-01T00:00:00Z", 400, JVM, new double[] {5, 6}),
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 1, "new", ""), "/b/java", 1),
            new Entry.Control("b", "2026-01-01T00:00:01Z", 400, JVM, new double[] {7, 8}),
            new Entry.Control("a", "2026-01-01T00:00:02Z", 400, JVM, new double[] {9, 10}));

    assertThat(file).hasSize(3);
    assertThat(file.get(1).get("benchmark").asText()).isEqualTo("dev.ordo.harness.bench.Spin.a");
    assertThat(file.get(1).at("/primaryMetric/rawData")).hasSize(2);
    assertThat(file.get(2).at("/primaryMetric/score").asDouble()).isEqualTo(7.5);
    assertThat(file.get(2).get("jvm").asText()).isEqualTo("/c/java");
    assertThat(file.get(2).get("measurementIterations").asInt()).isEqualTo(2);
  }

  @Test
  void isReadWithoutItsControls() throws IOException {
    Path file = directory.resolve("jmh-result.json");
    Files.write(
        file,
        content(
            fork(new Cell("rnn", Phase.DECODE, 8, 1, 1, "new", ""), "/b/java", 1),
            new Entry.Control("a", "2026-01-01T00:00:00Z", 400, JVM, new double[] {5, 6})));

    assertThat(ResultFiles.read(file).cells())
        .extracting(MeasuredCell::benchmark)
        .containsExactly("dev.ordo.harness.bench.SequenceBenchmark.run");
    assertThat(ResultFiles.read(file).notes()).isEmpty();
  }

  private static JsonNode file(Entry... measured) throws IOException {
    return new ObjectMapper().readTree(content(measured));
  }

  private static byte[] content(Entry... measured) throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.Start.of(SWEEP, RunOptions.DEFAULT, "1.0", "2026-01-01T00:00:00Z"));
    entries.addAll(List.of(measured));
    return JmhFile.content(entries);
  }

  private static Entry.Fork fork(Cell cell, String launcher, double nanos) {
    return new Entry.Fork(
        1,
        cell,
        "2026-01-01T00:00:01Z",
        812,
        new ForkPlan(2, 6, 40),
        new Entry.Jvm(launcher, List.of(), "17", "VM", "17"),
        new double[] {nanos, nanos},
        Map.of(),
        true,
        null,
        null);
  }
}
