package dev.ordo.reports.document;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short names for the cells of a comparison: what all cells share is left out, benchmarks are
 * called by class and method, and by as many packages as tell them apart.
 */
final class CellLabels {

  private static final Set<String> SELF_EXPLAINING = Set.of("model", "phase");

  private final boolean modes;
  private final boolean threads;
  private final boolean metrics;
  private final Map<String, String> shortNames = new LinkedHashMap<>();
  private final Set<String> varying = new HashSet<>();

  CellLabels(Comparison comparison) {
    List<MeasuredCell> cells = new ArrayList<>();
    comparison.cells().forEach(cell -> cells.add(cell.base()));
    comparison.unmatched().forEach(cell -> cells.add(cell.cell()));
    List<String> names = cells.stream().map(MeasuredCell::benchmark).distinct().toList();
    Map<String, Integer> counts = new LinkedHashMap<>();
    names.forEach(name -> tails(name).forEach(tail -> counts.merge(tail, 1, Integer::sum)));
    for (String name : names) {
      shortNames.put(
          name,
          tails(name).stream().filter(tail -> counts.get(tail) == 1).findFirst().orElse(name));
    }
    modes = cells.stream().map(MeasuredCell::mode).distinct().count() > 1;
    threads = cells.stream().map(MeasuredCell::threads).distinct().count() > 1;
    metrics = comparison.cells().stream().map(ComparedCell::metric).distinct().count() > 1;
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (MeasuredCell cell : cells) {
      cell.params()
          .forEach(
              (param, value) -> values.computeIfAbsent(param, p -> new HashSet<>()).add(value));
    }
    values.forEach(
        (param, distinct) -> {
          if (distinct.size() > 1 || cells.stream().anyMatch(c -> !c.params().containsKey(param))) {
            varying.add(param);
          }
        });
  }

  /** Returns what tells a cell from the others, for example {@code Sort.quick, n=64}. */
  String of(MeasuredCell cell, String metric) {
    List<String> parts = new ArrayList<>();
    List<String> params = new ArrayList<>();
    cell.params()
        .forEach(
            (param, value) -> {
              if (varying.contains(param)) {
                params.add(SELF_EXPLAINING.contains(param) ? value : param + "=" + value);
              }
            });
    if (shortNames.size() > 1 || params.isEmpty()) {
      parts.add(shortNames.get(cell.benchmark()));
    }
    parts.addAll(params);
    if (modes) {
      parts.add(cell.mode());
    }
    if (threads) {
      parts.add(cell.threads() + (cell.threads() == 1 ? " thread" : " threads"));
    }
    if (metrics) {
      parts.add(metric);
    }
    return Text.clean(String.join(", ", parts));
  }

  /** Returns class and method, then with one package more each, up to the whole name. */
  private static List<String> tails(String name) {
    List<String> tails = new ArrayList<>();
    int dot = name.lastIndexOf('.', Math.max(0, name.lastIndexOf('.') - 1));
    while (dot > 0) {
      tails.add(name.substring(dot + 1));
      dot = name.lastIndexOf('.', dot - 1);
    }
    tails.add(name);
    return tails;
  }
}
