package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondChanceTest {

  private static final Cell CELL = new Cell("rnn", Phase.DECODE, 64, 1);

  @TempDir private Path directory;
  private final Deque<Entry.Fork> outcomes = new ArrayDeque<>();
  private Journal journal;
  private boolean stopping;

  @BeforeEach
  void begin() throws IOException {
    Sweep sweep =
        new Sweep(
            List.of("rnn"),
            List.of(Phase.DECODE),
            List.of(64),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
            5,
            Duration.ofSeconds(90),
            3,
            0.05,
            List.of(),
            Optional.empty());
    journal =
        Journal.create(
            directory, Entry.Start.of(sweep, RunOptions.DEFAULT, "1", "2026-01-01T00:00:00Z"));
  }

  @AfterEach
  void end() throws IOException {
    journal.close();
  }

  private static Entry.Fork fork(Failure.Kind failure) {
    return new Entry.Fork(
        1,
        CELL,
        "2026-01-01T00:00:01Z",
        10,
        new ForkPlan(2, 6, 40),
        new Entry.Jvm("java", List.of(), "17", "vm", "17"),
        failure == null ? new double[] {1} : new double[0],
        Map.of(),
        true,
        null,
        failure == null ? null : new Failure(failure, "why"));
  }

  private Entry.Fork run(Failure.Kind... failures) {
    Arrays.stream(failures).forEach(failure -> outcomes.add(fork(failure)));
    Progress progress =
        new Progress() {
          @Override
          public void starting(Step step) {}

          @Override
          public void failed(Entry.Fork fork) {
            assertThat(fork.succeeded()).isFalse();
          }

          @Override
          public void leftOut(Entry.LeftOut entry) {}
        };
    return new SecondChance(
            (round, cell, plan) -> outcomes.remove(), journal, progress, () -> stopping)
        .run(1, CELL, new ForkPlan(2, 6, 40));
  }

  @Test
  void repeatsAForkThatWasEndedAndKeepsTheFirstFailure() {
    outcomes.add(fork(Failure.Kind.KILLED));
    outcomes.add(fork(null));

    assertThat(run().succeeded()).isTrue();
    assertThat(journal.entries()).hasSize(2);
    assertThat(((Entry.Fork) journal.entries().get(1)).failure().kind())
        .isEqualTo(Failure.Kind.KILLED);
  }

  @Test
  void repeatsOnlyOnceForEachCell() {
    assertThat(run(Failure.Kind.TIMED_OUT, Failure.Kind.KILLED).succeeded()).isFalse();
    assertThat(outcomes).isEmpty();

    assertThat(run(Failure.Kind.KILLED).succeeded()).isFalse();
    assertThat(journal.entries()).hasSize(2);
  }

  @Test
  void doesNotRepeatWhatTheModelThrows() {
    assertThat(run(Failure.Kind.THREW).failure().kind()).isEqualTo(Failure.Kind.THREW);
    assertThat(journal.entries()).hasSize(1);
  }

  @Test
  void doesNotRepeatAForkThatEndsBecauseTheRunDoes() {
    stopping = true;

    assertThat(run(Failure.Kind.KILLED).succeeded()).isFalse();
    assertThat(journal.entries()).hasSize(1);
  }
}
