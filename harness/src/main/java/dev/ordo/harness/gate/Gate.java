package dev.ordo.harness.gate;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.SuiteNoise;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a candidate by its baseline: the cost of series and cells, the laws of growth, and laws
 * that are declared. A function of values, options and seed.
 */
public final class Gate {

  /** Bytes kept, which are counted: judged besides time where both sides have them. */
  private static final String KEPT = "state.bytes";

  /** Bytes allocated, which depend on what a JVM inlines: only their law is judged unasked. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Gate() {}

  /**
   * Judges.
   *
   * @throws IllegalArgumentException if both sides have no cell in common, a metric or the size
   *     parameter that was asked for is not there, or a declared law or an ignored cell is about
   *     nothing; the message says which
   */
  public static GateResult of(GateInput base, GateInput candidate, GateOptions options) {
    Surroundings surroundings = Surroundings.of(base, candidate, options.machines());
    Policy policy = Policy.of(options, surroundings.rule());
    Set<String> costs = new LinkedHashSet<>(options.metrics());
    Set<String> laws = new LinkedHashSet<>();
    if (costs.isEmpty()) {
      costs.add(Measurements.TIME);
      both(KEPT, base, candidate, costs);
      both(ALLOCATED, base, candidate, laws);
    }
    laws.addAll(costs);
    List<Prepared> prepared =
        laws.stream()
            .sorted(Comparator.comparing(metric -> !costs.contains(metric)))
            .map(
                metric ->
                    Prepared.of(
                        metric,
                        metric.equals(ALLOCATED) && !costs.contains(metric),
                        base,
                        candidate,
                        options,
                        surroundings.rule()))
            .toList();
    Names names = new Names(names(prepared));
    checkIgnored(prepared, options, names);
    List<Prepared> costly = prepared.stream().filter(p -> costs.contains(p.metric())).toList();
    List<Claim> claims = claims(prepared, costly, policy, options, names);
    Set<String> unmatched = new LinkedHashSet<>();
    Set<String> doubts = new LinkedHashSet<>();
    Set<String> notes = new LinkedHashSet<>();
    if (claims.stream().noneMatch(Claim::gates)) {
      doubts.add(
          "Nothing was judged: "
              + (claims.isEmpty()
                  ? "every cell that both sides have is ignored."
                  : "costs only inform here, and no series has three sizes on both sides."));
    }
    for (Prepared one : costly) {
      Coverage coverage = Coverage.of(one, candidate, options, names);
      unmatched.addAll(coverage.sentences());
      doubts.addAll(coverage.doubts());
    }
    if (claims.stream().anyMatch(c -> c.verdict() == Verdict.INCONCLUSIVE && !c.doubtful())) {
      notes.add(
          "An inconclusive claim that is not in doubt passes: no change shows, and the noise leaves"
              + " room for one of the margin, but for none that is gross.");
    }
    prepared.forEach(one -> one.notes().forEach(note -> notes.add(Text.clean(note))));
    return new GateResult(
        base.name(),
        candidate.name(),
        claims,
        surroundings.sentence(),
        margins(costly, options),
        List.copyOf(unmatched),
        List.copyOf(doubts),
        List.copyOf(notes));
  }

  private static void both(String metric, GateInput base, GateInput candidate, Set<String> into) {
    if (base.measurements().metrics().contains(metric)
        && candidate.measurements().metrics().contains(metric)) {
      into.add(metric);
    }
  }

  private static List<Claim> claims(
      List<Prepared> prepared,
      List<Prepared> costly,
      Policy policy,
      GateOptions options,
      Names names) {
    Map<String, SuiteNoise> noises = new HashMap<>();
    Map<String, List<Series>> candidates = new LinkedHashMap<>();
    prepared.forEach(one -> noises.put(one.metric(), one.noise()));
    prepared.forEach(one -> candidates.put(one.metric(), one.candidates()));
    List<Claim> claims = new ArrayList<>();
    claims.addAll(new SeriesCosts(policy, names).claims(pairings(costly), noises));
    claims.addAll(new LawClaims(policy, names, options.seed()).claims(pairings(prepared), noises));
    claims.addAll(new DeclaredClaims(options, names).claims(candidates));
    claims.addAll(
        new CellCosts(policy)
            .claims(costly.stream().flatMap(one -> one.named(names).stream()).toList()));
    return claims;
  }

  private static List<Pairing> pairings(List<Prepared> prepared) {
    return prepared.stream().flatMap(one -> one.pairings().stream()).toList();
  }

  private static Map<SeriesName, String> names(List<Prepared> prepared) {
    Map<SeriesName, String> names = new LinkedHashMap<>();
    for (Prepared one : prepared) {
      one.comparison()
          .cells()
          .forEach(cell -> names.put(one.sizes().name(cell.base()), cell.benchmark()));
      one.comparison()
          .unmatched()
          .forEach(cell -> names.put(one.sizes().name(cell.cell()), cell.cell().benchmark()));
      one.candidates().forEach(series -> names.put(SeriesName.of(series), series.benchmark()));
    }
    return names;
  }

  /** A pattern that ignores nothing is a mistake that would go unseen. */
  private static void checkIgnored(List<Prepared> prepared, GateOptions options, Names names) {
    for (NamePattern pattern : options.ignored()) {
      boolean used =
          prepared.stream()
              .anyMatch(
                  one ->
                      one.comparison().cells().stream()
                              .map(ComparedCell::base)
                              .anyMatch(
                                  cell ->
                                      pattern.matches(
                                          one.sizes().name(cell),
                                          one.metric(),
                                          one.sizes().text(cell)))
                          || one.comparison().unmatched().stream()
                              .anyMatch(
                                  cell ->
                                      pattern.matches(
                                          one.sizes().name(cell.cell()),
                                          one.metric(),
                                          one.sizes().text(cell.cell()))));
      if (!used) {
        throw new IllegalArgumentException(
            "ignored pattern '"
                + pattern.text()
                + "' must match a cell, found none among "
                + names.some());
      }
    }
  }

  private static String margins(List<Prepared> costly, GateOptions options) {
    double[] margins =
        costly.stream()
            .flatMap(one -> one.cells().stream())
            .mapToDouble(ComparedCell::margin)
            .filter(margin -> margin > 0)
            .distinct()
            .sorted()
            .toArray();
    String level =
        "of gates on the same code at most " + Figures.percent(options.alpha()) + " fail";
    if (options.margin().isPresent()) {
      return "A cost counts as changed from "
          + Figures.percent(options.margin().getAsDouble())
          + " on, as was asked; "
          + level
          + ".";
    }
    return margins.length == 0
        ? "Nothing varies: any change of cost counts."
        : "A cost counts as changed from "
            + Figures.percent(margins[margins.length - 1])
            + " on at one size, which is what single forks of the same code may be off by, and from"
            + " less for a whole series; "
            + level
            + ".";
  }
}
