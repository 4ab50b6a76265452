package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SteeringTest {

  private static final List<Integer> LENGTHS = List.of(64, 128, 256, 512, 1024);

  private static List<Entry> run(
      Sweep sweep, ToDoubleFunction<Cell> nanos, SyntheticMachine.Noise noise, double between) {
    return SimulatedRun.entries(
        sweep, new SyntheticMachine(nanos, noise, between, between / 3, 500, 11));
  }

  private static Sweep sweep(List<String> models, int seconds, int forks, double precision) {
    return SimulatedRun.sweep(models, LENGTHS, Duration.ofSeconds(seconds), forks, precision);
  }

  private static Map<Cell, Long> forks(List<Entry> entries) {
    return entries.stream()
        .map(entry -> ((Entry.Fork) entry).cell())
        .collect(Collectors.groupingBy(cell -> cell, Collectors.counting()));
  }

  private static long total(List<Entry> entries, String model) {
    return entries.stream()
        .filter(entry -> ((Entry.Fork) entry).cell().model().equals(model))
        .count();
  }

  private static String ending(Sweep sweep, List<Entry> entries) {
    return String.join("\n", new Endings(Goal.of(sweep), entries).sentences());
  }

  @Test
  void endsASeriesThatIsKnownWellEnoughAfterFurtherForks() {
    Sweep sweep = sweep(List.of("m"), 7200, 50, 0.05);
    List<Entry> entries =
        run(sweep, cell -> 100.0 * cell.length(), SyntheticMachine.Noise.NORMAL, 0.02);

    assertThat(entries.size()).isBetween(15, 25);
    assertThat(ending(sweep, entries))
        .contains("because the exponent was known to ±0.050 and confirmed: m prefill ±0.0");
  }

  @Test
  void givesEveryLengthAllForksWhereNothingLessIsEnough() {
    Sweep sweep = sweep(List.of("m"), 7200, 7, 1e-6);
    List<Entry> entries =
        run(sweep, cell -> 100.0 * cell.length(), SyntheticMachine.Noise.NORMAL, 0.1);

    assertThat(forks(entries).values()).hasSize(5).allMatch(forks -> forks == 7);
    assertThat(ending(sweep, entries)).contains("because every length had 7 forks (--forks): m");
  }

  @Test
  void saysThatTheBudgetEndedASeries() {
    Sweep sweep = sweep(List.of("m"), 30, 50, 1e-6);
    List<Entry> entries =
        run(sweep, cell -> 100.0 * cell.length(), SyntheticMachine.Noise.NORMAL, 0.1);

    assertThat(ending(sweep, entries))
        .startsWith("Measuring ended because the budget was spent: m");
    assertThat(ending(sweep, entries.subList(0, 12)))
        .startsWith("Measuring was stopped before an end was reached: m prefill ±");
  }

  @Test
  void saysWhereALineDoesNotFitThatForksCannotHelp() {
    Sweep sweep = sweep(List.of("m"), 7200, 50, 0.05);
    List<Entry> entries =
        run(
            sweep,
            cell -> 1e4 + 0.1 * Math.pow(cell.length(), 2),
            SyntheticMachine.Noise.NORMAL,
            0.01);

    assertThat(entries.size()).isLessThan(25);
    assertThat(ending(sweep, entries))
        .contains("while lengths stand off a power law, which no further fork narrows: m prefill");
  }

  @Test
  void neverLetsALengthGetFarAhead() {
    Sweep sweep = sweep(List.of("m", "o"), 120, 50, 1e-6);
    Map<Cell, Integer> made = new HashMap<>();
    for (Entry entry : run(sweep, cell -> 1e4 * cell.length(), SyntheticMachine.Noise.HEAVY, 0.1)) {
      Entry.Fork fork = (Entry.Fork) entry;
      made.merge(fork.cell(), 1, Integer::sum);
      int of = made.get(fork.cell());
      int least =
          LENGTHS.stream()
              .mapToInt(length -> made.getOrDefault(fork.cell().at(length), 0))
              .min()
              .orElseThrow();
      // Two by choice, one more while a round is under way.
      assertThat(of - least).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void spendsTimeWhereASecondTellsMost() {
    Sweep sweep = sweep(List.of("cheap", "dear"), 300, 50, 1e-6);
    List<Entry> entries =
        run(
            sweep,
            cell -> cell.model().equals("dear") ? 3e9 : 1e6,
            SyntheticMachine.Noise.NORMAL,
            0.1);

    assertThat(total(entries, "cheap")).isGreaterThan(2 * total(entries, "dear"));
    assertThat(total(entries, "dear")).isGreaterThanOrEqualTo(2 * LENGTHS.size());
  }

  @Test
  void measuresLongerWhereIterationsAreTheNoise() {
    Sweep sweep = sweep(List.of("m"), 7200, 12, 1e-6);
    List<Entry> within =
        SimulatedRun.entries(
            sweep,
            new SyntheticMachine(cell -> 1e6, SyntheticMachine.Noise.NORMAL, 0.001, 0.2, 500, 5));
    List<Entry> between =
        SimulatedRun.entries(
            sweep,
            new SyntheticMachine(cell -> 1e6, SyntheticMachine.Noise.NORMAL, 0.2, 0.001, 500, 5));

    assertThat(lastMeasured(within)).isEqualTo(ForkPlan.MOST_MILLIS);
    assertThat(lastMeasured(between)).isEqualTo(ForkPlan.LEAST_MILLIS);
  }

  private static double lastMeasured(List<Entry> entries) {
    ForkPlan plan = ((Entry.Fork) entries.get(entries.size() - 1)).plan();
    return plan.iterations() * plan.iterationMillis();
  }
}
