package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.reports.Roofline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoofsTest {

  private static final Roofline.Roof ROOF =
      new Roofline.Roof(1, 118.25e9, 9.5e9, OptionalDouble.of(62e9), "in a (small) test");

  @TempDir private Path folder;
  private RunDirectory directory;
  private final List<Integer> asked = new ArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void makeARun() throws IOException {
    directory = RunDirectory.create(folder.resolve("run"));
    directory.writeHost(Map.of("cpu", "some"));
  }

  private void add(int seconds, List<Entry> entries, Roofs.Source source) throws IOException {
    Sweep sweep =
        new Sweep(
            List.of("rnn"),
            List.of(Phase.DECODE),
            List.of(8),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
            1,
            Duration.ofSeconds(seconds),
            3,
            0.05,
            List.of(),
            Optional.empty());
    Roofs.add(
        directory, entries, sweep, source, new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  private List<Roofline.Roof> measured(List<Integer> threads, int millis) {
    asked.add(millis);
    return List.of(ROOF);
  }

  @Test
  void factsAreReadAsTheyAreWritten() {
    Map<String, String> facts = new LinkedHashMap<>();
    Roofline.Roof bare = new Roofline.Roof(16, 1.5e9, 2e9, OptionalDouble.empty(), "");
    Roofs.put(ROOF, facts);
    Roofs.put(bare, facts);
    assertThat(facts)
        .containsEntry(
            "roof 1 thread",
            "118.250 GFLOP/s, memory 9.500 GB/s, cache 62.000 GB/s (in a (small) test)")
        .containsEntry("roof 16 threads", "1.500 GFLOP/s, memory 2.000 GB/s");
    assertThat(Roofs.of(facts)).containsExactly(ROOF, bare);
  }

  @Test
  void passesOverWhatIsNoRoof() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("roof 1 thread", "0.000 GFLOP/s, memory 1 GB/s");
    facts.put("roof 2 threads", "fast");
    facts.put("roof 3 threads of 1/2", "1 GFLOP/s, memory 1 GB/s");
    facts.put("roof 4 threads", null);
    assertThat(Roofs.of(facts)).isEmpty();
  }

  @Test
  void takesATenthOfTheBudgetAndFourSecondsAtMost() throws IOException {
    add(20, List.of(), this::measured);
    assertThat(directory.host()).containsKeys("cpu", "roof 1 thread");
    directory.writeHost(Map.of("cpu", "some"));
    add(3600, List.of(), this::measured);
    assertThat(asked).containsExactly(2000, 4000);
  }

  @Test
  void aShortBudgetHasNoRoof() throws IOException {
    add(9, List.of(), this::measured);
    assertThat(asked).isEmpty();
    assertThat(directory.host()).containsOnlyKeys("cpu");
  }

  @Test
  void measuresOnceOnly() throws IOException {
    add(60, List.of(), this::measured);
    add(60, List.of(), this::measured);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatCannotBeMeasuredIsInTheLogAndNoError() throws IOException {
    add(
        60,
        List.of(),
        (threads, millis) -> {
          throw new IOException("no vectors");
        });
    assertThat(directory.host()).containsOnlyKeys("cpu");
    assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo("no roofline: no vectors\n");
  }
}
