package dev.ordo.harness.sweep;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.reports.fit.Interval;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures the same series by plain JMH, with its defaults, and by the engine, and prints wall
 * times and errors of the exponents. The forks of both are journals, so that it goes on where it
 * was stopped.
 */
public final class BenchEngine {

  private static final List<String> SPINS =
      List.of("spin-linear", "spin-quasilinear", "spin-quadratic");

  private static final int PLAIN_FORKS = 5;
  private static final int PLAIN_ITERATIONS = 5;
  private static final double PLAIN_MILLIS = 10_000;

  private static final TimeLimit LIMIT =
      new TimeLimit(
          Optional.of(Duration.ofHours(1)), new Forecast(cell -> Double.NaN), Duration.ofHours(1));

  private final Path out;
  private final List<Integer> lengths;
  private final double scale;
  private final double precision;
  private final Path plugin;
  private final PrintStream log;

  private BenchEngine(
      Path out,
      List<Integer> lengths,
      double scale,
      double precision,
      Path plugin,
      PrintStream log) {
    this.out = out;
    this.lengths = lengths;
    this.scale = scale;
    this.precision = precision;
    this.plugin = plugin;
    this.log = log;
  }

  private record Result(double seconds, Interval exponent) {}

  /**
   * Measures or simulates.
   *
   * @param args options, each with a value: {@code --series}, {@code --lengths}, {@code --scale},
   *     {@code --precision}, {@code --out}; or {@code --simulate} with the number of runs
   */
  public static void main(String[] args) throws IOException {
    Map<String, String> options = new HashMap<>();
    List<String> known =
        List.of("--series", "--lengths", "--scale", "--precision", "--out", "--simulate");
    for (int i = 0; i < args.length; i += 2) {
      if (!known.contains(args[i]) || i + 1 == args.length) {
        System.err.println(
            "bench-engine: expected one of " + known + " and its value, found " + args[i]);
        System.exit(2);
      }
      options.put(args[i], args[i + 1]);
    }
    if (options.containsKey("--simulate")) {
      int runs = Integer.parseInt(options.get("--simulate"));
      StoppingSimulation.print(System.out, 0.05, runs);
      System.out.println();
      EngineSimulation.print(System.out, runs);
      return;
    }
    measure(options);
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private static void measure(Map<String, String> options) throws IOException {
    Path out = Files.createDirectories(Path.of(options.getOrDefault("--out", "bench-engine")));
    double scale = Double.parseDouble(options.getOrDefault("--scale", "1"));
    Path plugin = SpinJar.write(out.toAbsolutePath().resolve("spin.jar"));
    String all = String.join(",", SPINS) + ",rnn,transformer";
    try (MachineLock lock = MachineLock.take();
        OutputStream stream = Files.newOutputStream(out.resolve("forks.log"));
        PrintStream log = new PrintStream(stream, true, StandardCharsets.UTF_8);
        ForkImage image = ForkImage.create(List.of(plugin))) {
      BenchEngine bench =
          new BenchEngine(
              out,
              lengths(options.getOrDefault("--lengths", "64..4096")),
              scale,
              Double.parseDouble(options.getOrDefault("--precision", "0.05")),
              plugin,
              log);
      System.setProperty("java.class.path", image.classPath());
      if (scale != 1) {
        System.out.printf(
            Locale.ROOT,
            "Plain JMH is shortened: iterations of %.2g s instead of 10 s.%n%n",
            10 * scale);
      }
      System.out.println(
          "| series | plain JMH: s | exponent | error | engine: s | exponent | error | time, part"
              + " of plain |");
      System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
      for (String series : options.getOrDefault("--series", all).split(",")) {
        bench.row(series, image);
      }
    }
  }

  private void row(String series, ForkImage image) throws IOException {
    String[] parts = series.split(":");
    Phase phase = parts.length > 1 ? Phase.of(parts[1]) : Phase.PREFILL;
    Result plain = plain(parts[0], phase, image);
    Result engine = engine(parts[0], phase, image);
    boolean spins = SPINS.contains(parts[0]);
    // Of a model nobody knows the slope but the longest measurement that there is.
    double truth = spins ? slope(parts[0]) : plain.exponent().value();
    System.out.printf(
        Locale.ROOT,
        "| %s %s | %.0f | %s | %s | %.0f | %s | %.4f | 1/%.0f |%n",
        parts[0],
        phase.id(),
        plain.seconds(),
        text(plain.exponent()),
        spins
            ? String.format(Locale.ROOT, "%.4f", Math.abs(plain.exponent().value() - truth))
            : "reference",
        engine.seconds(),
        text(engine.exponent()),
        Math.abs(engine.exponent().value() - truth),
        plain.seconds() / engine.seconds());
  }

  private static String text(Interval exponent) {
    return String.format(
        Locale.ROOT, "%.3f [%.3f, %.3f]", exponent.value(), exponent.low(), exponent.high());
  }

  private double slope(String spin) {
    Spin law =
        switch (spin) {
          case "spin-linear" -> new Spin.Linear();
          case "spin-quasilinear" -> new Spin.Quasilinear();
          default -> new Spin.Quadratic();
        };
    double mean = lengths.stream().mapToDouble(Math::log).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int length : lengths) {
      double x = Math.log(length) - mean;
      xx += x * x;
      xy += x * Math.log(law.steps(length));
    }
    return xy / xx;
  }

  private Result plain(String model, Phase phase, ForkImage image) throws IOException {
    Sweep sweep = sweep(model, phase, PLAIN_FORKS);
    ForkPlan plan =
        new ForkPlan(PLAIN_ITERATIONS, PLAIN_ITERATIONS, (int) Math.max(1, PLAIN_MILLIS * scale));
    // Its warm-up is its iterations; ours ends after the first batch.
    ForkRunner runner =
        new ForkRunner(sweep, cell -> List.of("-Dordo.warmup.millis=1"), LIMIT, log);
    try (Journal journal = journal("plain", sweep)) {
      List<Entry> entries = forks(journal);
      for (int length : lengths) {
        Cell cell = new Cell(model, phase, length, 1);
        for (int fork = 1; fork <= PLAIN_FORKS; fork++) {
          if (!has(entries, cell, fork)) {
            Entry.Fork made = runner.run(fork, cell, plan);
            journal.append(made);
            entries.add(made);
          }
        }
      }
      return result(sweep, entries);
    }
  }

  private static boolean has(List<Entry> entries, Cell cell, int round) {
    return entries.stream()
        .map(Entry.Fork.class::cast)
        .anyMatch(fork -> fork.cell().equals(cell) && fork.round() == round);
  }

  private Result engine(String model, Phase phase, ForkImage image) throws IOException {
    Sweep sweep = sweep(model, phase, 20);
    Schedule schedule = new Schedule(sweep, (each, which) -> true);
    try (Journal journal = journal("engine", sweep)) {
      ForkRunner.rehearse(sweep, schedule.first().get(0), image, LIMIT, log);
      new Campaign(
              sweep,
              schedule,
              Budget.of(sweep.budget(), 1, lengths.size(), sweep.forks()),
              new Forecast(cell -> Double.NaN),
              new ForkRunner(sweep, image::jvmArgs, LIMIT, log),
              journal::append,
              new SimulatedRun.Silence(),
              () -> false,
              System::nanoTime)
          .run(forks(journal));
    }
    return result(sweep, forks(Journal.read(directory("engine", sweep))));
  }

  private Result result(Sweep sweep, List<Entry> entries) {
    Knowledge knowledge = new Knowledge(new Forecast(cell -> Double.NaN));
    entries.forEach(knowledge::take);
    List<List<Cell>> measured = SeriesState.group(knowledge.measurable());
    if (measured.isEmpty() || measured.get(0).size() < 3) {
      throw new IllegalStateException(
          "fewer than 3 lengths of " + sweep.models() + " were measured; forks.log says why");
    }
    List<Cell> cells = measured.get(0);
    SeriesState state = SeriesState.of(Goal.of(sweep), knowledge, cells);
    return new Result(knowledge.spentMillis() / 1e3, state.standing().orElseThrow().exponent());
  }

  private Path directory(String way, Sweep sweep) {
    String series = sweep.models().get(0) + "-" + sweep.phases().get(0).id();
    return out.resolve(series + "-" + way);
  }

  private Journal journal(String way, Sweep sweep) throws IOException {
    Path directory = Files.createDirectories(directory(way, sweep));
    return Files.exists(directory.resolve(Journal.FILE))
        ? Journal.resume(directory)
        : Journal.create(
            directory, Entry.Start.of(sweep, RunOptions.DEFAULT, "bench-engine", "now"));
  }

  private static List<Entry> forks(Journal journal) {
    return forks(journal.entries());
  }

  private static List<Entry> forks(List<Entry> entries) {
    return new ArrayList<>(entries.stream().filter(Entry.Fork.class::isInstance).toList());
  }

  private Sweep sweep(String model, Phase phase, int forks) throws IOException {
    URLClassLoader loader =
        new URLClassLoader(new URL[] {plugin.toUri().toURL()}, BenchEngine.class.getClassLoader());
    Models.load(loader).get(model);
    return new Sweep(
        List.of(model),
        List.of(phase),
        lengths,
        Dimensions.plain(List.of(1), List.of()),
        Sweep.same(ModelShape.DEFAULT, List.of(model)),
        1,
        Duration.ofHours(1),
        forks,
        precision,
        List.of(plugin),
        Optional.empty());
  }

  /** Reads numbers between commas, or a..b, which doubles. */
  private static List<Integer> lengths(String text) {
    if (!text.contains("..")) {
      return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
    String[] ends = text.split("\\.\\.");
    List<Integer> lengths = new ArrayList<>();
    for (int length = Integer.parseInt(ends[0]); length <= Integer.parseInt(ends[1]); length *= 2) {
      lengths.add(length);
    }
    return lengths;
  }
}
