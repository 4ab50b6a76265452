package dev.ordo.reports.bench;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.PairedOptions;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Prints how often paired comparisons of generated forks are right, as Markdown tables. */
final class BenchPaired {

  private static final double[] NOISE = {0.014, 0.03, 0.046};
  private static final double[] LEVELS = {0.05, 0.01};

  private final long seed;
  private final int count;
  private final PrintStream out;

  /**
   * Prepares.
   *
   * @param count the number of cells behind a figure
   */
  BenchPaired(long seed, int count, PrintStream out) {
    this.seed = seed;
    this.count = count;
    this.out = out;
  }

  /** Prints all tables. */
  void run() {
    alarms();
    suites();
    power();
    equivalence();
    laws();
  }

  private void alarms() {
    out.println("### False alarms in pairs, at the very margin, %");
    out.println();
    out.println("| noise | forks vary | suspected at 5 % | called | suspected at 1 % | called |");
    out.println("|---|---|--:|--:|--:|--:|");
    for (double level : NOISE) {
      for (boolean heavy : new boolean[] {false, true}) {
        StringBuilder row = new StringBuilder("| " + percent(level) + tails(heavy));
        for (double alpha : LEVELS) {
          List<PairedTrials.Ended> ended =
              cells(level, heavy, new PairedOptions(0, alpha, 32), size -> 1);
          row.append(" | ").append(share(ended, CellFinding::suspected));
          row.append(" | ").append(share(ended, cell -> cell.change() == Change.SLOWER));
        }
        out.println(row + " |");
      }
    }
    out.println();
  }

  private void suites() {
    out.println("### Suites of 3 series × 7 sizes, nothing changed");
    out.println();
    out.println(
        "| noise | forks vary | margin | suites with a regression, % | inconclusive, % | pairs a"
            + " cell |");
    out.println("|---|---|---|--:|--:|--:|");
    for (double level : NOISE) {
      for (boolean heavy : new boolean[] {false, true}) {
        for (double margin : new double[] {0, 0.05}) {
          PairedTrials trials =
              new PairedTrials(new Noise(level, heavy), new PairedOptions(margin, 0.05, 32));
          List<PairedTrials.Ended> ended =
              IntStream.range(0, Math.max(1, count / 10))
                  .mapToObj(i -> trials.run(3, 7, size -> 1, seed + 7919L * i))
                  .toList();
          out.println(
              "| "
                  + percent(level)
                  + tails(heavy)
                  + " | "
                  + percent(margin)
                  + " | "
                  + percent(part(ended, BenchPaired::regressed))
                  + " | "
                  + (margin == 0
                      ? "–"
                      : percent(
                          part(
                              ended,
                              e ->
                                  e.comparison().cells().stream().anyMatch(CellFinding::doubtful))))
                  + " | "
                  + number(
                      ended.stream().mapToInt(PairedTrials.Ended::pairs).sum()
                          / 21.0
                          / ended.size())
                  + " |");
        }
      }
    }
    out.println();
  }

  static boolean regressed(PairedTrials.Ended ended) {
    return ended.comparison().count(Change.SLOWER) > 0
        || ended.comparison().trends().stream().anyMatch(t -> t.change() == Change.SLOWER);
  }

  private void power() {
    out.println("### A cell that got slower: called regressed, %, and pairs that it took");
    out.println();
    out.println("| noise | forks vary | margin | 0 % | 2 % | 5 % | 10 % | 20 % |");
    out.println("|---|---|---|--:|--:|--:|--:|--:|");
    for (double level : NOISE) {
      for (boolean heavy : new boolean[] {false, true}) {
        for (double margin : new double[] {0.01, 0.05}) {
          StringBuilder row =
              new StringBuilder("| " + percent(level) + tails(heavy) + " | " + percent(margin));
          for (double change : new double[] {0, 0.02, 0.05, 0.10, 0.20}) {
            List<PairedTrials.Ended> ended =
                cells(level, heavy, new PairedOptions(margin, 0.05, 32), size -> 1 + change);
            row.append(" | ").append(share(ended, cell -> cell.change() == Change.SLOWER));
            row.append(" (")
                .append(
                    number(
                        ended.stream().mapToInt(PairedTrials.Ended::pairs).average().orElseThrow()))
                .append(")");
          }
          out.println(row + " |");
        }
      }
    }
    out.println();
  }

  private void equivalence() {
    out.println("### What a cell is called whose true change is the margin of 5 %, %");
    out.println();
    out.println("| noise | forks vary | unchanged | regressed | improved | undecided |");
    out.println("|---|---|--:|--:|--:|--:|");
    for (double level : NOISE) {
      for (boolean heavy : new boolean[] {false, true}) {
        List<PairedTrials.Ended> ended = cells(level, heavy, PairedOptions.DEFAULT, size -> 1.05);
        StringBuilder row = new StringBuilder("| " + percent(level) + tails(heavy));
        for (Change change :
            List.of(Change.UNCHANGED, Change.SLOWER, Change.FASTER, Change.INCONCLUSIVE)) {
          row.append(" | ").append(share(ended, cell -> cell.change() == change));
        }
        out.println(row + " |");
      }
    }
    out.println();
  }

  private void laws() {
    out.println("### A series of 7 sizes, 64 … 4096: its growth is called worse, %, and pairs");
    out.println();
    out.println("| noise | forks vary | unchanged | n^0.02 | n^0.1 | n^0.5 | (a + n)/a |");
    out.println("|---|---|--:|--:|--:|--:|--:|");
    for (double level : NOISE) {
      for (boolean heavy : new boolean[] {false, true}) {
        StringBuilder row = new StringBuilder("| " + percent(level) + tails(heavy));
        PairedTrials trials = new PairedTrials(new Noise(level, heavy), PairedOptions.DEFAULT);
        for (DoubleUnaryOperator ratio :
            List.<DoubleUnaryOperator>of(
                n -> 1,
                n -> Math.pow(n / 64, 0.02),
                n -> Math.pow(n / 64, 0.1),
                n -> Math.pow(n / 64, 0.5),
                n -> 1 + n / 1000)) {
          List<PairedTrials.Ended> ended =
              IntStream.range(0, Math.max(1, count / 10))
                  .mapToObj(i -> trials.run(1, 7, ratio, seed + 7919L * i))
                  .toList();
          row.append(" | ")
              .append(
                  percent(
                      part(
                          ended,
                          e ->
                              e.comparison().trends().stream()
                                  .anyMatch(t -> t.change() == Change.SLOWER))))
              .append(" (")
              .append(
                  number(
                      ended.stream().mapToInt(PairedTrials.Ended::pairs).average().orElseThrow()))
              .append(")");
        }
        out.println(row + " |");
      }
    }
    out.println();
  }

  private List<PairedTrials.Ended> cells(
      double level, boolean heavy, PairedOptions options, DoubleUnaryOperator ratio) {
    PairedTrials trials = new PairedTrials(new Noise(level, heavy), options);
    return IntStream.range(0, count)
        .mapToObj(i -> trials.run(1, 1, ratio, seed + 7919L * i))
        .toList();
  }

  static double part(List<PairedTrials.Ended> ended, Predicate<PairedTrials.Ended> counted) {
    return ended.stream().filter(counted).count() / (double) ended.size();
  }

  private static String share(List<PairedTrials.Ended> ended, Predicate<CellFinding> counted) {
    return percent(part(ended, e -> e.comparison().cells().stream().anyMatch(counted)));
  }

  private static String percent(double part) {
    double percent = 100 * part;
    return String.format(Locale.ROOT, percent < 1 && percent > 0 ? "%.2f" : "%.1f", percent);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String tails(boolean heavy) {
    return " % | " + (heavy ? "with heavy tails" : "normally");
  }
}
