package dev.ordo.reports.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tells benchmarks and their parameters apart: what all share is left out, benchmarks are
 * called by class and method, and by as many packages as tell them apart.
 */
final class LabelParts {

  private static final Set<String> SELF_EXPLAINING = Set.of("model", "phase");

  private final Map<String, String> shortNames = new LinkedHashMap<>();
  private final Set<String> varying = new HashSet<>();

  /**
   * Learns what varies.
   *
   * @param benchmarks all names, with repetitions or without
   * @param params the parameters of each that is to be told apart
   */
  LabelParts(List<String> benchmarks, List<Map<String, String>> params) {
    List<String> names = benchmarks.stream().distinct().toList();
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> tails(name).forEach(tail -> counts.merge(tail, 1, Integer::sum)));
    for (String name : names) {
      shortNames.put(
          name,
          tails(name).stream().filter(tail -> counts.get(tail) == 1).findFirst().orElse(name));
    }
    Map<String, Set<String>> values = new HashMap<>();
    Map<String, Integer> uses = new HashMap<>();
    for (Map<String, String> one : params) {
      one.forEach(
          (param, value) -> {
            values.computeIfAbsent(param, none -> new HashSet<>()).add(value);
            uses.merge(param, 1, Integer::sum);
          });
    }
    values.forEach(
        (param, distinct) -> {
          if (distinct.size() > 1 || uses.get(param) < params.size()) {
            varying.add(param);
          }
        });
  }

  /** Returns a list to which more can be added: the short name where needed, what varies. */
  List<String> of(String benchmark, Map<String, String> params) {
    List<String> parts = new ArrayList<>();
    params.forEach(
        (param, value) -> {
          if (varying.contains(param)) {
            parts.add(SELF_EXPLAINING.contains(param) ? value : param + "=" + value);
          }
        });
    if (shortNames.size() > 1 || parts.isEmpty()) {
      parts.add(0, shortNames.get(benchmark));
    }
    return parts;
  }

  /** Returns a number of threads in words. */
  static String threads(int count) {
    return count + (count == 1 ? " thread" : " threads");
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
