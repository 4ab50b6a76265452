package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.harness.machine.SystemFiles;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedForksTest {

  private static final Cell CELL = new Cell("rnn", Phase.DECODE, 8, 1);
  private static final ForkPlan PLAN = new ForkPlan(2, 6, 40);

  @TempDir private Path root;
  private Failure failure;

  @BeforeEach
  void makesThePlace() throws IOException {
    Files.createDirectories(root.resolve("proc"));
  }

  private void stat(String text) {
    try {
      Files.writeString(root.resolve("proc/stat"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Entry.Fork run() {
    Forks forks =
        (round, cell, plan) -> {
          if (Files.exists(root.resolve("proc/stat"))) {
            stat("cpu 150 0 50 830 0 0 0 70 0 0\n");
          }
          return new Entry.Fork(
              round,
              cell,
              "2026-01-01T00:00:00Z",
              100,
              plan,
              new Entry.Jvm("java", List.of(), "17", "VM", "17"),
              failure == null ? new double[] {1} : new double[0],
              Map.of("gc.count", new Entry.Metric("counts", new double[] {0})),
              true,
              null,
              failure);
        };
    Controls never =
        new Controls(
            () -> new double[2], null, new PrintStream(OutputStream.nullOutputStream()), () -> 0);
    return new WatchedForks(forks, new SystemFiles(root), never).run(1, CELL, PLAN);
  }

  @Test
  void notesWhatWasStolenAndTheLoadBesideTheMetricsOfTheFork() throws IOException {
    stat("cpu 100 0 50 800 0 0 0 50 0 0\n");
    Files.writeString(root.resolve("proc/loadavg"), "1.50 1.00 0.50 2/300 99\n");

    Map<String, Entry.Metric> metrics = run().secondary();

    assertThat(metrics).containsOnlyKeys("gc.count", "machine.steal", "machine.load");
    assertThat(metrics.get("machine.steal").values()).containsExactly(20);
    assertThat(metrics.get("machine.load").values()).containsExactly(1.5);
  }

  @Test
  void leavesOutWhatTheSystemDoesNotTell() {
    assertThat(run().secondary()).containsOnlyKeys("gc.count");
  }

  @Test
  void leavesAForkThatFailedAsItIs() {
    stat("cpu 100 0 50 800 0 0 0 50 0 0\n");
    failure = new Failure(Failure.Kind.OTHER, "broken");

    assertThat(run().secondary()).containsOnlyKeys("gc.count");
  }
}
