package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * All values of one or more result files: a typed view over one Tablesaw table.
 *
 * <p>The table is long: a row for each cell × metric × fork × iteration, in the order of the files.
 * Its columns are {@code benchmark}, {@code mode}, {@code threads}, one {@code Param: NAME} for
 * each parameter (missing where a benchmark does not have it), {@code metric}, {@code unit}, {@code
 * cell} (a number for each benchmark × mode × threads × parameters), {@code fork} and {@code
 * iteration} (both from 0) and {@code value}. Values are in the base of their unit: nanoseconds per
 * operation for times and throughputs, bytes per operation for memory, the file's own unit
 * otherwise.
 */
public final class Measurements {

  /** The name of the primary metric, whatever the mode: time per operation. */
  public static final String TIME = "time";

  static final String BENCHMARK = "benchmark";
  static final String MODE = "mode";
  static final String THREADS = "threads";
  static final String PARAM = "Param: ";
  static final String METRIC = "metric";
  static final String UNIT = "unit";
  static final String CELL = "cell";
  static final String FORK = "fork";
  static final String ITERATION = "iteration";
  static final String VALUE = "value";

  private final Table table;
  private final List<Entry.Cell> cells;
  private final Map<String, Unit> units;
  private final List<Note> notes;
  private final String metric;

  /** A sentence about one metric, or about all where the metric is empty. */
  record Note(String metric, String sentence) {}

  /**
   * The series of one metric.
   *
   * @param series in the order of the file
   * @param notes plain sentences about what is not in the series, and why
   */
  public record Selection(List<Series> series, List<String> notes) {

    /** Copies both lists. */
    public Selection {
      series = List.copyOf(series);
      notes = List.copyOf(notes);
    }
  }

  Measurements(
      Table table,
      List<Entry.Cell> cells,
      Map<String, Unit> units,
      List<Note> notes,
      String metric) {
    this.table = table;
    this.cells = List.copyOf(cells);
    this.units = Map.copyOf(units);
    this.notes = List.copyOf(notes);
    this.metric = metric;
  }

  /** Returns the table itself, with all metrics; not a copy, so it must not be modified. */
  public Table table() {
    return table;
  }

  /** Returns the names of all parameters, in the order of the file. */
  public List<String> params() {
    Set<String> names = new LinkedHashSet<>();
    cells.forEach(cell -> names.addAll(cell.params().keySet()));
    return List.copyOf(names);
  }

  /** Returns the names of all metrics: {@link #TIME}, then the secondary ones as in the file. */
  public List<String> metrics() {
    Set<String> names = new LinkedHashSet<>();
    names.add(TIME);
    StringColumn column = table.stringColumn(METRIC);
    column.unique().forEach(names::add);
    return List.copyOf(names);
  }

  /** Returns the metric that series are made of. */
  public String metric() {
    return metric;
  }

  /**
   * Returns the same measurements with series made of another metric.
   *
   * @throws IllegalArgumentException if there is no such metric; the message names those there are
   */
  public Measurements withMetric(String name) {
    if (!metrics().contains(name)) {
      throw new IllegalArgumentException(
          "metric (" + name + ") must be one of " + String.join(", ", metrics()));
    }
    return new Measurements(table, cells, units, notes, name);
  }

  /** Returns what reading the files left out of the selected metric, in plain sentences. */
  public List<String> notes() {
    return notes.stream()
        .filter(note -> note.metric().isEmpty() || note.metric().equals(metric))
        .map(Note::sentence)
        .toList();
  }

  /**
   * Returns the series of the selected metric, in the order of the file.
   *
   * @param sizeParam the parameter that is the size; if absent it is found, see {@link #select}
   * @throws SizeParameterException if no size parameter can be found, or the given one not used
   */
  public List<Series> series(Optional<String> sizeParam) {
    return select(sizeParam).series();
  }

  /**
   * Returns the series of the selected metric, and sentences about what is not in them.
   *
   * <p>Without a given parameter the size is found for each benchmark: of the parameters whose
   * values are all numbers, with at least two distinct positive ones, the one with a conventional
   * name (length, size, n, count, …), else one whose name has such a word in it, else the only one
   * left. Indices, offsets, seeds and the like are never taken by themselves.
   *
   * @param sizeParam the parameter that is the size, if it is known
   * @throws SizeParameterException if no benchmark has a size parameter, if there is more than one
   *     candidate, or if the given one does not exist or has no positive number among its values
   */
  public Selection select(Optional<String> sizeParam) {
    if (cells.isEmpty()) {
      return new Selection(List.of(), notes());
    }
    SizeParameter sizes = SizeParameter.choose(cells, sizeParam);
    List<String> remarks = new ArrayList<>(notes());
    remarks.addAll(sizes.notes());
    Map<SeriesKey, TreeMap<Double, List<double[]>>> groups = new LinkedHashMap<>();
    Map<CellUnit, List<List<Double>>> values = values();
    for (Map.Entry<CellUnit, List<List<Double>>> measured : values.entrySet()) {
      Entry.Cell cell = cells.get(measured.getKey().cell());
      OptionalDouble size = sizes.of(cell);
      if (size.isPresent()) {
        SeriesKey key = SeriesKey.of(cell, sizes.name(cell), measured.getKey().unit());
        List<double[]> forks =
            groups
                .computeIfAbsent(key, none -> new TreeMap<>())
                .computeIfAbsent(size.getAsDouble(), none -> new ArrayList<>());
        for (List<Double> fork : measured.getValue()) {
          forks.add(fork.stream().mapToDouble(Double::doubleValue).toArray());
        }
      }
    }
    List<Series> series = new ArrayList<>();
    groups.forEach((key, points) -> series.add(key.series(points, units.get(key.unit()))));
    return new Selection(series, remarks);
  }

  /** Returns the cells of the selected metric, in the order of the file, sizes not sought. */
  public List<MeasuredCell> cells() {
    List<MeasuredCell> measured = new ArrayList<>();
    values()
        .forEach(
            (key, forks) -> {
              Entry.Cell cell = cells.get(key.cell());
              List<double[]> arrays = new ArrayList<>(forks.size());
              for (List<Double> fork : forks) {
                arrays.add(fork.stream().mapToDouble(Double::doubleValue).toArray());
              }
              measured.add(
                  new MeasuredCell(
                      cell.benchmark(),
                      cell.mode(),
                      cell.threads(),
                      cell.params(),
                      new Sample(arrays, units.get(key.unit()))));
            });
    return measured;
  }

  /** Collects the values of the selected metric: cell and unit → fork → iteration. */
  private Map<CellUnit, List<List<Double>>> values() {
    StringColumn metricColumn = table.stringColumn(METRIC);
    StringColumn unitColumn = table.stringColumn(UNIT);
    IntColumn cellColumn = table.intColumn(CELL);
    IntColumn forkColumn = table.intColumn(FORK);
    DoubleColumn valueColumn = table.doubleColumn(VALUE);
    Map<CellUnit, List<List<Double>>> values = new LinkedHashMap<>();
    CellUnit last = null;
    List<List<Double>> forks = List.of();
    int lastFork = -1;
    for (int row = 0; row < table.rowCount(); row++) {
      if (!metric.equals(metricColumn.get(row))) {
        continue;
      }
      CellUnit key = new CellUnit(cellColumn.getInt(row), unitColumn.get(row));
      int fork = forkColumn.getInt(row);
      if (!key.equals(last)) {
        forks = values.computeIfAbsent(key, none -> new ArrayList<>());
        lastFork = -1;
      }
      // Rows of one fork stand together, so a change of its number begins a new one.
      if (fork != lastFork) {
        forks.add(new ArrayList<>());
      }
      forks.get(forks.size() - 1).add(valueColumn.getDouble(row));
      last = key;
      lastFork = fork;
    }
    return values;
  }

  private record CellUnit(int cell, String unit) {}

  private record SeriesKey(
      String benchmark,
      String mode,
      int threads,
      Map<String, String> params,
      String sizeName,
      String unit) {

    static SeriesKey of(Entry.Cell cell, String sizeName, String unit) {
      Map<String, String> others = new LinkedHashMap<>(cell.params());
      others.remove(sizeName);
      return new SeriesKey(cell.benchmark(), cell.mode(), cell.threads(), others, sizeName, unit);
    }

    Series series(TreeMap<Double, List<double[]>> points, Unit base) {
      List<Series.Point> cells = new ArrayList<>();
      points.forEach((size, forks) -> cells.add(new Series.Point(size, new Sample(forks, base))));
      return new Series(benchmark, mode, params, threads, sizeName, cells);
    }
  }
}
