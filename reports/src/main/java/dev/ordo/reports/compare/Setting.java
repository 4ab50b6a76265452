package dev.ordo.reports.compare;

import dev.ordo.reports.data.MeasuredCell;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The parameters that say under which setting something was measured and not what.
 *
 * <p>Two results may know different ones of them. One that only one side has, where it says one
 * thread or one row, is what the other side did without saying so. A JVM, or its arguments, that is
 * the same in all of a side is what a comparison of two results may be about, and tells no cells
 * apart.
 */
public final class Setting {

  /** The parameter that holds the number of rows of an operation. */
  public static final String BATCH = "batch";

  /** The parameter that holds the name of the JVM. */
  public static final String JVM = "jvm";

  /** The parameter that holds the name of a set of arguments of the JVM. */
  public static final String JVM_ARGS = "jvmArgs";

  /** The dimensions whose values are put beside each other; threads have speed-ups instead. */
  public static final List<String> DIMENSIONS = List.of(JVM, JVM_ARGS, BATCH);

  private static final List<String> COUNTS = List.of(Threads.PARAM, BATCH);
  private static final List<String> SURROUNDINGS = List.of(JVM, JVM_ARGS);

  /** Benchmark → the parameters that do not tell its cells apart. */
  private final Map<String, Set<String>> silent = new HashMap<>();

  /** Benchmark → parameter → its values in the base and in the candidate. */
  private final Map<String, Map<String, List<Set<String>>>> values = new TreeMap<>();

  private Setting() {}

  /** Finds what tells no cells apart in two results. */
  static Setting of(List<MeasuredCell> base, List<MeasuredCell> candidate) {
    Setting setting = new Setting();
    setting.collect(base, 0);
    setting.collect(candidate, 1);
    setting.values.forEach(
        (benchmark, params) -> {
          Set<String> without = new HashSet<>();
          COUNTS.stream()
              .filter(name -> params.containsKey(name) && unsaid(params.get(name)))
              .forEach(without::add);
          SURROUNDINGS.stream()
              .filter(name -> params.containsKey(name) && single(params.get(name)))
              .forEach(without::add);
          setting.silent.put(benchmark, without);
        });
    return setting;
  }

  private void collect(List<MeasuredCell> cells, int side) {
    for (MeasuredCell cell : cells) {
      Map<String, List<Set<String>>> ofBenchmark =
          values.computeIfAbsent(cell.benchmark(), name -> new TreeMap<>());
      for (List<String> names : List.of(COUNTS, SURROUNDINGS)) {
        for (String name : names) {
          ofBenchmark
              .computeIfAbsent(name, n -> List.of(new TreeSet<>(), new TreeSet<>()))
              .get(side)
              .add(cell.params().getOrDefault(name, ""));
        }
      }
    }
  }

  /** Returns whether one side never has the parameter and the other one always. */
  private static boolean unsaid(List<Set<String>> sides) {
    Set<String> never = Set.of("");
    return (sides.get(0).equals(never) && !sides.get(1).contains(""))
        || (sides.get(1).equals(never) && !sides.get(0).contains(""));
  }

  /** Returns whether neither side has several values, and one has any. */
  private static boolean single(List<Set<String>> sides) {
    return sides.get(0).size() == 1 && sides.get(1).size() == 1;
  }

  /** Returns the parameters that tell a cell from the others of its benchmark. */
  Map<String, String> telling(MeasuredCell cell) {
    Map<String, String> telling = new HashMap<>(cell.params());
    for (String name : silent.getOrDefault(cell.benchmark(), Set.of())) {
      if (!COUNTS.contains(name) || "1".equals(telling.get(name))) {
        telling.remove(name);
      }
    }
    return telling;
  }

  /** Returns a sentence for each JVM and each set of arguments that differs between both sides. */
  List<String> notes() {
    Set<String> notes = new TreeSet<>();
    values.forEach(
        (benchmark, params) ->
            SURROUNDINGS.forEach(
                name -> {
                  List<Set<String>> sides = params.get(name);
                  if (single(sides) && !sides.get(0).equals(sides.get(1))) {
                    notes.add(
                        "Base and candidate differ in the "
                            + (name.equals(JVM) ? "JVM" : "arguments of the JVM")
                            + ": "
                            + shown(sides.get(0))
                            + " and "
                            + shown(sides.get(1))
                            + "; their cells are compared all the same.");
                  }
                }));
    return List.copyOf(notes);
  }

  private static String shown(Set<String> values) {
    String value = values.iterator().next();
    return value.isEmpty() ? "one that is not named" : value;
  }
}
