package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tech.tablesaw.api.Table;

/**
 * All values of one or more result files, which {@link #table} gives as one Tablesaw table.
 *
 * <p>That table is long: a row for each cell × metric × fork × iteration, in the order of the
 * files. Its columns are {@code benchmark}, {@code mode}, {@code threads}, one {@code Param: NAME}
 * for each parameter (missing where a benchmark does not have it), {@code metric}, {@code unit},
 * {@code cell} (a number for each benchmark × mode × threads × parameters), {@code fork} and {@code
 * iteration} (both from 0) and {@code value}. Values are in the base of their unit: nanoseconds per
 * operation for times and throughputs, bytes per operation for memory, the file's own unit
 * otherwise.
 */
public final class Measurements {

  private static final int FEWEST = 3;

  private static final Comparator<List<Double>> PLACES =
      Comparator.<List<Double>>comparingDouble(place -> place.get(0))
          .thenComparingDouble(place -> place.get(1));

  /**
   * The benchmark of the control forks in result files of Ordo. They are about the machine and not
   * about anything that was to be measured, so readers pass over them.
   */
  public static final String CONTROL = "dev.ordo.harness.bench.Spin";

  /** The name of the primary metric, whatever the mode: time per operation. */
  public static final String TIME = "time";

  private final List<Recorded> recorded;
  private final List<Entry.Cell> cells;
  private final List<String> params;
  private final List<String> metrics;
  private final List<Note> notes;
  private final Map<String, List<String>> surroundings;
  private final String metric;

  /** A sentence about one metric, or about all where the metric is empty. */
  record Note(String metric, String sentence) {}

  /**
   * The series of one metric.
   *
   * @param series in the order of the file
   * @param grids what has two sizes, in the order of the file: at least 3 of each
   * @param notes plain sentences about what is not in the series, and why
   */
  public record Selection(List<Series> series, List<Grid> grids, List<String> notes) {

    /** Copies the lists. */
    public Selection {
      series = List.copyOf(series);
      grids = List.copyOf(grids);
      notes = List.copyOf(notes);
    }
  }

  Measurements(
      List<Recorded> recorded,
      List<Entry.Cell> cells,
      List<String> params,
      List<String> metrics,
      List<Note> notes,
      Map<String, List<String>> surroundings,
      String metric) {
    this.recorded = Collections.unmodifiableList(recorded);
    this.cells = List.copyOf(cells);
    this.params = List.copyOf(params);
    this.metrics = List.copyOf(metrics);
    this.notes = List.copyOf(notes);
    this.surroundings = surroundings;
    this.metric = metric;
  }

  /**
   * Makes the table of all metrics, anew with each call: it is several times what it is made of.
   */
  public Table table() {
    return MeasurementsTable.of(recorded, cells, params);
  }

  /** Returns the names of all parameters, in the order of the file. */
  public List<String> params() {
    return params;
  }

  /** Returns the names of all metrics: {@link #TIME}, then the secondary ones as in the file. */
  public List<String> metrics() {
    return metrics;
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
    if (!metrics.contains(name)) {
      throw new IllegalArgumentException(
          "metric (" + name + ") must be one of " + String.join(", ", metrics));
    }
    return new Measurements(recorded, cells, params, metrics, notes, surroundings, name);
  }

  /** Returns what reading the files left out of the selected metric, in plain sentences. */
  public List<String> notes() {
    return notes.stream()
        .filter(note -> note.metric().isEmpty() || note.metric().equals(metric))
        .map(Note::sentence)
        .toList();
  }

  /**
   * Returns which cells of the selected metric are left out because a value of theirs is no
   * measurement, in plain sentences; they are among the {@link #notes}.
   */
  public List<String> leftOut() {
    return notes.stream().filter(note -> note.metric().equals(metric)).map(Note::sentence).toList();
  }

  /**
   * Returns on what was measured, as far as the files say so.
   *
   * @param kind {@code JVM} or {@code host}
   * @return each value once, in the order of the files
   */
  public List<String> measuredOn(String kind) {
    return surroundings.getOrDefault(kind, List.of());
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
   * left. Indices, offsets, seeds and the like are never taken by themselves. Where exactly two
   * have names of sizes and form a grid, both are sizes: each value of one makes a series over the
   * other, and both together a grid.
   *
   * @param sizeParam the parameter that is the size, if it is known, or two with a comma between
   * @throws SizeParameterException if no benchmark has a size parameter, if there is more than one
   *     candidate, or if the given one does not exist or has no positive number among its values
   */
  public Selection select(Optional<String> sizeParam) {
    if (cells.isEmpty()) {
      return new Selection(List.of(), List.of(), notes());
    }
    SizeParameter sizes = SizeParameter.choose(cells, sizeParam);
    List<String> remarks = new ArrayList<>(notes());
    remarks.addAll(sizes.notes());
    Map<SeriesKey, List<Part>> groups = new LinkedHashMap<>();
    for (Recorded values : recorded) {
      if (values.metric().equals(metric)) {
        Entry.Cell cell = cells.get(values.cell());
        OptionalDouble size = sizes.of(cell);
        if (size.isPresent()) {
          groups
              .computeIfAbsent(
                  SeriesKey.of(cell, sizes.name(cell), values.unit()), none -> new ArrayList<>())
              .add(new Part(size.getAsDouble(), values.forks()));
        }
      }
    }
    List<Series> series = new ArrayList<>();
    groups.forEach((key, parts) -> series.add(key.series(parts)));
    return new Selection(series, grids(sizes), remarks);
  }

  /** Returns the cells of the selected metric, in the order of the files, sizes not sought. */
  public List<MeasuredCell> cells() {
    Map<CellUnit, List<double[]>> forks = new LinkedHashMap<>();
    for (Recorded values : recorded) {
      if (values.metric().equals(metric)) {
        forks
            .computeIfAbsent(new CellUnit(values.cell(), values.unit()), none -> new ArrayList<>())
            .addAll(List.of(values.forks()));
      }
    }
    List<MeasuredCell> measured = new ArrayList<>();
    forks.forEach(
        (key, arrays) -> {
          Entry.Cell cell = cells.get(key.cell());
          measured.add(
              new MeasuredCell(
                  cell.benchmark(),
                  cell.mode(),
                  cell.threads(),
                  cell.params(),
                  Sample.owning(arrays, key.unit())));
        });
    return measured;
  }

  /** Collects what has two sizes; what has fewer than {@value #FEWEST} of one is no grid. */
  private List<Grid> grids(SizeParameter sizes) {
    Map<GridKey, Map<List<Double>, List<double[]>>> groups = new LinkedHashMap<>();
    for (Recorded values : recorded) {
      Entry.Cell cell = cells.get(values.cell());
      OptionalDouble first = sizes.otherOf(cell);
      OptionalDouble second = sizes.of(cell);
      if (values.metric().equals(metric) && first.isPresent() && second.isPresent()) {
        String name = sizes.otherName(cell).orElseThrow();
        groups
            .computeIfAbsent(
                new GridKey(
                    SeriesKey.of(cell, sizes.name(cell), values.unit()).without(name), name),
                none -> new TreeMap<>(PLACES))
            .computeIfAbsent(
                List.of(first.getAsDouble(), second.getAsDouble()), none -> new ArrayList<>())
            .addAll(List.of(values.forks()));
      }
    }
    List<Grid> grids = new ArrayList<>();
    groups.forEach((key, places) -> grids.add(key.grid(places)));
    grids.removeIf(grid -> Math.min(grid.firstCount(), grid.secondCount()) < FEWEST);
    return grids;
  }

  private record CellUnit(int cell, Unit unit) {}

  /** Forks of one size, of one element of a file. */
  private record Part(double size, double[][] forks) {}

  private record SeriesKey(
      String benchmark,
      String mode,
      int threads,
      Map<String, String> params,
      String sizeName,
      Unit unit) {

    static SeriesKey of(Entry.Cell cell, String sizeName, Unit unit) {
      Map<String, String> others = new LinkedHashMap<>(cell.params());
      others.remove(sizeName);
      return new SeriesKey(cell.benchmark(), cell.mode(), cell.threads(), others, sizeName, unit);
    }

    Series series(List<Part> parts) {
      // Sorting is stable: forks of one size stay in the order of the files.
      parts.sort(Comparator.comparingDouble(Part::size));
      List<Series.Point> points = new ArrayList<>();
      List<double[]> forks = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        forks.addAll(List.of(parts.get(i).forks()));
        boolean last = i + 1 == parts.size() || parts.get(i + 1).size() != parts.get(i).size();
        if (last) {
          points.add(new Series.Point(parts.get(i).size(), Sample.owning(forks, unit)));
          forks.clear();
        }
      }
      return new Series(benchmark, mode, params, threads, sizeName, points);
    }

    /** Returns the same without a parameter. */
    SeriesKey without(String name) {
      Map<String, String> others = new LinkedHashMap<>(params);
      others.remove(name);
      return new SeriesKey(benchmark, mode, threads, others, sizeName, unit);
    }
  }

  private record GridKey(SeriesKey series, String firstName) {

    Grid grid(Map<List<Double>, List<double[]>> places) {
      List<Grid.Cell> cells = new ArrayList<>();
      places.forEach(
          (place, forks) ->
              cells.add(
                  new Grid.Cell(place.get(0), place.get(1), Sample.owning(forks, series.unit()))));
      return new Grid(
          series.benchmark(),
          series.mode(),
          series.params(),
          series.threads(),
          firstName,
          series.sizeName(),
          cells);
    }
  }
}
