package dev.ordo.reports.document;

import dev.ordo.reports.history.Trend;
import dev.ordo.reports.history.TrendKey;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short names for the trends of a history: what all share is left out, benchmarks are called by
 * class and method, and by as many packages as tell them apart.
 */
final class TrendLabels {

  private static final Set<String> SELF_EXPLAINING = Set.of("model", "phase");

  private final boolean modes;
  private final boolean threads;
  private final boolean metrics;
  private final boolean sizes;
  private final Map<String, String> shortNames = new LinkedHashMap<>();
  private final Set<String> varying = new HashSet<>();

  TrendLabels(List<Trend> trends) {
    List<TrendKey> keys = trends.stream().map(Trend::key).toList();
    List<String> names = keys.stream().map(TrendKey::benchmark).distinct().toList();
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> tails(name).forEach(tail -> counts.merge(tail, 1, Integer::sum)));
    for (String name : names) {
      shortNames.put(
          name,
          tails(name).stream().filter(tail -> counts.get(tail) == 1).findFirst().orElse(name));
    }
    modes = keys.stream().map(TrendKey::mode).distinct().count() > 1;
    threads = keys.stream().map(TrendKey::threads).distinct().count() > 1;
    metrics = keys.stream().map(TrendKey::metric).distinct().count() > 1;
    sizes = keys.stream().flatMap(key -> key.over().stream()).distinct().count() > 1;
    Map<String, Set<String>> values = new LinkedHashMap<>();
    Map<String, Integer> uses = new HashMap<>();
    List<TrendKey> cells = keys.stream().filter(key -> !key.isExponent()).toList();
    for (TrendKey key : cells.isEmpty() ? keys : cells) {
      key.params()
          .forEach(
              (param, value) -> {
                values.computeIfAbsent(param, none -> new HashSet<>()).add(value);
                uses.merge(param, 1, Integer::sum);
              });
    }
    int all = cells.isEmpty() ? keys.size() : cells.size();
    values.forEach(
        (param, distinct) -> {
          if (distinct.size() > 1 || uses.get(param) < all) {
            varying.add(param);
          }
        });
  }

  /** Returns what tells a trend from the others, for example {@code Sort.quick, n=64}. */
  String of(TrendKey key) {
    List<String> parts = new ArrayList<>();
    List<String> params = new ArrayList<>();
    key.params()
        .forEach(
            (param, value) -> {
              if (varying.contains(param)) {
                params.add(SELF_EXPLAINING.contains(param) ? value : param + "=" + value);
              }
            });
    if (shortNames.size() > 1 || params.isEmpty()) {
      parts.add(shortNames.getOrDefault(key.benchmark(), key.benchmark()));
    }
    parts.addAll(params);
    if (modes) {
      parts.add(key.mode());
    }
    if (threads) {
      parts.add(key.threads() + (key.threads() == 1 ? " thread" : " threads"));
    }
    if (metrics) {
      parts.add(key.metric());
    }
    key.over().ifPresent(size -> parts.add("exponent" + (sizes ? " over " + size : "")));
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
