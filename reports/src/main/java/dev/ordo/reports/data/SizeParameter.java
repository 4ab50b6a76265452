package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** The choice of the parameter that is the size, for each benchmark of a file. */
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
          "consumers");

  private static final Pattern WORDS =
      Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** Benchmark → its size parameter. */
  private final Map<String, String> names;

  private final List<String> notes;

  private SizeParameter(Map<String, String> names, List<String> notes) {
    this.names = names;
    this.notes = notes;
  }

  /**
   * Chooses.
   *
   * @throws SizeParameterException if not even one benchmark has a size
   */
  static SizeParameter choose(List<Entry.Cell> cells, Optional<String> given) {
    Map<String, List<Entry.Cell>> benchmarks = new LinkedHashMap<>();
    for (Entry.Cell cell : cells) {
      benchmarks.computeIfAbsent(cell.benchmark(), name -> new ArrayList<>()).add(cell);
    }
    return given.isPresent() ? given(cells, benchmarks, given.get()) : found(cells, benchmarks);
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

  /** Returns sentences about the cells without a size. */
  List<String> notes() {
    return notes;
  }

  private static SizeParameter given(
      List<Entry.Cell> cells, Map<String, List<Entry.Cell>> benchmarks, String name) {
    Set<String> all = allNames(cells);
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
    Map<String, String> names = new LinkedHashMap<>();
    benchmarks.keySet().forEach(benchmark -> names.put(benchmark, name));
    List<String> notes = new ArrayList<>();
    benchmarks.forEach((benchmark, group) -> noteWithout(benchmark, group, name, notes));
    return new SizeParameter(names, notes);
  }

  private static SizeParameter found(
      List<Entry.Cell> cells, Map<String, List<Entry.Cell>> benchmarks) {
    Map<String, String> names = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    Set<String> ambiguous = new LinkedHashSet<>();
    for (Map.Entry<String, List<Entry.Cell>> benchmark : benchmarks.entrySet()) {
      List<Entry.Cell> group = benchmark.getValue();
      List<String> candidates = candidates(group);
      if (candidates.size() == 1) {
        String name = candidates.get(0);
        names.put(benchmark.getKey(), name);
        noteWithout(benchmark.getKey(), group, name, notes);
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
    return new SizeParameter(names, notes);
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
  private static List<String> candidates(List<Entry.Cell> group) {
    List<String> exact = new ArrayList<>();
    List<String> byWord = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (String name : allNames(group)) {
      if (!variesAsNumber(group, name)) {
        continue;
      }
      List<String> words = words(name);
      if (SIZE_WORDS.contains(name.toLowerCase(Locale.ROOT))) {
        exact.add(name);
      } else if (words.stream().anyMatch(OTHER_WORDS::contains)) {
        continue;
      } else if (words.stream().anyMatch(SizeParameter::isSizeWord)) {
        byWord.add(name);
      } else {
        rest.add(name);
      }
    }
    return !exact.isEmpty() ? exact : !byWord.isEmpty() ? byWord : rest;
  }

  private static boolean isSizeWord(String word) {
    return SIZE_WORDS.contains(word) || WEAK_WORDS.contains(word);
  }

  private static boolean variesAsNumber(List<Entry.Cell> group, String name) {
    Set<Double> positive = new LinkedHashSet<>();
    for (Entry.Cell cell : group) {
      String text = cell.params().get(name);
      if (text != null && !text.isBlank()) {
        OptionalDouble number = Quantity.parse(text);
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

  private static void noteWithout(
      String benchmark, List<Entry.Cell> group, String name, List<String> notes) {
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

  private static OptionalDouble value(Entry.Cell cell, String name) {
    String text = cell.params().get(name);
    if (text == null) {
      return OptionalDouble.empty();
    }
    OptionalDouble number = Quantity.parse(text);
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
    return List.of(WORDS.split(name)).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
