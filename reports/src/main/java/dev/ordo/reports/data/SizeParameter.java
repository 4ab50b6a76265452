package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The choice of the parameter that is the size, for each benchmark of a file, or of two that are.
 *
 * <p>Two sizes are taken where they are asked for, or where exactly two parameters have the names
 * of sizes and their values form a grid: at least {@value #GRID} of each, and most of the pairs.
 * One of them is then the size of the series, the one that would be found without the other; of two
 * alike the last.
 */
final class SizeParameter {

  /** Names that people give to a size, in lower case. */
  private static final Set<String> SIZE_WORDS =
      Set.of(
          "length",
          "len",
          "l",
          "size",
          "sz",
          "n",
          "count",
          "cnt",
          "num",
          "number",
          "elements",
          "elems",
          "items",
          "entries",
          "tokens");

  /** Words that speak of a size where nothing of the above is there. */
  private static final Set<String> WEAK_WORDS =
      Set.of(
          "rows",
          "cols",
          "columns",
          "height",
          "nodes",
          "vertices",
          "keys",
          "capacity",
          "cardinality",
          "bytes",
          "dim",
          "dimension",
          "width",
          "limit",
          "element",
          "item",
          "entry",
          "token");

  /** Names of numbers that are no amount of work. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "index",
          "idx",
          "i",
          "j",
          "offset",
          "off",
          "pos",
          "position",
          "seed",
          "id",
          "port",
          "start",
          "begin",
          "from",
          "skip",
          "shift",
          "percent",
          "percentage",
          "ratio",
          "rate",
          "probability",
          "prob",
          "factor",
          "load",
          "version",
          "year",
          "month",
          "day",
          "delay",
          "sleep",
          "timeout",
          "level",
          "type",
          "scale",
          "precision",
          "threads",
          "thread",
          "workers",
          "producers",
          "consumers",
          "parallelism",
          "concurrency",
          "cores",
          "cpus",
          "forks",
          "case",
          "variant",
          "query",
          "test",
          "round",
          "run",
          "trial",
          "epoch",
          "hash",
          "salt",
          "permutation",
          "perm",
          "order",
          "rank",
          "priority",
          "alignment",
          "align",
          "padding",
          "stride",
          "distance",
          "timestamp",
          "date",
          "hour",
          "minute",
          "mask",
          "flag",
          "option",
          "mode",
          "strategy");

  /** Names of one letter or one word that stand beside another size, as in {@code m, n}. */
  private static final Set<String> SECOND_WORDS =
      Set.of("m", "k", "d", "h", "w", "height", "depth", "cols", "columns", "batch", "arg");

  private static final Pattern WORDS =
      Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private static final int GRID = 3;
  private static final double LEAST_FILLED = 0.75;

  private final Map<String, List<Entry.Cell>> benchmarks = new LinkedHashMap<>();
  private final Map<String, OptionalDouble> parsed = new HashMap<>();

  /** Benchmark → its size parameter. */
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Benchmark → its other size parameter, where there are two. */
  private final Map<String, String> others = new LinkedHashMap<>();

  private final List<String> notes = new ArrayList<>();

  private SizeParameter(List<Entry.Cell> cells) {
    for (Entry.Cell cell : cells) {
      benchmarks.computeIfAbsent(cell.benchmark(), name -> new ArrayList<>()).add(cell);
    }
  }

  /**
   * Chooses.
   *
   * @param given the name of the size, or the names of two with a comma between them
   * @throws SizeParameterException if not even one benchmark has a size
   */
  static SizeParameter choose(List<Entry.Cell> cells, Optional<String> given) {
    SizeParameter sizes = new SizeParameter(cells);
    if (given.isPresent()) {
      sizes.take(cells, given.get());
    } else {
      sizes.find(cells);
    }
    return sizes;
  }

  /** Returns the name of the size parameter of a cell that has a size. */
  String name(Entry.Cell cell) {
    return names.get(cell.benchmark());
  }

  /** Returns the size of a cell, if it has a positive one. */
  OptionalDouble of(Entry.Cell cell) {
    String name = names.get(cell.benchmark());
    return name == null ? OptionalDouble.empty() : value(cell, name);
  }

  /** Returns the name of the other size parameter of a cell, if it has two. */
  Optional<String> otherName(Entry.Cell cell) {
    return Optional.ofNullable(others.get(cell.benchmark()));
  }

  /** Returns the other size of a cell, if it has a positive one. */
  OptionalDouble otherOf(Entry.Cell cell) {
    String name = others.get(cell.benchmark());
    return name == null ? OptionalDouble.empty() : value(cell, name);
  }

  /** Returns sentences about the cells without a size. */
  List<String> notes() {
    return notes;
  }

  private void take(List<Entry.Cell> cells, String given) {
    Set<String> all = allNames(cells);
    List<String> wanted = all.contains(given) ? List.of(given) : List.of(given.split("\\s*,\\s*"));
    if (wanted.size() > 2 || wanted.isEmpty()) {
      throw new SizeParameterException(
          "size parameter (" + given + ") must be one name, or two with a comma between them");
    }
    for (String name : wanted) {
      check(cells, all, name);
    }
    String name = wanted.get(wanted.size() - 1);
    if (wanted.size() == 2 && wanted.get(0).equals(name)) {
      throw new SizeParameterException("size parameters (" + given + ") must be two names");
    }
    benchmarks.forEach(
        (benchmark, group) -> {
          names.put(benchmark, name);
          if (wanted.size() == 2 && variesAsNumber(group, wanted.get(0))) {
            others.put(benchmark, wanted.get(0));
          }
          noteWithout(benchmark, group, name);
        });
  }

  private void check(List<Entry.Cell> cells, Set<String> all, String name) {
    if (!all.contains(name)) {
      throw new SizeParameterException(
          "size parameter (" + name + ") must be one of: " + orNone(all));
    }
    if (cells.stream().allMatch(cell -> value(cell, name).isEmpty())) {
      throw new SizeParameterException(
          "size parameter ("
              + name
              + ") must have positive numbers as values, found: "
              + String.join(", ", values(cells, name)));
    }
  }

  private void find(List<Entry.Cell> cells) {
    Set<String> ambiguous = new LinkedHashSet<>();
    for (Map.Entry<String, List<Entry.Cell>> benchmark : benchmarks.entrySet()) {
      List<Entry.Cell> group = benchmark.getValue();
      List<String> candidates = candidates(group);
      List<String> pair = pair(group);
      if (!pair.isEmpty()) {
        String name = candidates.size() == 1 ? candidates.get(0) : pair.get(1);
        names.put(benchmark.getKey(), name);
        others.put(benchmark.getKey(), pair.get(pair.get(0).equals(name) ? 1 : 0));
        noteWithout(benchmark.getKey(), group, name);
      } else if (candidates.size() == 1) {
        String name = candidates.get(0);
        names.put(benchmark.getKey(), name);
        noteWithout(benchmark.getKey(), group, name);
      } else if (candidates.isEmpty()) {
        notes.add(
            benchmark.getKey()
                + " has no size parameter and is left out (parameters: "
                + orNone(allNames(group))
                + ").");
      } else {
        ambiguous.addAll(candidates);
        notes.add(
            benchmark.getKey()
                + " is left out: its size may be "
                + String.join(" or ", candidates)
                + "; choose with --size-param.");
      }
    }
    if (names.isEmpty()) {
      throw new SizeParameterException(ambiguous.isEmpty() ? nothing(cells) : several(ambiguous));
    }
  }

  private static String several(Set<String> candidates) {
    return "size parameter is ambiguous: it may be "
        + String.join(" or ", candidates)
        + "; choose with --size-param";
  }

  private static String nothing(List<Entry.Cell> cells) {
    return "no size parameter: none of the parameters has two or more positive numbers as values"
        + " and the name of a size (parameters: "
        + orNone(allNames(cells))
        + "); choose with --size-param";
  }

  /** Returns the parameters of the best class of names that has any; more than one is ambiguous. */
  private List<String> candidates(List<Entry.Cell> group) {
    List<String> exact = new ArrayList<>();
    List<String> byWord = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (String name : allNames(group)) {
      if (!variesAsNumber(group, name) || isNoSize(name)) {
        continue;
      }
      if (SIZE_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
        exact.add(name);
      } else if (words(name).stream().anyMatch(SizeParameter::isSizeWord)) {
        byWord.add(name);
      } else {
        rest.add(name);
      }
    }
    return !exact.isEmpty() ? exact : !byWord.isEmpty() ? byWord : rest;
  }

  /** Returns the two parameters that are sizes by name and form a grid, or nothing. */
  private List<String> pair(List<Entry.Cell> group) {
    List<String> sizes =
        allNames(group).stream()
            .filter(name -> variesAsNumber(group, name) && !isNoSize(name))
            .filter(
                name ->
                    words(name).stream()
                        .anyMatch(word -> isSizeWord(word) || SECOND_WORDS.contains(word)))
            .toList();
    if (sizes.size() != 2) {
      return List.of();
    }
    Set<Double> first = new HashSet<>();
    Set<Double> second = new HashSet<>();
    Set<List<Double>> places = new HashSet<>();
    for (Entry.Cell cell : group) {
      OptionalDouble one = value(cell, sizes.get(0));
      OptionalDouble other = value(cell, sizes.get(1));
      if (one.isPresent() && other.isPresent()) {
        first.add(one.getAsDouble());
        second.add(other.getAsDouble());
        places.add(List.of(one.getAsDouble(), other.getAsDouble()));
      }
    }
    boolean grid = Math.min(first.size(), second.size()) >= GRID;
    boolean filled = places.size() >= LEAST_FILLED * first.size() * second.size();
    return grid && filled ? sizes : List.of();
  }

  private static boolean isNoSize(String name) {
    return !SIZE_WORDS.contains(name.toLowerCase(Locale.ROOT))
        && words(name).stream().anyMatch(OTHER_WORDS::contains);
  }

  private static boolean isSizeWord(String word) {
    return SIZE_WORDS.contains(word) || WEAK_WORDS.contains(word);
  }

  private boolean variesAsNumber(List<Entry.Cell> group, String name) {
    Set<Double> positive = new HashSet<>();
    for (Entry.Cell cell : group) {
      String text = cell.params().get(name);
      if (text != null && !text.isBlank()) {
        OptionalDouble number = parsed.computeIfAbsent(text, Quantity::parse);
        if (number.isEmpty()) {
          return false;
        }
        if (number.getAsDouble() > 0) {
          positive.add(number.getAsDouble());
        }
      }
    }
    return positive.size() >= 2;
  }

  private void noteWithout(String benchmark, List<Entry.Cell> group, String name) {
    int without = (int) group.stream().filter(cell -> value(cell, name).isEmpty()).count();
    if (without > 0) {
      notes.add(
          benchmark
              + (without == group.size() ? "" : " (" + without + " of " + group.size() + " cells)")
              + " has no positive number as "
              + name
              + " and is left out.");
    }
  }

  private OptionalDouble value(Entry.Cell cell, String name) {
    String text = cell.params().get(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = parsed.computeIfAbsent(text, Quantity::parse);
    return number.isPresent() && number.getAsDouble() > 0 ? number : OptionalDouble.empty();
  }

  private static Set<String> allNames(List<Entry.Cell> cells) {
    Set<String> names = new LinkedHashSet<>();
    cells.forEach(cell -> names.addAll(cell.params().keySet()));
    return names;
  }

  private static Set<String> values(List<Entry.Cell> cells, String name) {
    Set<String> values = new LinkedHashSet<>();
    cells.stream().map(cell -> cell.params().get(name)).filter(v -> v != null).forEach(values::add);
    return values;
  }

  private static String orNone(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static List<String> words(String name) {
    return Arrays.stream(WORDS.split(name)).map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
