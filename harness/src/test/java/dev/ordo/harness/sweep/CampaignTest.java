package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignTest {

  private static final double OVERHEAD_MILLIS = 300;
  private static final double NOISE = 0.2;

  private SyntheticMachine machine;
  private final List<Progress.Step> steps = new ArrayList<>();

  @Test
  void givesEveryCellAForkBeforeAnyGetsAnother() {
    List<Entry> entries = run(sweep(List.of(64, 128, 256), "10m", 4), cell -> 1e6, () -> false);

    List<Cell> cells = entries.stream().map(entry -> ((Entry.Fork) entry).cell()).toList();
    assertThat(cells).hasSize(4 * 12);
    for (int round = 0; round < 2; round++) {
      assertThat(new HashSet<>(cells.subList(12 * round, 12 * (round + 1)))).hasSize(12);
    }
    assertThat(cells.subList(0, 12)).isNotEqualTo(cells.subList(12, 24));
  }

  @Test
  void goesUpTheLengthsInTheFirstRound() {
    run(sweep(List.of(64, 128, 256), "10m", 1), cell -> 1e6, () -> false);

    assertThat(machine.asked()).extracting(Cell::length).isSorted();
  }

  @Test
  void leavesOutLengthsThatWouldTakeTooLongAndMeasuresAllOthers() {
    ToDoubleFunction<Cell> nanos =
        cell -> cell.model().equals("slow") ? 1e4 * Math.pow(cell.length(), 2) : 1e6;

    List<Entry> entries =
        run(sweep(List.of(64, 256, 1024, 4096, 16384), "60s", 3), nanos, () -> false);

    assertThat(machine.asked())
        .noneMatch(cell -> cell.model().equals("slow") && cell.length() > 1024);
    assertThat(machine.asked())
        .filteredOn(cell -> cell.model().equals("fast") && cell.length() == 16384)
        .hasSize(6);
    assertThat(machine.getAsLong() / 1e9).isLessThan(61);
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
                      nanos.applyAsDouble(entry.cell()) / 3, nanos.applyAsDouble(entry.cell()) * 3);
            });
  }

  @Test
  void staysWithinTheBudgetWhateverTheNumberOfForksAskedFor() {
    run(sweep(List.of(64, 128, 256, 512), "45s", 1000), cell -> 1e6, () -> false);

    assertThat(machine.getAsLong() / 1e9).isBetween(43.0, 45.0);
  }

  @Test
  void neverPromisesMoreTimeThanTheBudgetHolds() {
    run(sweep(List.of(64, 128, 256), "2m", 50), cell -> 1e6, () -> false);

    assertThat(steps)
        .allSatisfy(
            step -> assertThat(step.elapsedMillis() + step.leftMillis()).isBetween(0L, 120_000L));
    assertThat(steps.get(steps.size() - 1).leftMillis()).isLessThan(10_000);
  }

  @Test
  void stopsBetweenForksWhenAsked() {
    List<Entry> entries =
        run(sweep(List.of(64, 128), "10m", 5), cell -> 1e6, () -> machine.asked().size() >= 7);

    assertThat(entries).hasSize(7);
  }

  @Test
  void recordsAFailedForkOnceAndDoesNotTryTheCellAgain() {
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
  void goesOnWithTheForksThatItWouldHaveGoneOnWith(int stoppedAfter) {
    Sweep sweep = sweep(List.of(64, 256, 1024), "40s", 8);
    ToDoubleFunction<Cell> nanos = cell -> 100.0 * cell.length() * (cell.phase().ordinal() + 1);
    List<Cell> whole = cells(run(sweep, nanos, () -> false));
    List<Entry> first = run(sweep, nanos, () -> machine.asked().size() >= stoppedAfter);

    List<Entry> second = run(sweep, nanos, () -> false, first);

    List<Cell> both = new ArrayList<>(cells(first));
    both.addAll(cells(second));
    assertThat(both).isEqualTo(whole);
  }

  @Test
  void doesNothingMoreWhereAllIsMeasured() {
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

  private List<Entry> run(
      Sweep sweep, ToDoubleFunction<Cell> nanosPerOp, BooleanSupplier stopping) {
    return run(sweep, nanosPerOp, stopping, List.of());
  }

  /** Goes on where an earlier run ended, and returns the new entries. */
  private List<Entry> run(
      Sweep sweep,
      ToDoubleFunction<Cell> nanosPerOp,
      BooleanSupplier stopping,
      List<Entry> earlier) {
    machine =
        new SyntheticMachine(
            nanosPerOp, SyntheticMachine.Noise.NORMAL, NOISE, NOISE, OVERHEAD_MILLIS, 3);
    return SimulatedRun.entries(sweep, machine, stopping, earlier, new Recorder());
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
