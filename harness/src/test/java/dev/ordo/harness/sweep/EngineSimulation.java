package dev.ordo.harness.sweep;

import dev.ordo.reports.fit.Standing;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Plain JMH beside the engine on a synthetic machine: wall time and error of the exponent, on the
 * same lengths and with the same noise.
 *
 * <p>Plain is what JMH does unasked: five forks a length, one after the other, each of 5 warm-up
 * and 5 measured iterations of 10 s. A fork of the engine is steady when its warm-up says so, half
 * a second after it starts; one of plain JMH after its 50 s certainly is.
 */
final class EngineSimulation {

  private static final List<Integer> LENGTHS =
      IntStream.range(6, 13).mapToObj(power -> 1 << power).toList();

  /** What a fork takes beside its iterations: starting, and the engine's warm-up. */
  private static final double PLAIN_OVERHEAD_MILLIS = 300;

  private static final double OVERHEAD_MILLIS = 800;
  private static final int PLAIN_FORKS = 5;
  private static final ForkPlan PLAIN = new ForkPlan(5, 5, 10_000);

  /** Nanoseconds of an operation whose growth is known. */
  enum Law {
    /** n. */
    LINEAR(length -> 1e3 * length),
    /** n log n. */
    QUASILINEAR(length -> 100.0 * length * Math.log(length)),
    /** n²; 17 ms at the largest length. */
    QUADRATIC(length -> 1.0 * length * length);

    private final IntToDoubleFunction nanos;

    Law(IntToDoubleFunction nanos) {
      this.nanos = nanos;
    }

    /** Returns the slope that the law has over all lengths. */
    double slope() {
      double xMean = LENGTHS.stream().mapToDouble(Math::log).average().orElseThrow();
      double xx = 0;
      double xy = 0;
      for (int length : LENGTHS) {
        double x = Math.log(length) - xMean;
        xx += x * x;
        xy += x * Math.log(nanos.applyAsDouble(length));
      }
      return xy / xx;
    }
  }

  /**
   * What one way of measuring came to.
   *
   * @param seconds the mean wall time of a series, in seconds
   * @param error the root mean square of the exponent's error
   * @param held the part of the 95 % intervals that hold the exponent
   */
  record Outcome(double seconds, double error, double held) {}

  private EngineSimulation() {}

  /**
   * Simulates one way.
   *
   * @param plain plain JMH, or the engine
   * @param between the relative standard deviation between forks; within them, between iterations
   *     of 40 ms, it is as large
   */
  static Outcome of(
      boolean plain,
      Law law,
      SyntheticMachine.Noise noise,
      double between,
      double precision,
      int runs) {
    double seconds = 0;
    double squares = 0;
    double held = 0;
    Sweep sweep =
        SimulatedRun.sweep(
            List.of("m"), LENGTHS, Duration.ofHours(9), plain ? PLAIN_FORKS : 40, precision);
    for (int run = 0; run < runs; run++) {
      SyntheticMachine machine =
          new SyntheticMachine(
              cell -> law.nanos.applyAsDouble(cell.length()),
              noise,
              between,
              between,
              plain ? PLAIN_OVERHEAD_MILLIS : OVERHEAD_MILLIS,
              77L * run + law.ordinal() + 13L * noise.ordinal());
      List<Entry> entries = plain ? plain(machine) : SimulatedRun.entries(sweep, machine);
      Knowledge knowledge = new Knowledge(new Forecast(cell -> Double.NaN));
      entries.forEach(knowledge::take);
      List<Cell> cells = SeriesState.group(knowledge.measurable()).get(0);
      Standing standing = SeriesState.of(Goal.of(sweep), knowledge, cells).standing().orElseThrow();
      seconds += machine.getAsLong() / 1e9 / runs;
      squares += Math.pow(standing.exponent().value() - law.slope(), 2) / runs;
      held += standing.exponent().contains(law.slope()) ? 1.0 / runs : 0;
    }
    return new Outcome(seconds, Math.sqrt(squares), held);
  }

  private static List<Entry> plain(SyntheticMachine machine) {
    List<Entry> entries = new ArrayList<>();
    for (int length : LENGTHS) {
      Cell cell = new Cell("m", dev.ordo.models.Phase.PREFILL, length, 1);
      for (int fork = 1; fork <= PLAIN_FORKS; fork++) {
        entries.add(machine.run(fork, cell, PLAIN));
      }
    }
    return entries;
  }

  /** Prints a table in Markdown. */
  static void print(PrintStream out, int runs) {
    out.println(
        "| law | noise | between forks | plain JMH: s | error | held, % | engine: s | error | held,"
            + " % | time, part of plain |");
    out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (Law law : Law.values()) {
      for (SyntheticMachine.Noise noise : SyntheticMachine.Noise.values()) {
        for (double between : new double[] {0.03, 0.1}) {
          double precision = between / 4;
          Outcome plain = of(true, law, noise, between, precision, runs);
          Outcome engine = of(false, law, noise, between, precision, runs);
          out.printf(
              Locale.ROOT,
              "| %s | %s | %.0f %% | %.0f | %.4f | %.0f | %.0f | %.4f | %.0f | 1/%.0f |%n",
              law.name().toLowerCase(Locale.ROOT),
              noise.name().toLowerCase(Locale.ROOT),
              100 * between,
              plain.seconds(),
              plain.error(),
              100 * plain.held(),
              engine.seconds(),
              engine.error(),
              100 * engine.held(),
              plain.seconds() / engine.seconds());
        }
      }
    }
  }
}
