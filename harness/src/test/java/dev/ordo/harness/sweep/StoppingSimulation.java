package dev.ordo.harness.sweep;

import dev.ordo.reports.fit.Interval;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How often intervals hold the exponent where their width decides when to stop. */
final class StoppingSimulation {

  private static final List<Integer> LENGTHS =
      IntStream.range(6, 13).mapToObj(power -> 1 << power).toList();

  private static final double EXPONENT = 1.3;

  private final SyntheticMachine.Noise noise;
  private final double between;
  private final int runs;
  private int held;
  private int precise;
  private double forks;
  private double halfWidth;

  private StoppingSimulation(SyntheticMachine.Noise noise, double between, int runs) {
    this.noise = noise;
    this.between = between;
    this.runs = runs;
  }

  /**
   * Simulates.
   *
   * @param between the relative standard deviation between forks; a third of it within them
   */
  static StoppingSimulation of(
      SyntheticMachine.Noise noise, double between, double precision, int forks, int runs) {
    StoppingSimulation simulation = new StoppingSimulation(noise, between, runs);
    for (int run = 0; run < runs; run++) {
      simulation.run(precision, forks, run);
    }
    return simulation;
  }

  /** Returns the part of the runs whose interval holds the exponent. */
  double coverage() {
    return (double) held / runs;
  }

  /** Returns the part of the runs that ended because the exponent was known well enough. */
  double precise() {
    return (double) precise / runs;
  }

  private void run(double precision, int most, int run) {
    Sweep sweep = SimulatedRun.sweep(List.of("m"), LENGTHS, Duration.ofHours(2), most, precision);
    SyntheticMachine machine =
        new SyntheticMachine(
            cell -> 100 * Math.pow(cell.length(), EXPONENT),
            noise,
            between,
            between / 3,
            500,
            1000L * run + (long) (between * 100) + 31L * noise.ordinal());
    Knowledge knowledge = new Knowledge(new Forecast(cell -> Double.NaN));
    SimulatedRun.entries(sweep, machine).forEach(knowledge::take);
    List<Cell> cells = SeriesState.group(knowledge.measurable()).get(0);
    SeriesState state = SeriesState.of(Goal.of(sweep), knowledge, cells);
    Interval exponent = state.standing().orElseThrow().exponent();
    held += exponent.contains(EXPONENT) ? 1 : 0;
    precise += state.precise(new HashMap<>()) ? 1 : 0;
    forks += (double) machine.asked().size() / LENGTHS.size() / runs;
    halfWidth += (exponent.high() - exponent.low()) / 2 / runs;
  }

  /** Prints a table in Markdown. */
  static void print(PrintStream out, double precision, int runs) {
    out.println("| noise | between forks | held, % | known, % | forks a length | half width |");
    out.println("|---|--:|--:|--:|--:|--:|");
    for (SyntheticMachine.Noise noise : SyntheticMachine.Noise.values()) {
      for (double between : new double[] {0.01, 0.03, 0.1}) {
        StoppingSimulation row = of(noise, between, precision, 20, runs);
        out.printf(
            Locale.ROOT,
            "| %s | %.0f %% | %.1f | %.0f | %.1f | %.3f |%n",
            noise.name().toLowerCase(Locale.ROOT),
            100 * between,
            100 * row.coverage(),
            100 * row.precise(),
            row.forks,
            row.halfWidth);
      }
    }
  }
}
