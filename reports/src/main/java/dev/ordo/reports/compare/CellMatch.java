package dev.ordo.reports.compare;

import dev.ordo.reports.compare.Comparison.Side;
import dev.ordo.reports.compare.Comparison.Unmatched;
import dev.ordo.reports.data.MeasuredCell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The cells of one metric that two results share, and those that only one has.
 *
 * @param pairs in the order of the base
 * @param unmatched those of the base, then those of the candidate
 * @param notes what both sides were measured on, where that differs, in plain sentences
 */
record CellMatch(List<Pair> pairs, List<Unmatched> unmatched, List<String> notes) {

  /** One cell in both results. */
  record Pair(MeasuredCell base, MeasuredCell candidate) {}

  /**
   * What makes two cells the same; parameters in any order, without those of the {@link Setting}.
   */
  private record Key(
      String benchmark, String mode, int threads, Map<String, String> params, String unit) {

    static Key of(MeasuredCell cell, Setting setting) {
      return new Key(
          cell.benchmark(),
          cell.mode(),
          cell.threads(),
          setting.telling(cell),
          cell.sample().unit().symbol());
    }
  }

  static CellMatch of(String metric, List<MeasuredCell> base, List<MeasuredCell> candidate) {
    Setting setting = Setting.of(base, candidate);
    Map<Key, MeasuredCell> ours = index(base, setting);
    Map<Key, MeasuredCell> theirs = index(candidate, setting);
    List<Pair> pairs = new ArrayList<>();
    List<Unmatched> unmatched = new ArrayList<>();
    Map<String, List<Key>> theirsByName = byName(theirs);
    ours.forEach(
        (key, cell) -> {
          if (theirs.containsKey(key)) {
            pairs.add(new Pair(cell, theirs.get(key)));
          } else {
            unmatched.add(
                new Unmatched(Side.BASE, metric, cell, reason(key, theirsByName, "candidate")));
          }
        });
    Map<String, List<Key>> oursByName = byName(ours);
    theirs.forEach(
        (key, cell) -> {
          if (!ours.containsKey(key)) {
            unmatched.add(
                new Unmatched(Side.CANDIDATE, metric, cell, reason(key, oursByName, "base")));
          }
        });
    return new CellMatch(pairs, unmatched, setting.notes());
  }

  private static Map<Key, MeasuredCell> index(List<MeasuredCell> cells, Setting setting) {
    Map<Key, MeasuredCell> index = new LinkedHashMap<>();
    cells.forEach(cell -> index.put(Key.of(cell, setting), cell));
    return index;
  }

  private static Map<String, List<Key>> byName(Map<Key, MeasuredCell> cells) {
    Map<String, List<Key>> byName = new LinkedHashMap<>();
    cells
        .keySet()
        .forEach(key -> byName.computeIfAbsent(key.benchmark(), n -> new ArrayList<>()).add(key));
    return byName;
  }

  /** Returns why the other side has no such cell: by what its nearest one differs. */
  private static String reason(Key key, Map<String, List<Key>> others, String side) {
    List<Key> sameName = others.getOrDefault(key.benchmark(), List.of());
    if (sameName.isEmpty()) {
      return "the benchmark is not in the " + side;
    }
    return sameName.stream()
        .filter(other -> other.params().equals(key.params()))
        .findFirst()
        .map(other -> differences(key, other, side))
        .orElse("these parameters are not in the " + side);
  }

  private static String differences(Key key, Key other, String side) {
    List<String> parts = new ArrayList<>();
    add(parts, "mode", key.mode(), other.mode());
    add(parts, "threads", key.threads(), other.threads());
    add(parts, "unit", key.unit(), other.unit());
    return String.join(", ", parts) + " in the " + side;
  }

  private static void add(List<String> parts, String name, Object here, Object there) {
    if (!Objects.equals(here, there)) {
      parts.add(name + " " + here + " here, " + there);
    }
  }
}
