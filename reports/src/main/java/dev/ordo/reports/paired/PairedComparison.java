package dev.ordo.reports.paired;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Base and candidate, measured in pairs: what regressed, what improved, what did not change, and
 * what is not settled yet.
 *
 * <p>A function of the pairs, made anew while they come in: what it says is open gets the next
 * pairs. Its errors are bounded whenever measuring ends, for whatever reason ({@link AnytimeMean}).
 *
 * <ul>
 *   <li>A cell is <i>slower</i> if the first stage rejects at α that its ratio is at most 1 +
 *       margin, and the second stage rejects it again, on fresh pairs, with all suspects adjusted
 *       to each other ({@link Suspects}).
 *   <li>It is <i>faster</i> if the first stage rejects at α over the number of cells that its ratio
 *       is at least 1/(1 + margin).
 *   <li>It is <i>unchanged</i> if both that it is at least 1 + margin and that it is at most 1/(1 +
 *       margin) are rejected at α: two one-sided tests (Schuirmann 1987, <i>Journal of
 *       Pharmacokinetics and Biopharmaceutics</i> 15).
 *   <li>Else it is inconclusive.
 * </ul>
 *
 * <p>Likewise for a series: its ratio grows, falls, or stays as it is along the sizes ({@link
 * Trend}).
 *
 * @param options how it was judged
 * @param cells one finding for each cell, in the order given
 * @param trends one for each series with two sizes or more that have pairs enough
 */
public record PairedComparison(
    PairedOptions options, List<CellFinding> cells, List<TrendFinding> trends) {

  /** Copies the lists. */
  public PairedComparison {
    Objects.requireNonNull(options, "options");
    cells = List.copyOf(cells);
    trends = List.copyOf(trends);
  }

  /** Judges cells, each of which must be there once. */
  public static PairedComparison of(List<PairedCell> cells, PairedOptions options) {
    Suspects suspects = Suspects.of(cells, options);
    List<CellFinding> findings = new ArrayList<>();
    for (PairedCell cell : cells) {
      findings.add(judge(cell, suspects, cells.size(), options));
    }
    List<TrendFinding> trends = new ArrayList<>();
    List<List<PairedCell>> series = Trend.series(cells);
    for (List<PairedCell> members : series) {
      trend(members, suspects, series.size(), options).ifPresent(trends::add);
    }
    return new PairedComparison(options, findings, trends);
  }

  /** Returns how many cells have a verdict. */
  public long count(Change change) {
    return cells.stream().filter(cell -> cell.change() == change).count();
  }

  /** Returns whether the first stage leaves nothing to measure for a cell. */
  public boolean settled(CellFinding cell) {
    return cell.suspected() || cell.change() != Change.INCONCLUSIVE;
  }

  /** Returns the cells that a second stage is to measure: suspects, and those of such series. */
  public List<CellFinding> suspects() {
    return cells.stream()
        .filter(cell -> cell.suspected() || trend(cell).map(TrendFinding::suspected).orElse(false))
        .toList();
  }

  /**
   * Returns whether the second stage leaves nothing to measure for a cell: neither it nor its
   * series is suspected without a confirmation or a refutation.
   */
  public boolean settledAgain(CellFinding cell) {
    boolean own = !cell.suspected() || cell.change() == Change.SLOWER || cell.excluded();
    boolean series =
        trend(cell)
            .map(
                trend ->
                    !trend.suspected()
                        || trend.change() == Change.SLOWER
                        || refuted(cell.cell().series()))
            .orElse(true);
    return own && series;
  }

  private boolean refuted(String series) {
    List<PairedCell> members =
        cells.stream().map(CellFinding::cell).filter(c -> c.series().equals(series)).toList();
    return Trend.of(members, Stage.AGAIN)
        .map(trend -> trend.notWorse(options) <= options.alpha())
        .orElse(false);
  }

  private Optional<TrendFinding> trend(CellFinding cell) {
    return trends.stream().filter(t -> t.series().equals(cell.cell().series())).findFirst();
  }

  private static CellFinding judge(
      PairedCell cell, Suspects suspects, int cells, PairedOptions options) {
    AnytimeMean first = mean(cell.first());
    AnytimeMean again = mean(cell.again());
    boolean suspected = suspects.cells().contains(cell);
    AnytimeMean last = suspected ? again : first;
    double alpha = options.alpha();
    double margin = options.logMargin();
    boolean excluded = last.below(margin) <= alpha;
    Change change = Change.INCONCLUSIVE;
    if (suspects.confirmed().contains(cell)) {
      change = Change.SLOWER;
      excluded = false;
    } else if (!suspected && first.below(-margin) <= alpha / cells) {
      change = Change.FASTER;
    } else if (excluded && last.above(-margin) <= alpha) {
      change = Change.UNCHANGED;
    }
    AnytimeMean shown = again.looked() ? again : first;
    return new CellFinding(
        cell, change, suspected, excluded, shown.interval(alpha).map(PairedComparison::exp));
  }

  private static Optional<TrendFinding> trend(
      List<PairedCell> members, Suspects suspects, int series, PairedOptions options) {
    Optional<Trend> first = Trend.of(members, Stage.FIRST);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String name = members.get(0).series();
    boolean suspected = suspects.series().contains(name);
    Optional<Trend> again = Trend.of(members, Stage.AGAIN);
    double alpha = options.alpha();
    Change change = Change.INCONCLUSIVE;
    if (suspects.confirmed().contains(name)) {
      change = Change.SLOWER;
    } else if (!suspected && first.get().better(options) <= alpha / series) {
      change = Change.FASTER;
    } else if ((suspected ? again : first).map(t -> t.parallel(options)).orElse(1.0) <= alpha) {
      change = Change.UNCHANGED;
    }
    Trend shown = suspected ? again.orElse(first.get()) : first.get();
    return Optional.of(
        new TrendFinding(
            name,
            change,
            suspected,
            AnytimeMean.of(shown.exponents()).interval(alpha).orElseThrow(),
            exp(AnytimeMean.of(shown.tops()).interval(alpha).orElseThrow()),
            shown.exponents().length));
  }

  private static AnytimeMean mean(List<Pair> pairs) {
    return AnytimeMean.of(pairs.stream().mapToDouble(Pair::logRatio).toArray());
  }

  private static Interval exp(Interval logs) {
    return new Interval(
        Math.exp(logs.value()), Math.exp(logs.low()), Math.exp(logs.high()), logs.confidence());
  }
}
