package dev.ordo.harness.gate;

import dev.ordo.reports.text.Text;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The printed names of all that is compared: short where that is unique, else whole. */
final class Names {

  private static final int MOST = 6;

  private final Map<String, Set<String>> benchmarks = new HashMap<>();
  private final Set<String> all = new LinkedHashSet<>();

  /** Takes all names that will be printed, with the benchmark of each. */
  Names(Map<SeriesName, String> names) {
    names.forEach(
        (name, benchmark) ->
            benchmarks.computeIfAbsent(name.text(), none -> new LinkedHashSet<>()).add(benchmark));
    names.keySet().forEach(name -> all.add(of(name)));
  }

  /** Returns how something is printed. */
  String of(SeriesName name) {
    Set<String> called = benchmarks.getOrDefault(name.text(), Set.of());
    return called.size() > 1 ? name.whole().text() : name.text();
  }

  /** Returns some of the names for a message. */
  String some() {
    List<String> first = all.stream().limit(MOST).map(Text::clean).toList();
    int more = all.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
