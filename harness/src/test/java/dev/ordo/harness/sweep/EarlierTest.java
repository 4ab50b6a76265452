package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlierTest {

  private static final Cell CELL = new Cell("rnn", Phase.DECODE, 64, 1);

  private static final Entry.Start START = start();

  private static final Entry.LeftOut LEFT_OUT =
      new Entry.LeftOut(new Cell("rnn", Phase.DECODE, 128, 1), 1e9, "too long");

  private static Entry.Start start() {
    Sweep sweep =
        new Sweep(
            List.of("rnn"),
            List.of(Phase.DECODE),
            List.of(64, 128),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
            5,
            Duration.ofSeconds(90),
            3,
            0.05,
            List.of(),
            Optional.empty());
    try {
      return Entry.Start.of(sweep, RunOptions.DEFAULT, "1.0", "2026-01-01T00:00:00Z");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry.Fork fork(int round, Failure.Kind failure) {
    return new Entry.Fork(
        round,
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

  private static Entry.Resume resume(int seconds, boolean retryFailed) {
    return new Entry.Resume("2026-01-01T01:00:00Z", seconds * 1000L, 4, retryFailed);
  }

  @Test
  void keepsWhatWasMeasuredAndWhatWasLeftOut() {
    Entry.Fork fork = fork(1, null);

    assertThat(Earlier.standing(List.of(START, fork, LEFT_OUT, resume(90, false))))
        .containsExactly(fork, LEFT_OUT);
  }

  @Test
  void keepsAFailureThatWouldComeAgain() {
    Entry.Fork threw = fork(1, Failure.Kind.THREW);

    assertThat(Earlier.standing(List.of(START, threw))).containsExactly(threw);
  }

  @Test
  void dropsAFailureThatIsStillToHaveItsSecondChance() {
    assertThat(Earlier.standing(List.of(START, fork(1, Failure.Kind.KILLED)))).isEmpty();
  }

  @Test
  void keepsTheFailureOfASecondChance() {
    Entry.Fork second = fork(1, Failure.Kind.TIMED_OUT);

    assertThat(Earlier.standing(List.of(START, fork(1, Failure.Kind.KILLED), second)))
        .containsExactly(second);
  }

  @Test
  void dropsAFailureOnceTheCellWasMeasured() {
    Entry.Fork measured = fork(1, null);

    assertThat(Earlier.standing(List.of(START, fork(1, Failure.Kind.KILLED), measured)))
        .containsExactly(measured);
  }

  @Test
  void dropsFailuresThatAreToBeTriedAgain() {
    Entry.Fork measured = fork(1, null);

    assertThat(
            Earlier.standing(
                List.of(START, measured, fork(2, Failure.Kind.THREW), resume(90, true))))
        .containsExactly(measured);
  }

  @Test
  void decidesAnewOnWhatWasLeftOutOnceTheBudgetHasGrown() {
    assertThat(Earlier.standing(List.of(START, LEFT_OUT, resume(100, false)))).isEmpty();
  }

  @Test
  void countsEndedForksSinceTheyWereLastTriedAgain() {
    List<Entry> entries =
        List.of(
            START,
            fork(1, Failure.Kind.KILLED),
            fork(1, Failure.Kind.THREW),
            resume(90, true),
            fork(1, Failure.Kind.TIMED_OUT));

    assertThat(Earlier.transitoryFailures(entries, CELL)).isEqualTo(1);
    assertThat(Earlier.transitoryFailures(entries, CELL.at(128))).isZero();
  }

  @Test
  void tellsTheBudgetAndTheForksOfTheLastResumption() {
    Sweep sweep = Earlier.sweep(List.of(START, resume(100, false), resume(120, false)));

    assertThat(sweep.budget()).isEqualTo(Duration.ofSeconds(120));
    assertThat(sweep.forks()).isEqualTo(4);
    assertThat(sweep.seed()).isEqualTo(5);
  }
}
