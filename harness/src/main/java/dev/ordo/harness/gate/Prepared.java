package dev.ordo.harness.gate;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.compare.SeriesDifference;
import dev.ordo.reports.compare.SeriesMatch;
import dev.ordo.reports.compare.SuiteNoise;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.SizeParameterException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One metric of both sides, brought together: cells that are compared, series that both have, and
 * their noise. What is ignored is left out of everything.
 *
 * @param metric the metric's name
 * @param comparison all cells, ignored ones among them
 * @param cells those that are not ignored
 * @param pairings the series that both sides have
 * @param noise what the series know together
 * @param candidates all series of the candidate
 * @param sizes which parameters are sizes
 * @param notes what is to be said besides
 */
record Prepared(
    String metric,
    Comparison comparison,
    List<ComparedCell> cells,
    List<Pairing> pairings,
    SuiteNoise noise,
    List<Series> candidates,
    Sizes sizes,
    Set<String> notes) {

  /**
   * Prepares a metric.
   *
   * @param background whether the metric is one of which the JVM adds its own
   */
  static Prepared of(
      String metric,
      boolean background,
      GateInput base,
      GateInput candidate,
      GateOptions options,
      Surroundings.Rule rule) {
    ComparisonOptions how =
        ComparisonOptions.DEFAULT
            .withAlpha(options.alpha())
            .withMetrics(List.of(metric))
            .withSeed(options.seed());
    Comparison comparison =
        Comparison.of(
            base.measurements(),
            candidate.measurements(),
            options.margin().isPresent() ? how.withMargin(options.margin().getAsDouble()) : how);
    Set<String> notes = new LinkedHashSet<>(comparison.notes());
    List<Series> ours = series(base, metric, options, notes);
    List<Series> theirs = series(candidate, metric, options, notes);
    Sizes sizes = new Sizes(ours.isEmpty() ? theirs : ours);
    List<ComparedCell> cells =
        comparison.cells().stream()
            .filter(
                cell -> !options.ignores(sizes.name(cell.base()), metric, sizes.text(cell.base())))
            .toList();
    UnaryOperator<SeriesMatch.Pair> own = UnaryOperator.identity();
    if (background) {
      List<Series> times = new ArrayList<>(series(base, Measurements.TIME, options, notes));
      times.addAll(series(candidate, Measurements.TIME, options, notes));
      own = new Allocations(times)::judged;
    }
    SeriesMatch match = SeriesMatch.of(ours, theirs);
    List<Pairing> pairings = pairings(metric, match, cells, sizes, options, own);
    return new Prepared(
        metric,
        comparison,
        cells,
        pairings,
        noise(pairings, rule, base.inRounds() && candidate.inRounds()),
        theirs,
        sizes,
        notes);
  }

  private static List<Series> series(
      GateInput side, String metric, GateOptions options, Set<String> notes) {
    try {
      return side.measurements().withMetric(metric).series(options.sizeParam());
    } catch (SizeParameterException e) {
      if (options.sizeParam().isPresent()) {
        throw e;
      }
      notes.add("No laws in " + side.name() + ": " + e.getMessage() + ".");
      return List.of();
    }
  }

  private static List<Pairing> pairings(
      String metric,
      SeriesMatch match,
      List<ComparedCell> cells,
      Sizes sizes,
      GateOptions options,
      UnaryOperator<SeriesMatch.Pair> own) {
    Map<SeriesName, List<ComparedCell>> ofSeries = new HashMap<>();
    for (ComparedCell cell : cells) {
      ofSeries.computeIfAbsent(sizes.name(cell.base()), none -> new ArrayList<>()).add(cell);
    }
    List<Pairing> pairings = new ArrayList<>();
    for (SeriesMatch.Pair pair : match.pairs()) {
      SeriesName name = SeriesName.of(pair.base());
      SeriesMatch.Pair kept =
          own.apply(
              new SeriesMatch.Pair(
                  options.withoutIgnored(pair.base(), name, metric),
                  options.withoutIgnored(pair.candidate(), name, metric)));
      if (ofSeries.containsKey(name)) {
        pairings.add(
            new Pairing(metric, name, kept, SeriesDifference.of(kept), ofSeries.get(name)));
      }
    }
    return pairings;
  }

  private static SuiteNoise noise(
      List<Pairing> pairings, Surroundings.Rule rule, boolean inRounds) {
    SuiteNoise noise =
        SuiteNoise.of(
            pairings.stream().map(Pairing::difference).flatMap(Optional::stream).toList(),
            rule != Surroundings.Rule.SAME);
    return inRounds
        ? noise.withRounds(
            pairings.stream().map(p -> p.pair().base()).toList(),
            pairings.stream().map(p -> p.pair().candidate()).toList())
        : noise;
  }

  /** Returns the compared cells with their names. */
  List<CellCosts.Named> named(Names names) {
    Set<SeriesName> inSeries = new HashSet<>();
    pairings.stream()
        .filter(p -> p.difference().filter(d -> d.count() > 1).isPresent())
        .forEach(p -> inSeries.add(p.name()));
    return cells.stream()
        .map(
            cell -> {
              SeriesName name = sizes.name(cell.base());
              String size = sizes.text(cell.base());
              return new CellCosts.Named(
                  cell,
                  names.of(name) + (size.isEmpty() ? "" : "@" + size),
                  inSeries.contains(name));
            })
        .toList();
  }
}
