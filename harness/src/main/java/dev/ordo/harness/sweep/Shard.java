package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share of a sweep, to be measured on a machine of its own.
 *
 * @param index which share, from 1
 * @param count the number of shares
 */
public record Shard(int index, int count) {

  /** The most shares of a sweep. */
  public static final int MOST = 9999;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException unless 1 ≤ index ≤ count ≤ {@link #MOST}
   */
  public Shard {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("shards (" + count + ") must be in 1.." + MOST);
    }
    if (index < 1 || index > count) {
      throw new IllegalArgumentException("shard (" + index + ") must be in 1.." + count);
    }
  }

  /**
   * Reads a share as {@link #toString} writes it.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Shard of(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("shard (" + text + ") must be like 3/8");
    }
    return new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
  }

  /**
   * Chooses the cells of this share. Cells that differ in their length alone stay together, so that
   * no fit mixes machines. Each such series goes, the dearest first, to the share that has least to
   * do (Graham 1969, "Bounds on multiprocessing timing anomalies": the longest share is then at
   * most 4/3 of the shortest possible). The order of the cells does not matter.
   *
   * @param cells all cells of the sweep
   * @param cost the predicted cost of a cell, in any unit; the same on every machine
   * @return those of the cells that belong to this share, in their order
   */
  List<Cell> of(List<Cell> cells, ToDoubleFunction<Cell> cost) {
    Map<Cell, List<Cell>> series = new LinkedHashMap<>();
    cells.forEach(cell -> series.computeIfAbsent(cell.at(1), key -> new ArrayList<>()).add(cell));
    Map<Cell, Double> costs = new LinkedHashMap<>();
    // In ascending order, for the sum of rounded numbers depends on theirs.
    series.forEach(
        (key, members) ->
            costs.put(key, members.stream().mapToDouble(cost).sorted().reduce(0, Double::sum)));
    List<Cell> keys = new ArrayList<>(series.keySet());
    keys.sort(
        Comparator.comparingDouble((Cell key) -> -costs.get(key)).thenComparing(Cell::toString));
    double[] load = new double[count];
    Set<Cell> mine = new HashSet<>();
    for (Cell key : keys) {
      int least = 0;
      for (int i = 1; i < count; i++) {
        least = load[i] < load[least] ? i : least;
      }
      load[least] += costs.get(key);
      if (least == index - 1) {
        mine.add(key);
      }
    }
    return cells.stream().filter(cell -> mine.contains(cell.at(1))).toList();
  }

  /** Returns the share as text, for example {@code 3/8}. */
  @Override
  public String toString() {
    return index + "/" + count;
  }
}
