package dev.ordo.reports.bench;

import dev.ordo.reports.history.ChangePoint;
import dev.ordo.reports.history.Histories;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.RunNoise;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The second part of {@code scripts/bench-history}: how often changes are claimed in histories that
 * did not change, and found in those that did.
 */
public final class BenchChanges {

  private static final int CELLS = 100;

  /** Relative noise of the mean of a run, as forks of real suites have it. */
  private static final double[] NOISES = {0.014, 0.03, 0.046};

  private BenchChanges() {}

  private record Kind(String name, RunNoise noise, boolean shared) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("independent", RunNoise.WHITE, false),
          new Kind("heavy tails (t3)", new RunNoise(0, 1, true), false),
          new Kind("AR(1) 0.3", new RunNoise(0.3, 0, false), false),
          new Kind("AR(1) 0.6", new RunNoise(0.6, 0, false), false),
          new Kind("AR(1) 0.9", new RunNoise(0.9, 0, false), false),
          new Kind("AR(1) 0.9, half white", new RunNoise(0.9, 0.5, false), false),
          new Kind("one AR(1) 0.6 of all cells", new RunNoise(0.6, 0, false), true));

  /**
   * Runs.
   *
   * @param args the number of suites for each figure (default 100)
   */
  public static void main(String[] args) {
    int suites = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    System.out.printf("Suites of %d cells that did not change, %% with a claim%n", CELLS);
    System.out.printf("%-28s", "noise");
    int[] lengths = {10, 20, 50, 200};
    for (int runs : lengths) {
      System.out.printf("  %8s", runs + " runs");
    }
    System.out.println();
    for (Kind kind : KINDS) {
      System.out.printf("%-28s", kind.name());
      for (int runs : lengths) {
        System.out.printf(Locale.ROOT, "  %8.1f", 100 * claimed(kind, runs, suites));
      }
      System.out.println();
    }
    System.out.printf(
        "%nOne of %d cells shifts after 50 runs: %% found by so many runs later%n", CELLS);
    System.out.printf("%-8s%-8s", "noise", "shift");
    int[] laters = {3, 5, 10, 20, 50};
    for (int later : laters) {
      System.out.printf("  %6d", later);
    }
    System.out.printf("  %16s  %14s  %10s%n", "found at the run", "within one run", "covered");
    for (double noise : NOISES) {
      for (double shift : new double[] {0.05, 0.1, 0.2}) {
        found(noise, shift, laters, suites);
      }
    }
  }

  private static double[][] suite(Kind kind, int runs, double noise, SplittableRandom random) {
    double[][] values = new double[CELLS][];
    double[] common = kind.noise().draw(runs, random);
    for (int cell = 0; cell < CELLS; cell++) {
      double[] own =
          kind.shared() ? RunNoise.WHITE.draw(runs, random) : kind.noise().draw(runs, random);
      values[cell] = new double[runs];
      for (int i = 0; i < runs; i++) {
        double off = kind.shared() ? Math.sqrt(0.5) * (own[i] + common[i]) : own[i];
        values[cell][i] = 1e6 * Math.exp(noise * off);
      }
    }
    return values;
  }

  private static double claimed(Kind kind, int runs, int suites) {
    SplittableRandom random = new SplittableRandom(runs);
    int claimed = 0;
    for (int i = 0; i < suites; i++) {
      double[][] values = suite(kind, runs, 0.03, random);
      HistoryOptions options = new HistoryOptions(0.05, 0.01, i);
      claimed += HistoryAnalyst.study(Histories.of(values), options).changeCount() > 0 ? 1 : 0;
    }
    return (double) claimed / suites;
  }

  private static void found(double noise, double shift, int[] laters, int suites) {
    System.out.printf(Locale.ROOT, "%-8s%-8s", percent(noise), percent(shift));
    int exact = 0;
    int near = 0;
    int covered = 0;
    int last = 0;
    for (int later : laters) {
      SplittableRandom random = new SplittableRandom(later);
      int found = 0;
      for (int i = 0; i < suites; i++) {
        double[][] values = suite(KINDS.get(0), 50 + later, noise, random);
        for (int run = 50; run < 50 + later; run++) {
          values[0][run] *= 1 + shift;
        }
        List<ChangePoint> changes =
            HistoryAnalyst.study(Histories.of(values), new HistoryOptions(0.05, 0.01, i))
                .findings()
                .get(0)
                .tracks()
                .get(0)
                .changes();
        if (!changes.isEmpty()) {
          ChangePoint change = changes.get(0);
          found++;
          last++;
          exact += change.first() == 50 ? 1 : 0;
          near += Math.abs(change.first() - 50) <= 1 ? 1 : 0;
          covered += change.earliest() <= 50 && change.latest() >= 50 ? 1 : 0;
        }
      }
      System.out.printf(Locale.ROOT, "  %6.0f", 100.0 * found / suites);
    }
    int all = Math.max(1, last);
    System.out.printf(
        Locale.ROOT,
        "  %16.0f  %14.0f  %10.0f%n",
        100.0 * exact / all,
        100.0 * near / all,
        100.0 * covered / all);
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part);
  }
}
