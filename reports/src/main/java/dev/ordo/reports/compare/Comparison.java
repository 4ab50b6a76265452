package dev.ordo.reports.compare;

import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.fit.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two results beside each other: what got slower, what got faster, what did not change, and what
 * the data cannot decide.
 *
 * <p>Cells are the same if benchmark, mode, threads, all parameters (the size among them) and unit
 * are, but for parameters of the {@link Setting} that do not tell cells apart. A throughput is
 * compared as time per operation, so that more is worse for every metric.
 *
 * <p>A difference is called where the probability of the ratio, were the change no larger than the
 * margin, is below alpha after adjustment to the number of comparisons; this is stricter than that
 * the whole interval lies beyond the margin. A cell is unchanged where the whole interval lies
 * within the margin; that is not adjusted, for it is no alarm. All else is inconclusive.
 *
 * <p>A function of values, options and seed; neither the order of cells nor that of forks changes
 * an estimate.
 *
 * @param options how it was compared
 * @param correction the rule that adjusted the probabilities
 * @param cells those that both results have, in the order of the base, at least one
 * @param unmatched those that one result has
 * @param notes what reading the files left out, and other remarks, in plain sentences
 */
public record Comparison(
    ComparisonOptions options,
    FalseDiscovery correction,
    List<ComparedCell> cells,
    List<Unmatched> unmatched,
    List<String> notes) {

  /** One of the two results. */
  public enum Side {
    /** What is compared with. */
    BASE("base"),
    /** What is compared. */
    CANDIDATE("candidate");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    /** Returns its name. */
    public String word() {
      return word;
    }
  }

  /**
   * A cell that only one result has.
   *
   * @param side which
   * @param metric the metric's name
   * @param cell the cell
   * @param reason why the other side has none, as a part of a sentence
   */
  public record Unmatched(Side side, String metric, MeasuredCell cell, String reason) {

    /** Checks that every part is there. */
    public Unmatched {
      Objects.requireNonNull(side, "side");
      Objects.requireNonNull(metric, "metric");
      Objects.requireNonNull(cell, "cell");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** Copies the lists. */
  public Comparison {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(correction, "correction");
    cells = List.copyOf(cells);
    unmatched = List.copyOf(unmatched);
    notes = List.copyOf(notes);
  }

  /**
   * Compares two results.
   *
   * @param base what is compared with
   * @param candidate what is compared
   * @param options how
   * @throws IllegalArgumentException if the results have no cell in common, or one lacks a metric;
   *     the message says why
   */
  public static Comparison of(
      Measurements base, Measurements candidate, ComparisonOptions options) {
    List<String> metrics = options.metrics().isEmpty() ? List.of(base.metric()) : options.metrics();
    List<ComparedCell> estimated = new ArrayList<>();
    List<Unmatched> unmatched = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (String metric : metrics.stream().distinct().toList()) {
      Measurements ours = select(base, metric, Side.BASE);
      Measurements theirs = select(candidate, metric, Side.CANDIDATE);
      CellMatch match = CellMatch.of(metric, ours.cells(), theirs.cells());
      unmatched.addAll(match.unmatched());
      ours.notes().forEach(note -> notes.add("Base: " + note));
      theirs.notes().forEach(note -> notes.add("Candidate: " + note));
      notes.addAll(match.notes());
      NoiseMargin noise = NoiseMargin.of(match.pairs());
      NoisePrior prior =
          NoisePrior.of(
              match.pairs().stream()
                  .flatMap(pair -> Stream.of(pair.base().sample(), pair.candidate().sample()))
                  .toList());
      match.pairs().parallelStream()
          .map(pair -> estimate(metric, pair, options, noise, prior))
          .forEachOrdered(estimated::add);
    }
    if (estimated.isEmpty()) {
      throw new IllegalArgumentException(noOverlap(unmatched));
    }
    FalseDiscovery correction =
        options
            .correction()
            .orElse(
                metrics.size() > 1
                    ? FalseDiscovery.BENJAMINI_YEKUTIELI
                    : FalseDiscovery.BENJAMINI_HOCHBERG);
    return new Comparison(
        options, correction, judge(estimated, correction, options), unmatched, List.copyOf(notes));
  }

  /** Returns how many cells have a verdict. */
  public long count(Change change) {
    return cells.stream().filter(cell -> cell.change() == change).count();
  }

  /** Returns how many probabilities were adjusted together. */
  public long tested() {
    return cells.stream().filter(cell -> cell.adjusted().isPresent()).count();
  }

  private static Measurements select(Measurements all, String metric, Side side) {
    if (!all.metrics().contains(metric)) {
      throw new IllegalArgumentException(
          "metric ("
              + metric
              + ") must be in both results, the "
              + side.word()
              + " has "
              + String.join(", ", all.metrics()));
    }
    return all.withMetric(metric);
  }

  private static ComparedCell estimate(
      String metric,
      CellMatch.Pair pair,
      ComparisonOptions options,
      NoiseMargin noise,
      NoisePrior prior) {
    double margin = options.margin().orElseGet(() -> noise.of(pair));
    MeasuredCell base = pair.base();
    // The same cell gets the same random numbers wherever it stands in its file.
    String identity =
        String.join(
            "\n",
            metric,
            base.benchmark(),
            base.mode(),
            Integer.toString(base.threads()),
            new java.util.TreeMap<>(base.params()).toString(),
            base.sample().unit().symbol());
    Estimate estimate =
        Estimate.of(
            base.sample(),
            pair.candidate().sample(),
            margin,
            options.alpha(),
            options.resamples(),
            Seeds.of(options.seed(), identity),
            prior);
    return new ComparedCell(
        metric,
        base,
        pair.candidate(),
        margin,
        estimate,
        OptionalDouble.empty(),
        Change.INCONCLUSIVE);
  }

  private static List<ComparedCell> judge(
      List<ComparedCell> estimated, FalseDiscovery correction, ComparisonOptions options) {
    double[] adjusted =
        correction.adjust(
            estimated.stream()
                .flatMapToDouble(cell -> cell.estimate().beyondMargin().stream())
                .toArray());
    List<ComparedCell> judged = new ArrayList<>();
    int next = 0;
    for (ComparedCell cell : estimated) {
      boolean tested = cell.estimate().beyondMargin().isPresent();
      OptionalDouble probability =
          tested ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
      judged.add(cell.judged(probability, options.alpha()));
    }
    return judged;
  }

  private static String noOverlap(List<Unmatched> unmatched) {
    if (unmatched.isEmpty()) {
      return "base and candidate must have a cell in common, both are empty";
    }
    long base = unmatched.stream().filter(cell -> cell.side() == Side.BASE).count();
    Unmatched first = unmatched.get(0);
    return "base and candidate must have a cell in common, found none among "
        + base
        + " and "
        + (unmatched.size() - base)
        + ": "
        + first.cell().benchmark()
        + (first.cell().params().isEmpty() ? "" : " " + first.cell().params())
        + " in the "
        + first.side().word()
        + ": "
        + first.reason();
  }
}
