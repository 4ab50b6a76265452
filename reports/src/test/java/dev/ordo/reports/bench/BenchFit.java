package dev.ordo.reports.bench;

import dev.ordo.reports.bench.Truth.Judgement;
import dev.ordo.reports.fit.Bounds;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how often Ordo and the rules of other tools are right about generated series, as Markdown
 * tables. Options: {@code --seed S} (default 1) and {@code --series N}, the number of series for
 * each law and disturbance (default 200). With {@code --compare} alone, prints the tables of {@link
 * BenchCompare} instead, with {@code --pairs} alone those of {@link BenchPaired}.
 */
public final class BenchFit {

  private static final Method[] PEERS = {Method.GOOGLE, Method.EXTRA_P, Method.SLOPE, Method.AICC};

  private static final int MISTAKES = 15;

  private final SeriesGenerator generator;
  private final int count;
  private final PrintStream out;

  /** Law → disturbance → trials. */
  private final Map<TrueLaw, Map<Disturbance, List<Trial>>> trials = new EnumMap<>(TrueLaw.class);

  private BenchFit(long seed, int count, PrintStream out) {
    generator = new SeriesGenerator(seed);
    this.count = count;
    this.out = out;
  }

  /** Runs the program. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length > 0 && arguments[0].equals("--compare")) {
      new BenchCompare(1, 1000, out).run();
      return;
    }
    if (arguments.length > 0 && arguments[0].equals("--pairs")) {
      new BenchPaired(1, 2000, out).run();
      return;
    }
    long seed = 1;
    int count = 200;
    for (int i = 0; i < arguments.length; i += 2) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      switch (arguments[i]) {
        case "--seed" -> seed = number("seed", value, Long.MIN_VALUE);
        case "--series" -> count = (int) number("series", value, 1);
        default ->
            fail(
                "option ("
                    + arguments[i]
                    + ") must be --seed, --series, or --compare or --pairs alone");
      }
    }
    new BenchFit(seed, count, out).run();
  }

  private static long number(String name, String text, long least) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && (least == Long.MIN_VALUE || number <= 9_000_000)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Falls through to the same message.
    }
    return fail(name + " (" + text + ") must be a whole number" + (least == 1 ? " ≥ 1" : ""));
  }

  private static long fail(String message) {
    System.err.println("bench-fit: " + message);
    System.exit(2);
    return 0;
  }

  private void run() {
    long start = System.nanoTime();
    for (TrueLaw law : TrueLaw.values()) {
      Map<Disturbance, List<Trial>> byDisturbance = new EnumMap<>(Disturbance.class);
      for (Disturbance disturbance : Disturbance.values()) {
        byDisturbance.put(
            disturbance, Trial.run(count, index -> generator.draw(law, disturbance, index)));
      }
      trials.put(law, byDisturbance);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    claims();
    mistakes();
    clean();
    coverage();
    regimes();
    attention();
    heldOut();
    beyond();
    noGrowth();
    int series = TrueLaw.values().length * Disturbance.values().length * count;
    out.printf(
        Locale.ROOT,
        "%d series judged by all methods in %.1f s (%.1f ms each).%n",
        series,
        seconds,
        1000 * seconds / series);
  }

  private void claims() {
    out.println("### What is claimed, %");
    out.println();
    head();
    for (TrueLaw law : TrueLaw.values()) {
      row(law.label(), trials.get(law).values().stream().flatMap(List::stream).toList());
    }
    for (Disturbance disturbance : Disturbance.values()) {
      row(
          "*" + disturbance.label() + "*",
          trials.values().stream().flatMap(map -> map.get(disturbance).stream()).toList());
    }
    row("**all**", all());
    out.println();
    List<Bounds> bounds =
        all().stream()
            .filter(trial -> trial.judgement(Method.ORDO) == Judgement.BOUNDED)
            .flatMap(trial -> trial.analysis().conclusion().bounds().stream())
            .toList();
    out.printf(
        Locale.ROOT,
        "Ordo's bounded claims are %.1f steps of the nine laws wide on average; %.0f %% are one"
            + " step or none.%n%n",
        bounds.stream().mapToInt(BenchFit::steps).average().orElse(0),
        100.0 * bounds.stream().filter(b -> steps(b) <= 1).count() / Math.max(1, bounds.size()));
    byForks();
  }

  private static int steps(Bounds bounds) {
    return bounds.atMost().ordinal() - bounds.atLeast().ordinal();
  }

  /** Prints Ordo's claims by the number of forks a size. */
  private void byForks() {
    out.println("### Ordo's claims by forks, %");
    out.println();
    out.println("| forks a size | exact | bounded | cannot tell | wrong |");
    out.println("|--:|--:|--:|--:|--:|");
    Map<Integer, List<Trial>> groups =
        all().stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.drawn().series().points().get(0).sample().forkCount(),
                    TreeMap::new,
                    Collectors.toList()));
    groups.forEach(
        (forks, rows) -> {
          StringBuilder text = new StringBuilder("| " + forks + " |");
          for (Judgement judgement : Judgement.values()) {
            text.append(share(rows, Method.ORDO, judgement));
          }
          out.println(text);
        });
    out.println();
  }

  /** Prints the most frequent of Ordo's wrong claims. */
  private void mistakes() {
    out.println("### Ordo's most frequent wrong claims, % of the row's series");
    out.println();
    out.println("| law | disturbance | called | |");
    out.println("|---|---|---|--:|");
    Map<String, Integer> counts = new TreeMap<>();
    trials.forEach(
        (law, byDisturbance) ->
            byDisturbance.forEach(
                (disturbance, rows) ->
                    rows.stream()
                        .filter(trial -> trial.judgement(Method.ORDO) == Judgement.WRONG)
                        .map(trial -> trial.analysis().conclusion().law())
                        .map(called -> called.replaceFirst("^n\\^[0-9.]+$", "n^k"))
                        .map(called -> List.of(law.label(), disturbance.label(), called))
                        .forEach(key -> counts.merge(String.join(" | ", key), 1, Integer::sum))));
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MISTAKES)
        .forEach(
            entry ->
                out.println(
                    "| " + entry.getKey() + " |" + percent(entry.getValue() / (double) count)));
    out.println();
  }

  private void clean() {
    out.println("### Clean series: 8 sizes, 3 % noise, 3 or 5 forks, %");
    out.println();
    head();
    List<Trial> named = new ArrayList<>();
    for (TrueLaw law : TrueLaw.values()) {
      List<Trial> clean = Trial.run(count, index -> generator.drawClean(law, index));
      row(law.label(), clean);
      if (law.named()) {
        named.addAll(clean);
      }
    }
    row("**all with a name**", named);
    out.println();
  }

  private void head() {
    StringBuilder names = new StringBuilder("| | exact | bounded | cannot tell | wrong |");
    StringBuilder line = new StringBuilder("|---|--:|--:|--:|--:|");
    for (Method peer : PEERS) {
      names.append(' ').append(peer.label()).append(" right | wrong |");
      line.append("--:|--:|");
    }
    out.println(names);
    out.println(line);
  }

  private void row(String label, List<Trial> rows) {
    StringBuilder text = new StringBuilder("| " + label + " |");
    for (Judgement judgement : Judgement.values()) {
      text.append(share(rows, Method.ORDO, judgement));
    }
    for (Method peer : PEERS) {
      double wrong = part(rows, peer, Judgement.WRONG);
      text.append(percent(1 - wrong)).append(percent(wrong));
    }
    out.println(text);
  }

  private static String share(List<Trial> rows, Method method, Judgement judgement) {
    return percent(part(rows, method, judgement));
  }

  /** Returns the part of trials in which a method is judged so. */
  static double part(List<Trial> rows, Method method, Judgement judgement) {
    return rows.stream().filter(trial -> trial.judgement(method) == judgement).count()
        / (double) rows.size();
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, " %.1f |", 100 * part);
  }

  private void coverage() {
    out.println("### The true exponent is in its 95 % interval, %");
    out.println();
    List<Disturbance> columns =
        Arrays.stream(Disturbance.values()).filter(d -> d != Disturbance.OVERHEAD).toList();
    StringBuilder names = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("|---|");
    for (Disturbance disturbance : columns) {
      names.append(' ').append(disturbance.label()).append(" |");
      line.append("--:|");
    }
    out.println(names);
    out.println(line);
    for (TrueLaw law : TrueLaw.values()) {
      if (trials.get(law).get(Disturbance.PURE).get(0).drawn().law().exponent().isPresent()) {
        StringBuilder text = new StringBuilder("| " + law.label() + " |");
        for (Disturbance disturbance : columns) {
          text.append(percent(exponentCoverage(trials.get(law).get(disturbance))));
        }
        out.println(text);
      }
    }
    out.println();
  }

  /** Returns the part of trials of a power law whose exponent is in its interval. */
  static double exponentCoverage(List<Trial> rows) {
    return rows.stream().filter(Trial::exponentCovered).count() / (double) rows.size();
  }

  private void regimes() {
    out.println("### A place at which the series changes is claimed, %");
    out.println();
    StringBuilder names = new StringBuilder("| | where a step is | with its place right |");
    StringBuilder line = new StringBuilder("|---|--:|--:|");
    List<Disturbance> others =
        Arrays.stream(Disturbance.values()).filter(d -> d != Disturbance.CACHE_STEP).toList();
    for (Disturbance disturbance : others) {
      names.append(' ').append(disturbance.label()).append(" |");
      line.append("--:|");
    }
    out.println(names);
    out.println(line);
    for (TrueLaw law : TrueLaw.values()) {
      List<Trial> steps = trials.get(law).get(Disturbance.CACHE_STEP);
      double found = regimesFound(steps);
      StringBuilder text = new StringBuilder("| " + law.label() + " |" + percent(found));
      text.append(found == 0 ? " – |" : percent(stepsPlaced(steps) / found));
      for (Disturbance disturbance : others) {
        text.append(percent(regimesFound(trials.get(law).get(disturbance))));
      }
      out.println(text);
    }
    out.println();
  }

  /** Returns the part of trials in which a place is claimed at which the series changes. */
  static double regimesFound(List<Trial> rows) {
    return rows.stream().filter(Trial::regimeFound).count() / (double) rows.size();
  }

  /** Returns the part of trials in which a step is claimed at its place. */
  static double stepsPlaced(List<Trial> rows) {
    return rows.stream().filter(Trial::stepPlaced).count() / (double) rows.size();
  }

  private void attention() {
    out.println("### 4096 n + n², n ≤ 4096, %");
    out.println();
    out.println(
        "| noise | linear + quadratic | bounded | cannot tell | wrong | called n log n | crossover"
            + " in its interval, where claimed | google/benchmark: n log n | Extra-P: n log n |"
            + " bare AICc: n log n |");
    out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (double level : new double[] {0.01, 0.03, 0.10}) {
      List<Trial> rows = Trial.run(3 * count, index -> generator.drawAttention(level, index));
      List<Boolean> covered = rows.stream().flatMap(t -> t.crossoverCovered().stream()).toList();
      double part = covered.stream().filter(c -> c).count() / (double) covered.size();
      out.println(
          String.format(Locale.ROOT, "| %.0f %% |", 100 * level)
              + share(rows, Method.ORDO, Judgement.EXACT)
              + share(rows, Method.ORDO, Judgement.BOUNDED)
              + share(rows, Method.ORDO, Judgement.CANNOT_TELL)
              + share(rows, Method.ORDO, Judgement.WRONG)
              + percent(called(rows, Method.ORDO, Order.LINEARITHMIC))
              + (covered.isEmpty() ? " – |" : percent(part))
              + percent(called(rows, Method.GOOGLE, Order.LINEARITHMIC))
              + percent(called(rows, Method.EXTRA_P, Order.LINEARITHMIC))
              + percent(called(rows, Method.AICC, Order.LINEARITHMIC)));
    }
    out.println();
  }

  /** Returns the part of trials in which a method names exactly this order. */
  static double called(List<Trial> rows, Method method, Order order) {
    return rows.stream()
            .filter(t -> t.answers().get(method).claim().equals(Claim.of(order)))
            .count()
        / (double) rows.size();
  }

  private void heldOut() {
    List<Trial> all = all();
    List<Map<Method, Double>> factors =
        IntStream.range(0, all.size())
            .parallel()
            .mapToObj(index -> all.get(index).heldOut(index))
            .filter(map -> !map.isEmpty())
            .toList();
    out.println("### The largest size, predicted without it: off by a factor of");
    out.println();
    out.println("| | median | 90 % of series | 99 % |");
    out.println("|---|--:|--:|--:|");
    for (Method method : Method.values()) {
      double[] sorted = factors.stream().mapToDouble(map -> map.get(method)).sorted().toArray();
      out.printf(
          Locale.ROOT,
          "| %s | %.3f | %.2f | %.2f |%n",
          method.label(),
          quantile(sorted, 0.5),
          quantile(sorted, 0.9),
          quantile(sorted, 0.99));
    }
    out.println();
  }

  /** Prints how often intervals of predictions hold what the machine shows beyond the range. */
  private void beyond() {
    out.println("### Predicted beyond the largest size: the truth is in the 95 % interval, %");
    out.println();
    StringBuilder names = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("|---|");
    for (double factor : Extrapolation.FACTORS) {
      names.append(String.format(Locale.ROOT, " ×%.0f |", factor));
      line.append("--:|");
    }
    out.println(names);
    out.println(line);
    Map<TrueLaw, Map<Disturbance, List<Extrapolation>>> predicted = new EnumMap<>(TrueLaw.class);
    trials.forEach(
        (law, byDisturbance) -> {
          Map<Disturbance, List<Extrapolation>> row = new EnumMap<>(Disturbance.class);
          byDisturbance.forEach(
              (disturbance, rows) ->
                  row.put(
                      disturbance,
                      rows.parallelStream()
                          .flatMap(trial -> Extrapolation.of(trial.drawn()).stream())
                          .toList()));
          predicted.put(law, row);
        });
    predicted.forEach((law, row) -> coverage(law.label(), row.values()));
    for (Disturbance disturbance : Disturbance.values()) {
      coverage(
          "*" + disturbance.label() + "*",
          predicted.values().stream().map(row -> row.get(disturbance)).toList());
    }
    List<Extrapolation> all =
        predicted.values().stream()
            .flatMap(row -> row.values().stream())
            .flatMap(List::stream)
            .toList();
    coverage("**all**", List.of(all));
    figures("upper over lower end, median", factor -> Extrapolation.width(at(factor, all), 0.5));
    figures("– of 90 % of series", factor -> Extrapolation.width(at(factor, all), 0.9));
    figures("off by a factor of, median", factor -> Extrapolation.error(at(factor, all), 0.5));
    figures("– of 90 % of series", factor -> Extrapolation.error(at(factor, all), 0.9));
    out.println();
  }

  private static List<Extrapolation> at(double factor, List<Extrapolation> all) {
    return Extrapolation.at(factor, all);
  }

  private void coverage(String label, Collection<List<Extrapolation>> rows) {
    List<Extrapolation> all = rows.stream().flatMap(List::stream).toList();
    StringBuilder text = new StringBuilder("| " + label + " |");
    for (double factor : Extrapolation.FACTORS) {
      text.append(percent(Extrapolation.coverage(at(factor, all))));
    }
    out.println(text);
  }

  private void figures(String label, DoubleUnaryOperator figure) {
    StringBuilder text = new StringBuilder("| " + label + " |");
    for (double factor : Extrapolation.FACTORS) {
      text.append(String.format(Locale.ROOT, " %.3f |", figure.applyAsDouble(factor)));
    }
    out.println(text);
  }

  /** Returns the smallest value that at least this part of the sorted values does not exceed. */
  static double quantile(double[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  private void noGrowth() {
    out.println("### Series that do not grow: growth is claimed, %");
    out.println();
    StringBuilder names = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("|---|");
    for (Method method : Method.values()) {
      names.append(' ').append(method.label()).append(" |");
      line.append("--:|");
    }
    out.println(names);
    out.println(line);
    growth("noise about a constant", Trial.run(5 * count, generator::drawFlat));
    growth("levels of an index", Trial.run(5 * count, generator::drawIndexLike));
    out.println();
  }

  private void growth(String label, List<Trial> rows) {
    StringBuilder text = new StringBuilder("| " + label + " |");
    for (Method method : Method.values()) {
      text.append(percent(growthClaimed(rows, method)));
    }
    out.println(text);
  }

  /** Returns the part of trials in which a method claims that something grows. */
  static double growthClaimed(List<Trial> rows, Method method) {
    return rows.stream().filter(trial -> trial.answers().get(method).claim().growth()).count()
        / (double) rows.size();
  }

  private List<Trial> all() {
    return trials.values().stream()
        .flatMap(map -> map.values().stream())
        .flatMap(List::stream)
        .toList();
  }
}
