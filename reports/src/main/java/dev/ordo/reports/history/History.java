package dev.ordo.reports.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Runs in their order, and the values of each cell and exponent over them.
 *
 * @param runs in the order in which changes are sought
 * @param trends one for each cell and exponent, cells first, in the order in which they appear
 * @param notes plain sentences about what is not in it
 */
public record History(List<Run> runs, List<Trend> trends, List<String> notes) {

  /** Copies the lists. */
  public History {
    runs = List.copyOf(runs);
    trends = List.copyOf(trends);
    notes = List.copyOf(notes);
  }

  /**
   * A run with its values.
   *
   * @param run the run
   * @param keys what was measured, each once
   * @param values one for each key, in the base of its unit; not modified by anybody
   */
  public record Recorded(Run run, List<TrendKey> keys, double[] values) {

    /** Checks that there are as many values as keys. */
    public Recorded {
      Objects.requireNonNull(run, "run");
      keys = List.copyOf(keys);
      if (keys.size() != values.length) {
        throw new IllegalArgumentException(
            "values (" + values.length + ") must be as many as keys (" + keys.size() + ")");
      }
    }
  }

  /**
   * Puts runs in order and makes the trends of their values.
   *
   * @param recorded the runs, in any order; of runs with the same id the first one in order counts
   * @param order the order of runs
   * @param notes what is to be said about what is left out
   */
  public static History of(List<Recorded> recorded, Comparator<Run> order, List<String> notes) {
    List<Recorded> sorted = new ArrayList<>(recorded);
    sorted.sort(Comparator.comparing(Recorded::run, order));
    Map<String, Recorded> distinct = new LinkedHashMap<>();
    sorted.forEach(one -> distinct.putIfAbsent(one.run().id(), one));
    List<String> allNotes = new ArrayList<>(notes);
    if (distinct.size() < sorted.size()) {
      allNotes.add(
          "Runs that are in the store more than once count once; left out: "
              + (sorted.size() - distinct.size())
              + ".");
    }
    Map<TrendKey, Column> columns = new LinkedHashMap<>();
    int place = 0;
    for (Recorded one : distinct.values()) {
      for (int i = 0; i < one.values().length; i++) {
        columns.computeIfAbsent(one.keys().get(i), key -> new Column()).add(place, one.values()[i]);
      }
      place++;
    }
    List<Trend> trends = new ArrayList<>();
    for (boolean exponents : new boolean[] {false, true}) {
      columns.forEach(
          (key, column) -> {
            if (key.isExponent() == exponents) {
              trends.add(column.trend(key));
            }
          });
    }
    return new History(distinct.values().stream().map(Recorded::run).toList(), trends, allNotes);
  }

  /** Returns the same history with some of its trends. */
  public History withTrends(List<Trend> others) {
    return new History(runs, others, notes);
  }

  /** Returns the places of hosts in the order of their first runs, without repetition. */
  public List<HostIdentity> hosts() {
    Map<String, HostIdentity> hosts = new LinkedHashMap<>();
    runs.forEach(run -> hosts.putIfAbsent(run.host().key(), run.host()));
    return List.copyOf(hosts.values());
  }

  private static final class Column {

    private int[] runs = new int[8];
    private double[] values = new double[8];
    private int count;

    void add(int run, double value) {
      if (count == runs.length) {
        runs = Arrays.copyOf(runs, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      runs[count] = run;
      values[count] = value;
      count++;
    }

    Trend trend(TrendKey key) {
      return new Trend(
          key, IntStream.range(0, count).map(i -> runs[i]).toArray(), Arrays.copyOf(values, count));
    }
  }
}
