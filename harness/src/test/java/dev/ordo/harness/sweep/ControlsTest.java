package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlsTest {

  private static final long CONTROL_NANOS = 400_000_000L;
  private static final long FORK_NANOS = 1_200_000_000L;

  @TempDir private Path directory;
  private Journal journal;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private long now;

  @BeforeEach
  void begin() throws IOException {
    Sweep sweep =
        new Sweep(
            List.of("rnn"),
            List.of(Phase.DECODE),
            List.of(8),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
            1,
            Duration.ofSeconds(60),
            3,
            0.05,
            List.of(),
            Optional.empty());
    journal =
        Journal.create(directory, Entry.Start.of(sweep, RunOptions.DEFAULT, "1", "2026-01-01"));
  }

  @AfterEach
  void end() throws IOException {
    journal.close();
  }

  private Controls controls(Controls.Source source) {
    return new Controls(
        source, journal, new PrintStream(log, true, StandardCharsets.UTF_8), () -> now);
  }

  private List<Entry.Control> written() throws IOException {
    return Journal.read(directory).stream()
        .filter(Entry.Control.class::isInstance)
        .map(Entry.Control.class::cast)
        .toList();
  }

  @Test
  void takeTurnsWithinTheirPartOfTheTime() throws IOException {
    Controls controls =
        controls(
            () -> {
              now += CONTROL_NANOS;
              return new double[] {1e6, 1.1e6};
            });

    for (int fork = 0; fork < 250; fork++) {
      now += FORK_NANOS;
      controls.runIfDue();
    }

    assertThat(written()).extracting(Entry.Control::side).startsWith("a", "b", "a", "b");
    assertThat(written().size() * (double) CONTROL_NANOS / now).isBetween(0.028, Controls.PART);
    assertThat(written()).allSatisfy(c -> assertThat(c.wallMillis()).isEqualTo(400));
    assertThat(written().get(0).nanosPerOp()).containsExactly(1e6, 1.1e6);
  }

  @Test
  void endWhereOneDoesNotRunAndSayWhy() throws IOException {
    int[] asked = {0};
    Controls controls =
        controls(
            () -> {
              asked[0]++;
              throw new IOException("no room");
            });

    for (int fork = 0; fork < 100; fork++) {
      now += FORK_NANOS;
      controls.runIfDue();
    }

    assertThat(asked[0]).isEqualTo(1);
    assertThat(written()).isEmpty();
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("no more controls: no room");
  }
}
