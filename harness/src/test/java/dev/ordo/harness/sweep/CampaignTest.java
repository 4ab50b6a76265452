package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignTest {

  private static final double OVERHEAD_MILLIS = 300;

  @TempDir private Path directory;

  private long nowNanos;
  private final List<Cell> asked = new ArrayList<>();
  private final List<Progress.Step> steps = new ArrayList<>();

  @Test
  void givesEveryCellAForkBeforeAnyGetsAnother() throws IOException {
    List<Entry> entries = run(sweep(List.of(64, 128, 256), "10m", 4), cell -> 1e6, () -> false);

    List<Cell> cells = entries.stream().map(entry -> ((Entry.Fork) entry).cell()).toList();
    assertThat(cells).hasSize(4 * 12);
    for (int round = 0; round < 4; round++) {
      assertThat(new HashSet<>(cells.subList(12 * round, 12 * (round + 1)))).hasSize(12);
    }
    assertThat(cells.subList(12, 24)).isNotEqualTo(cells.subList(24, 36));
  }

  @Test
  void goesUpTheLengthsInTheFirstRound() throws IOException {
    run(sweep(List.of(64, 128, 256), "10m", 1), cell -> 1e6, () -> false);

    assertThat(asked).extracting(Cell::length).isSorted();
  }

  @Test
  void leavesOutLengthsThatWouldTakeTooLongAndMeasuresAllOthers() throws IOException {
    ToDoubleFunction<Cell> nanos =
        cell -> cell.model().equals("slow") ? 1e4 * Math.pow(cell.length(), 2) : 1e6;

    List<Entry> entries =
        run(sweep(List.of(64, 256, 1024, 4096, 16384), "60s", 3), nanos, () -> false);

    assertThat(asked).noneMatch(cell -> cell.model().equals("slow") && cell.length() > 1024);
    assertThat(asked)
        .filteredOn(cell -> cell.model().equals("fast") && cell.length() == 16384)
        .hasSize(6);
    assertThat(nowNanos / 1e9).isLessThan(61);
    List<Entry.LeftOut> leftOut =
        entries.stream()
            .filter(Entry.LeftOut.class::isInstance)
            .map(Entry.LeftOut.class::cast)
            .toList();
    assertThat(leftOut).isNotEmpty();
    assertThat(leftOut)
        .allSatisfy(
            entry -> {
              assertThat(entry.cell().model()).isEqualTo("slow");
              assertThat(entry.reason())
                  .contains("left out", entry.cell().toString(), "within the budget of 60 s");
              assertThat(entry.predictedNanos())
                  .isBetween(
                      nanos.applyAsDouble(entry.cell()) / 2, nanos.applyAsDouble(entry.cell()) * 2);
            });
  }

  @Test
  void staysWithinTheBudgetWhateverTheNumberOfForksAskedFor() throws IOException {
    run(sweep(List.of(64, 128, 256, 512), "45s", 1000), cell -> 1e6, () -> false);

    assertThat(nowNanos / 1e9).isBetween(43.0, 45.0);
  }

  @Test
  void neverPromisesMoreTimeThanTheBudgetHolds() throws IOException {
    run(sweep(List.of(64, 128, 256), "2m", 50), cell -> 1e6, () -> false);

    assertThat(steps)
        .allSatisfy(
            step -> assertThat(step.elapsedMillis() + step.leftMillis()).isBetween(0L, 120_000L));
    assertThat(steps.get(steps.size() - 1).leftMillis()).isLessThan(3_000);
  }

  @Test
  void stopsBetweenForksWhenAsked() throws IOException {
    List<Entry> entries =
        run(sweep(List.of(64, 128), "10m", 5), cell -> 1e6, () -> asked.size() >= 7);

    assertThat(entries).hasSize(7);
  }

  @Test
  void recordsAFailedForkOnceAndDoesNotTryTheCellAgain() throws IOException {
    List<Entry> entries =
        run(
            sweep(List.of(64, 128), "10m", 3),
            cell -> cell.model().equals("slow") && cell.length() == 128 ? Double.NaN : 1e6,
            () -> false);

    List<Entry.Fork> failures =
        entries.stream().map(Entry.Fork.class::cast).filter(fork -> !fork.succeeded()).toList();
    assertThat(failures).hasSize(2).allMatch(fork -> fork.failure().reason().equals("boom"));
    assertThat(entries).hasSize(3 * 6 + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 11, 12, 13, 20, 24, 29, 36})
  void goesOnWithTheForksThatItWouldHaveGoneOnWith(int stoppedAfter) throws IOException {
    Sweep sweep = sweep(List.of(64, 256, 1024), "40s", 8);
    ToDoubleFunction<Cell> nanos = cell -> 100.0 * cell.length() * (cell.phase().ordinal() + 1);
    List<Cell> whole = cells(run(sweep, nanos, () -> false));
    asked.clear();
    List<Entry> first = run(sweep, nanos, () -> asked.size() >= stoppedAfter);
    nowNanos += 3_600_000_000_000L;

    List<Entry> second = run(sweep, nanos, () -> false, first);

    List<Cell> both = new ArrayList<>(cells(first));
    both.addAll(cells(second));
    assertThat(both).isEqualTo(whole);
  }

  @Test
  void doesNothingMoreWhereAllIsMeasured() throws IOException {
    Sweep sweep = sweep(List.of(64, 128), "10m", 3);
    List<Entry> all = run(sweep, cell -> 1e6, () -> false);

    assertThat(run(sweep, cell -> 1e6, () -> false, all)).isEmpty();
  }

  private static List<Cell> cells(List<Entry> entries) {
    return entries.stream().map(entry -> ((Entry.Fork) entry).cell()).toList();
  }

  private static Sweep sweep(List<Integer> lengths, String budget, int forks) {
    return new Sweep(
        List.of("fast", "slow"),
        List.of(Phase.PREFILL, Phase.GENERATE),
        lengths,
        Dimensions.plain(List.of(1), List.of()),
        Sweep.same(ModelShape.DEFAULT, List.of("fast", "slow")),
        7,
        Duration.parse("PT" + budget),
        forks,
        0.05,
        List.of(),
        Optional.empty());
  }

  /** Runs a sweep on a machine whose clock only moves when a fork runs. */
  private List<Entry> run(Sweep sweep, ToDoubleFunction<Cell> nanosPerOp, BooleanSupplier stopping)
      throws IOException {
    return run(sweep, nanosPerOp, stopping, List.of());
  }

  /** Goes on where an earlier run ended, and returns the new entries. */
  private List<Entry> run(
      Sweep sweep, ToDoubleFunction<Cell> nanosPerOp, BooleanSupplier stopping, List<Entry> earlier)
      throws IOException {
    Forks machine =
        (round, cell, plan) -> {
          asked.add(cell);
          double nanos = nanosPerOp.applyAsDouble(cell);
          boolean fails = Double.isNaN(nanos);
          long millis = (long) (OVERHEAD_MILLIS + plan.millis(fails ? 0 : nanos, cell.threads()));
          nowNanos += millis * 1_000_000;
          return new Entry.Fork(
              round,
              cell,
              "2026-01-01T00:00:00Z",
              millis,
              plan,
              new Entry.Jvm("java", List.of(), "17", "vm", "17"),
              fails ? new double[0] : new double[] {nanos},
              Map.of(),
              true,
              null,
              fails ? new Failure(Failure.Kind.THREW, "boom") : null);
        };
    Schedule schedule = new Schedule(sweep, (model, phase) -> true);
    int levels = sweep.lengths().size();
    Path into = Files.createTempDirectory(directory, "run");
    try (Journal journal =
        Journal.create(
            into, Entry.Start.of(sweep, RunOptions.DEFAULT, "test", "2026-01-01T00:00:00Z"))) {
      new Campaign(
              sweep,
              schedule,
              Budget.of(sweep.budget(), schedule.first().size() / levels, levels, sweep.forks()),
              new Forecast(cell -> Double.NaN),
              machine,
              journal,
              new Recorder(),
              stopping,
              () -> nowNanos)
          .run(earlier);
    }
    List<Entry> entries = Journal.read(into);
    return entries.subList(1, entries.size());
  }

  private final class Recorder implements Progress {
    @Override
    public void starting(Step step) {
      steps.add(step);
    }

    @Override
    public void failed(Entry.Fork fork) {}

    @Override
    public void leftOut(Entry.LeftOut entry) {}
  }
}
