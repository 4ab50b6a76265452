package dev.ordo.harness.sweep;

import dev.ordo.reports.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What failed in a run or was left out of it, cell by cell. */
final class Gaps {

  private static final String LEFT_OUT = "left-out";

  private record Reason(String kind, String text) {}

  private final List<Entry> entries;
  private final PartHosts hosts;
  private final Map<String, Set<String>> known = new TreeMap<>();

  Gaps(List<Entry> entries) {
    this.entries = entries;
    this.hosts = new PartHosts(entries);
  }

  /**
   * Returns one row for each cell and reason, in the order of the journal: failed forks, also where
   * others measured the cell; cells that were left out and not measured after all.
   */
  List<Gap> all() {
    Map<Cell, Integer> measured = new LinkedHashMap<>();
    Map<Cell, Map<Reason, Integer>> reasons = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Fork fork) {
        if (fork.succeeded()) {
          measured.merge(fork.cell(), 1, Integer::sum);
        } else {
          Failure failure = fork.failure();
          reasons
              .computeIfAbsent(fork.cell(), cell -> new LinkedHashMap<>())
              .merge(new Reason(failure.kind().word(), failure.reason()), 1, Integer::sum);
        }
      }
    }
    for (Entry entry : Earlier.standing(entries)) {
      if (entry instanceof Entry.LeftOut leftOut && !measured.containsKey(leftOut.cell())) {
        reasons
            .computeIfAbsent(leftOut.cell(), cell -> new LinkedHashMap<>())
            .putIfAbsent(new Reason(LEFT_OUT, reason(leftOut)), 0);
      }
    }
    List<Gap> gaps = new ArrayList<>();
    reasons.forEach(
        (cell, forks) ->
            forks.forEach(
                (reason, failed) ->
                    gaps.add(gap(cell, measured.getOrDefault(cell, 0), failed, reason))));
    return gaps;
  }

  /** The row names the cell, so its sentence need not. */
  private static String reason(Entry.LeftOut leftOut) {
    String named = leftOut.cell() + " ";
    return leftOut.reason().startsWith(named)
        ? leftOut.reason().substring(named.length())
        : leftOut.reason();
  }

  private Gap gap(Cell cell, int measured, int failed, Reason reason) {
    return new Gap(
        cell.model(),
        cell.phase().id(),
        cell.length(),
        settings(cell),
        measured,
        failed,
        reason.kind(),
        reason.text());
  }

  /** Returns the parameters of a cell that vary in the run, without those that a row names. */
  private Map<String, String> settings(Cell cell) {
    Map<String, String> settings = new LinkedHashMap<>(cell.params());
    settings.keySet().removeAll(Set.of("model", "phase", "length"));
    settings.entrySet().removeIf(setting -> values(setting.getKey()).size() < 2);
    hosts.of(cell).ifPresent(name -> settings.put(JmhFile.HOST, name));
    return settings;
  }

  private Set<String> values(String param) {
    return known.computeIfAbsent(
        param,
        name -> {
          Set<String> values = new LinkedHashSet<>();
          Function<Cell, String> value = cell -> cell.params().getOrDefault(name, "");
          for (Entry entry : entries) {
            if (entry instanceof Entry.Fork fork) {
              values.add(value.apply(fork.cell()));
            } else if (entry instanceof Entry.LeftOut leftOut) {
              values.add(value.apply(leftOut.cell()));
            }
          }
          return values;
        });
  }
}
