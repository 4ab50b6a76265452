package dev.ordo.harness.gate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Prints how often gates on generated results are right, as Markdown tables. */
final class BenchGate {

  static final double QUIET = 0.014;
  static final double LOUD = 0.046;

  private static final Set<String> OPTIONS =
      Set.of(
          "--seed",
          "--gates",
          "--only",
          "--pairs",
          "--changed",
          "--budget",
          "--largest",
          "--shape",
          "--other-jdk",
          "--runs");

  private static final double[] SHIFTS = {0.02, 0.05, 0.10, 0.20};

  private final long seed;
  private final int count;
  private final PrintStream out;

  BenchGate(long seed, int count, PrintStream out) {
    this.seed = seed;
    this.count = count;
    this.out = out;
  }

  /** How one suite is made from another. */
  interface Scenario {
    GeneratedSuite candidate(GeneratedSuite base, RandomGenerator random);
  }

  /** Judges so many suites of 105 cells. */
  List<GateResult> usual(double quiet, double loud, Scenario scenario, int times) {
    return IntStream.range(0, times)
        .mapToObj(
            i -> {
              RandomGenerator random = new SplittableRandom(seed + 1_000_003L * i);
              GeneratedSuite base = GeneratedSuite.usual(random, quiet, loud);
              GeneratedSuite candidate = scenario.candidate(base, random);
              return Gate.of(
                  base.measure(random),
                  candidate.measure(random),
                  GateOptions.DEFAULT.withSeed(random.nextLong()));
            })
        .toList();
  }

  /** Judges so many small files. */
  List<GateResult> small(GeneratedSuite base, Scenario scenario, int times) {
    return IntStream.range(0, times)
        .mapToObj(
            i -> {
              RandomGenerator random = new SplittableRandom(seed + 1_000_003L * i);
              GeneratedSuite candidate = scenario.candidate(base, random);
              return Gate.of(
                  base.measure(random),
                  candidate.measure(random),
                  GateOptions.DEFAULT.withSeed(random.nextLong()));
            })
        .toList();
  }

  static Scenario same() {
    return (base, random) -> base;
  }

  /** Changes the series of one model, or one phase of it. */
  static Scenario change(String name, UnaryOperator<GeneratedSuite.Kind> change) {
    return (base, random) ->
        base.changed(kind -> kind.name().startsWith(name) ? change.apply(kind) : kind);
  }

  static Scenario elsewhere(Scenario then, double scatter) {
    return (base, random) ->
        then.candidate(base, random)
            .elsewhere(random, Math.pow(2, random.nextDouble(-1, 1)), scatter);
  }

  /** Adds a part that grows faster by the size over a place. */
  static UnaryOperator<GeneratedSuite.Kind> growing(double place) {
    return kind -> kind.with(n -> kind.nanos().applyAsDouble(n) * (1 + n / place));
  }

  static UnaryOperator<GeneratedSuite.Kind> logarithm() {
    return kind -> kind.with(n -> kind.nanos().applyAsDouble(n) * Math.log(n) / Math.log(64));
  }

  static double share(List<GateResult> results, Predicate<GateResult> what) {
    return results.stream().filter(what).count() / (double) results.size();
  }

  static boolean regressed(GateResult result) {
    return result.outcome() == Outcome.REGRESSED;
  }

  static boolean found(GateResult result, String name, Claim.Kind... kinds) {
    return result.failing().stream()
        .anyMatch(c -> c.name().startsWith(name) && List.of(kinds).contains(c.kind()));
  }

  static boolean improved(GateResult result, String name) {
    return result.claims().stream()
        .anyMatch(c -> c.name().startsWith(name) && c.verdict() == Verdict.IMPROVED);
  }

  void alarms() {
    out.println("### Nothing changed, %");
    out.println();
    out.println(
        "| suite | noise | gates that fail | undecided | claims that fail | cells that fail |");
    out.println("|---|---|--:|--:|--:|--:|");
    double[][] noises = {{QUIET, LOUD}, {0.05, 0.15}, {0.15, 0.25}};
    for (double[] noise : noises) {
      row("105 cells, 2 forks", noise, usual(noise[0], noise[1], same(), count));
    }
    for (int forks : new int[] {2, 3, 5}) {
      for (double noise : new double[] {0.03, 0.10}) {
        GeneratedSuite suite =
            GeneratedSuite.small(1, new double[] {10, 100, 1000, 10000}, forks, noise, n -> 50 * n);
        row(
            "1 series of 4, " + forks + " forks",
            new double[] {noise},
            small(suite, same(), count));
      }
    }
    GeneratedSuite suite = GeneratedSuite.small(6, new double[] {100}, 3, 0.03, n -> 50 * n);
    row("6 cells without a size, 3 forks", new double[] {0.03}, small(suite, same(), count));
    out.println();
    out.println("### Nothing changed but machine and JVM, %");
    out.println();
    out.println(
        "| suite | scatter | gates that fail | undecided | claims that fail | cells that fail |");
    out.println("|---|---|--:|--:|--:|--:|");
    for (double scatter : new double[] {0, 0.03, 0.06, 0.12}) {
      row(
          "105 cells, 2 forks",
          new double[] {scatter},
          usual(QUIET, LOUD, elsewhere(same(), scatter), count));
    }
    GeneratedSuite few =
        GeneratedSuite.small(2, new double[] {64, 256, 1024, 4096, 16384}, 3, 0.03, n -> 50 * n);
    row("2 series of 5, 3 forks", new double[] {0.06}, small(few, elsewhere(same(), 0.06), count));
    out.println();
  }

  private void row(String suite, double[] noise, List<GateResult> results) {
    long claims = 0;
    long failing = 0;
    long cells = 0;
    long failingCells = 0;
    for (GateResult result : results) {
      claims += result.claims().stream().filter(Claim::gates).count();
      failing += result.failing().size();
      cells += result.of(Claim.Kind.CELL).size();
      failingCells += result.of(Claim.Kind.CELL).stream().filter(Claim::fails).count();
    }
    String level =
        noise.length == 1
            ? String.format(Locale.ROOT, "%.0f %%", 100 * noise[0])
            : String.format(Locale.ROOT, "%.1f … %.1f %%", 100 * noise[0], 100 * noise[1]);
    out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.2f | %.2f |%n",
        suite,
        level,
        100 * share(results, BenchGate::regressed),
        100 * share(results, r -> r.outcome() == Outcome.INCONCLUSIVE),
        100.0 * failing / claims,
        100.0 * failingCells / cells);
    out.flush();
  }

  void power() {
    out.println("### One model of five is slower: the gate fails for it, %");
    out.println();
    out.println("| noise | 2 % | 5 % | 10 % | 20 % | called improved |");
    out.println("|---|--:|--:|--:|--:|--:|");
    for (double[] noise : new double[][] {{QUIET, QUIET}, {QUIET, LOUD}, {LOUD, LOUD}}) {
      StringBuilder row = new StringBuilder();
      double improved = 0;
      for (double shift : SHIFTS) {
        List<GateResult> results =
            usual(noise[0], noise[1], change("mamba", kind -> kind.times(1 + shift)), count / 3);
        row.append(
            String.format(
                Locale.ROOT,
                " %.0f |",
                100 * share(results, r -> found(r, "mamba", Claim.Kind.values()))));
        improved = Math.max(improved, share(results, r -> improved(r, "mamba")));
      }
      out.printf(
          Locale.ROOT,
          "| %.1f … %.1f %% |%s %.1f |%n",
          100 * noise[0],
          100 * noise[1],
          row,
          100 * improved);
      out.flush();
    }
    out.println();
    out.println("### A single cell twice as slow, in a file of its own, %");
    out.println();
    out.println("| forks | noise | fails | undecided | passes |");
    out.println("|--:|--:|--:|--:|--:|");
    for (int forks : new int[] {1, 2, 3, 5}) {
      for (double noise : new double[] {0.03, 0.10, 0.20}) {
        GeneratedSuite suite = GeneratedSuite.small(1, new double[] {100}, forks, noise, n -> 5e3);
        List<GateResult> results = small(suite, change("m0", k -> k.times(2)), count / 3);
        out.printf(
            Locale.ROOT,
            "| %d | %.0f %% | %.0f | %.0f | %.0f |%n",
            forks,
            100 * noise,
            100 * share(results, BenchGate::regressed),
            100 * share(results, r -> r.outcome() == Outcome.INCONCLUSIVE),
            100 * share(results, r -> r.outcome() == Outcome.PASSED));
      }
    }
    out.println();
  }

  void laws() {
    out.println("### A law got worse: a claim about the law fails the gate, %");
    out.println();
    out.println(
        "| what | same machine | noise 5 … 15 % | other machine and JVM, scatter 3 % | 6 % |");
    out.println("|---|--:|--:|--:|--:|");
    law(
        "decode O(1) → linear, four times as slow at the largest size",
        "mamba.decode",
        growing(4096 / 3.0));
    law("decode O(1) → linear, twice as slow at the largest size", "mamba.decode", growing(4096));
    law(
        "decode O(1) → linear, 30 % slower at the largest size",
        "mamba.decode", growing(4096 / 0.3));
    law("scan n → quadratic, crossover 512", "mamba.prefill", growing(512));
    law("scan n → quadratic, crossover at the largest size", "mamba.prefill", growing(4096));
    law("scan n → n²", "mamba.prefill", k -> k.with(n -> k.nanos().applyAsDouble(n) * n / 64));
    law("n → n log n", "mamba.prefill", logarithm());
    law(
        "linear + quadratic, crossover from 1000 to 250",
        "transformer-kv.prefill",
        k -> k.with(n -> k.nanos().applyAsDouble(n) * (1 + n / 250) / (1 + n / 1000)));
    out.println();
  }

  private void law(String what, String name, UnaryOperator<GeneratedSuite.Kind> change) {
    int times = Math.max(10, count / 5);
    Scenario changed = change(name, change);
    Predicate<GateResult> found = r -> found(r, name, Claim.Kind.LAW);
    out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %.0f |%n",
        what,
        100 * share(usual(QUIET, LOUD, changed, times), found),
        100 * share(usual(0.05, 0.15, changed, times), found),
        100 * share(usual(QUIET, LOUD, elsewhere(changed, 0.03), times), found),
        100 * share(usual(QUIET, LOUD, elsewhere(changed, 0.06), times), found));
    out.flush();
  }

  /**
   * Prints all tables: of generated results, or, with {@code --real}, of runs of this machine.
   *
   * @param args the root of the repository, then options; see {@code scripts/bench-gate}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, String> options = new HashMap<>();
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals("--real")) {
        options.put(args[i], "");
      } else if (OPTIONS.contains(args[i]) && i + 1 < args.length) {
        options.put(args[i], args[++i]);
      } else {
        System.err.println("bench-gate: unknown option, or one without a value: " + args[i]);
        System.exit(2);
      }
    }
    if (options.containsKey("--real")) {
      int pairs = Integer.parseInt(options.getOrDefault("--pairs", "40"));
      int largest = Integer.parseInt(options.getOrDefault("--largest", "4096"));
      List<String> ofRun =
          new ArrayList<>(List.of("--lengths", Math.max(1, largest / 64) + ".." + largest));
      if (options.containsKey("--shape")) {
        ofRun.addAll(List.of("--shape", options.get("--shape")));
      }
      new RealGates(
              new RealGates.Settings(
                  Path.of(args[0]),
                  pairs,
                  Integer.parseInt(
                      options.getOrDefault("--changed", Integer.toString(Math.max(1, pairs / 4)))),
                  options.getOrDefault("--budget", "5m"),
                  ofRun,
                  largest,
                  options.getOrDefault("--other-jdk", ""),
                  Path.of(options.getOrDefault("--runs", "gate-runs")).toAbsolutePath()),
              out)
          .run();
      return;
    }
    BenchGate bench =
        new BenchGate(
            Long.parseLong(options.getOrDefault("--seed", "1")),
            Integer.parseInt(options.getOrDefault("--gates", "200")),
            out);
    String only = options.getOrDefault("--only", "");
    if (only.isEmpty() || only.equals("alarms")) {
      bench.alarms();
    }
    if (only.isEmpty() || only.equals("power")) {
      bench.power();
    }
    if (only.isEmpty() || only.equals("laws")) {
      bench.laws();
    }
  }
}
