package dev.ordo.reports.bench;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.compare.Crossing;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Prints how often comparisons of generated results, and crossovers between generated series, are
 * right, as Markdown tables.
 */
final class BenchCompare {

  static final int[] FORKS = {2, 3, 5, 10};

  private static final double[] NOISE = {0.01, 0.03, 0.10};
  private static final double[] SHIFTS = {0.02, 0.05, 0.10, 0.20};
  private static final int RESAMPLES = 999;
  private static final int CELLS = 40;

  private final ForkPairs pairs;
  private final Suites suites;
  private final SeriesPairs series;
  private final int count;
  private final PrintStream out;

  /**
   * Prepares.
   *
   * @param count the number of comparisons behind a figure of the first table; other tables have a
   *     fixed part of it
   */
  BenchCompare(long seed, int count, PrintStream out) {
    pairs = new ForkPairs(seed, RESAMPLES);
    suites = new Suites(seed, ComparisonOptions.DEFAULT.withMargin(0).withResamples(RESAMPLES));
    series = new SeriesPairs(seed);
    this.count = count;
    this.out = out;
  }

  /** Prints all tables. */
  void run() {
    alarms();
    suiteAlarms();
    discoveries();
    power();
    crossovers();
  }

  private void alarms() {
    out.println("### False alarms of a cell alone, nothing changed, %");
    out.println();
    out.println(
        "| forks | forks vary | at 5 %: noise 1 % | 3 % | 10 % | at 1 %: noise 1 % | 3 % | 10 % |");
    out.println("|---|---|--:|--:|--:|--:|--:|--:|");
    for (int forks : FORKS) {
      for (boolean heavy : new boolean[] {false, true}) {
        StringBuilder five = new StringBuilder();
        StringBuilder one = new StringBuilder();
        for (double level : NOISE) {
          double[] p = probabilities(pairs, ForkPairs.Setting.of(forks, level, heavy), 1, count);
          five.append(percent(below(p, 0.05)));
          one.append(percent(below(p, 0.01)));
        }
        out.println("| " + forks + " | " + tails(heavy) + " |" + five + one);
      }
    }
    for (int[] forks : new int[][] {{2, 3}, {2, 5}, {3, 10}}) {
      ForkPairs.Setting setting =
          new ForkPairs.Setting(forks[0], forks[1], new Noise(0.03, false), 1);
      double[] p = probabilities(pairs, setting, 1, count);
      out.println(
          "| "
              + forks[0]
              + " and "
              + forks[1]
              + " | normally | |"
              + percent(below(p, 0.05))
              + " | |"
              + percent(below(p, 0.01))
              + " |");
    }
    out.println();
  }

  /** Returns the probabilities of so many comparisons, were nothing changed. */
  static double[] probabilities(
      ForkPairs pairs, ForkPairs.Setting setting, double factor, int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> pairs.draw(setting, factor, 0, 0.05, i).probability().orElseThrow())
        .toArray();
  }

  /** Returns the part of probabilities below a level. */
  static double below(double[] probabilities, double level) {
    return IntStream.range(0, probabilities.length).filter(i -> probabilities[i] < level).count()
        / (double) probabilities.length;
  }

  private void suiteAlarms() {
    out.println("### False alarms in suites of " + CELLS + " cells, nothing changed, %");
    out.println();
    out.println("| forks | noise | of cells at 5 % | of cells at 1 % | suites with an alarm |");
    out.println("|---|---|--:|--:|--:|");
    perSuite(
        0,
        Math.max(1, count / 10),
        compared ->
            percent(alarms(compared, 0.05))
                + percent(alarms(compared, 0.01))
                + percent(anyAlarm(compared)));
    out.println();
  }

  /** Prints a row for each number of forks, with equal and with mixed noise. */
  private void perSuite(
      double shift, int suitesPerRow, Function<List<Comparison>, String> figures) {
    for (int forks : FORKS) {
      for (boolean mixed : new boolean[] {false, true}) {
        List<Comparison> compared = suites(suites, setting(forks, mixed), shift, suitesPerRow);
        String noise = mixed ? "1 … 10 %, heavy tails" : "3 %";
        out.println("| " + forks + " | " + noise + " |" + figures.apply(compared));
      }
    }
  }

  /** Returns a suite of equal or of mixed noise. */
  static Suites.Setting setting(int forks, boolean mixed) {
    return mixed
        ? new Suites.Setting(
            CELLS,
            forks,
            cell -> 0.01 * Math.pow(10, new SplittableRandom(cell).nextDouble()),
            true)
        : new Suites.Setting(CELLS, forks, cell -> 0.03, false);
  }

  /** Compares suites in which each fourth cell is changed, up and down, by a shift. */
  static List<Comparison> suites(Suites suites, Suites.Setting setting, double shift, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> suites.draw(setting, cell -> factor(cell, shift), i))
        .toList();
  }

  private static double factor(int cell, double shift) {
    return cell % 4 != 0 ? 1 : cell % 8 == 0 ? 1 + shift : 1 / (1 + shift);
  }

  /** Returns the part of cells whose probability is below a level. */
  static double alarms(List<Comparison> compared, double level) {
    return compared.stream()
        .flatMap(comparison -> comparison.cells().stream())
        .mapToInt(c -> c.estimate().probability().orElseThrow() < level ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** Returns the part of suites in which a change is called. */
  static double anyAlarm(List<Comparison> compared) {
    return compared.stream()
        .mapToInt(c -> c.cells().stream().anyMatch(cell -> cell.change().isDifference()) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private void discoveries() {
    out.println("### A fourth of the cells changed by 10 %: called, %");
    out.println();
    out.println(
        "| forks | noise | of those changed | in the wrong direction | false, of those called |");
    out.println("|---|---|--:|--:|--:|");
    perSuite(
        0.10,
        Math.max(1, count / 20),
        compared ->
            percent(found(compared, true))
                + percent(found(compared, false))
                + percent(falseShare(compared)));
    out.println();
  }

  /** Returns the part of changed cells called in the right, or in the wrong direction. */
  static double found(List<Comparison> compared, boolean right) {
    double hits = 0;
    double all = 0;
    for (Comparison comparison : compared) {
      for (int cell = 0; cell < comparison.cells().size(); cell += 4) {
        Change up = right ? Change.SLOWER : Change.FASTER;
        Change down = right ? Change.FASTER : Change.SLOWER;
        hits += comparison.cells().get(cell).change() == (cell % 8 == 0 ? up : down) ? 1 : 0;
        all++;
      }
    }
    return hits / all;
  }

  /** Returns the mean share of unchanged cells among those called, 0 where none is. */
  static double falseShare(List<Comparison> compared) {
    double sum = 0;
    for (Comparison comparison : compared) {
      List<ComparedCell> cells = comparison.cells();
      double called = cells.stream().filter(cell -> cell.change().isDifference()).count();
      double wrong =
          IntStream.range(0, cells.size())
              .filter(cell -> cell % 4 != 0 && cells.get(cell).change().isDifference())
              .count();
      sum += called == 0 ? 0 : wrong / called;
    }
    return sum / compared.size();
  }

  private void power() {
    out.println("### Power at 5 %: a change is called, % (cell alone / in a suite, unadjusted)");
    out.println();
    StringBuilder head = new StringBuilder("| noise | forks |");
    for (double shift : SHIFTS) {
      head.append(String.format(Locale.ROOT, " %.0f %% slower |", 100 * shift));
    }
    out.println(head);
    out.println("|---|---|--:|--:|--:|--:|");
    for (double level : NOISE) {
      for (int forks : FORKS) {
        StringBuilder row =
            new StringBuilder(String.format(Locale.ROOT, "| %.0f %% | %d |", 100 * level, forks));
        for (double shift : SHIFTS) {
          double alone = power(forks, level, shift, Math.max(1, count / 5));
          Suites.Setting setting = new Suites.Setting(CELLS, forks, cell -> level, false);
          double inSuite =
              suites(suites, setting, shift, Math.max(1, count / 200)).stream()
                  .flatMap(c -> IntStream.range(0, CELLS / 4).mapToObj(i -> c.cells().get(4 * i)))
                  .mapToInt(c -> c.estimate().probability().orElseThrow() < 0.05 ? 1 : 0)
                  .average()
                  .orElseThrow();
          row.append(String.format(Locale.ROOT, " %.0f / %.0f |", 100 * alone, 100 * inSuite));
        }
        out.println(row);
      }
    }
    out.println();
  }

  /** Returns how often a shift is significant at 5 %. */
  double power(int forks, double level, double shift, int trials) {
    ForkPairs.Setting setting = ForkPairs.Setting.of(forks, level, false);
    return below(probabilities(pairs, setting, 1 + shift, trials), 0.05);
  }

  private void crossovers() {
    out.println("### Crossovers of two series of 8 sizes, normal and heavy tails, %");
    out.println();
    out.println(
        "| series | noise | forks | found | truth in its interval | half its width | cannot tell |"
            + " wrong |");
    out.println("|---|---|---|--:|--:|--:|--:|--:|");
    for (SeriesPairs.Kind kind : SeriesPairs.Kind.values()) {
      for (double level : NOISE) {
        for (int forks : new int[] {2, 3, 5}) {
          List<SeriesPairs.Drawn> drawn =
              crossovers(series, kind, level, forks, Math.max(1, count / 10));
          out.println(
              "| "
                  + kind.label()
                  + String.format(Locale.ROOT, " | %.0f %% | %d |", 100 * level, forks)
                  + percent(share(drawn, SeriesPairs.Drawn::overtakes))
                  + percent(coverage(drawn))
                  + percent(halfWidth(drawn))
                  + percent(share(drawn, d -> d.crossing().kind() == Crossing.Kind.CANNOT_TELL))
                  + percent(share(drawn, SeriesPairs.Drawn::wrong)));
        }
      }
    }
    out.println();
  }

  /** Draws pairs whose crossover lies anywhere between 20 and 80 % of the logarithmic range. */
  static List<SeriesPairs.Drawn> crossovers(
      SeriesPairs series, SeriesPairs.Kind kind, double level, int forks, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                series.draw(
                    kind,
                    new SplittableRandom(i).nextDouble(0.2, 0.8),
                    forks,
                    new Noise(level, i % 2 == 1),
                    i))
        .toList();
  }

  /** Returns the part of crossovers found whose interval holds the truth. */
  static double coverage(List<SeriesPairs.Drawn> drawn) {
    return drawn.stream()
        .filter(d -> d.crossing().size().isPresent())
        .mapToInt(d -> d.right() && d.crossing().size().get().contains(d.truth()) ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double halfWidth(List<SeriesPairs.Drawn> drawn) {
    return drawn.stream()
        .flatMap(d -> d.crossing().size().stream())
        .mapToDouble(size -> Math.sqrt(size.high() / size.low()) - 1)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the part of pairs of which something is true. */
  static double share(
      List<SeriesPairs.Drawn> drawn, java.util.function.Predicate<SeriesPairs.Drawn> what) {
    return drawn.stream().filter(what).count() / (double) drawn.size();
  }

  private static String tails(boolean heavy) {
    return heavy ? "with heavy tails" : "normally";
  }

  private static String percent(double part) {
    return Double.isNaN(part) ? " – |" : String.format(Locale.ROOT, " %.1f |", 100 * part);
  }
}
