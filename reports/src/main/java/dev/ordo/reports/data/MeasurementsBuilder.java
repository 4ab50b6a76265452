package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Collects entries into the columns of one table; used by one reader, once. */
final class MeasurementsBuilder {

  private final StringColumn benchmark = StringColumn.create(Measurements.BENCHMARK);
  private final StringColumn mode = StringColumn.create(Measurements.MODE);
  private final IntColumn threads = IntColumn.create(Measurements.THREADS);
  private final Map<String, StringColumn> params = new LinkedHashMap<>();
  private final StringColumn metric = StringColumn.create(Measurements.METRIC);
  private final StringColumn unit = StringColumn.create(Measurements.UNIT);
  private final IntColumn cell = IntColumn.create(Measurements.CELL);
  private final IntColumn fork = IntColumn.create(Measurements.FORK);
  private final IntColumn iteration = IntColumn.create(Measurements.ITERATION);
  private final DoubleColumn value = DoubleColumn.create(Measurements.VALUE);

  private final Map<Entry.Cell, Integer> cells = new LinkedHashMap<>();
  private final Map<String, Unit> units = new LinkedHashMap<>();

  /** Forks so far, by cell and metric: further elements of a cell go on counting. */
  private final Map<Integer, Map<String, Integer>> forks = new LinkedHashMap<>();

  private final List<Measurements.Note> notes = new ArrayList<>();
  private int entries;

  /** Returns a secondary metric's name without the dot that older JMH versions put before it. */
  static String secondaryName(String name) {
    String plain = name.replaceFirst("^(?:Â?·|\\uFFFD)+", "").strip();
    return plain.equals(Measurements.TIME) ? "secondary " + plain : plain;
  }

  /** Returns how many entries were added so far. */
  int entries() {
    return entries;
  }

  /** Adds a sentence that concerns every metric. */
  void note(String sentence) {
    notes.add(new Measurements.Note("", sentence));
  }

  /** Adds one element; a metric with a value that is no measurement is left out with a note. */
  void add(Entry entry) {
    entries++;
    int id = cells.computeIfAbsent(entry.cell(), key -> cells.size());
    entry.cell().params().keySet().forEach(this::param);
    for (Entry.Reading reading : entry.readings()) {
      String problem = problem(reading);
      if (problem == null) {
        append(entry.cell(), id, reading);
      } else {
        notes.add(
            new Measurements.Note(
                reading.metric(), entry.cell().label() + " is left out: " + problem + "."));
      }
    }
  }

  Measurements build() {
    Table table = Table.create("measurements", benchmark, mode, threads);
    params.values().forEach(table::addColumns);
    table.addColumns(metric, unit, cell, fork, iteration, value);
    return new Measurements(table, List.copyOf(cells.keySet()), units, notes, Measurements.TIME);
  }

  private void param(String name) {
    if (!params.containsKey(name)) {
      StringColumn column = StringColumn.create(Measurements.PARAM + name);
      for (int i = 0; i < value.size(); i++) {
        column.appendMissing();
      }
      params.put(name, column);
    }
  }

  private void append(Entry.Cell key, int id, Entry.Reading reading) {
    Unit base = reading.scale().unit();
    units.putIfAbsent(base.symbol(), base);
    Map<String, Integer> counts = forks.computeIfAbsent(id, none -> new LinkedHashMap<>());
    int first = counts.getOrDefault(reading.metric(), 0);
    for (int f = 0; f < reading.forks().size(); f++) {
      double[] values = reading.forks().get(f);
      for (int i = 0; i < values.length; i++) {
        benchmark.append(key.benchmark());
        mode.append(key.mode());
        threads.append(key.threads());
        for (Map.Entry<String, StringColumn> column : params.entrySet()) {
          String text = key.params().get(column.getKey());
          if (text == null) {
            column.getValue().appendMissing();
          } else {
            column.getValue().append(text);
          }
        }
        metric.append(reading.metric());
        unit.append(base.symbol());
        cell.append(id);
        fork.append(first + f);
        iteration.append(i);
        value.append(reading.scale().toBase(values[i]));
      }
    }
    counts.put(reading.metric(), first + reading.forks().size());
  }

  /** Returns what keeps a reading from being a measurement, or null. */
  private static String problem(Entry.Reading reading) {
    Scale scale = reading.scale();
    boolean time = scale.unit().dimension() == Unit.Dimension.TIME;
    for (int f = 0; f < reading.forks().size(); f++) {
      double[] values = reading.forks().get(f);
      for (int i = 0; i < values.length; i++) {
        String where = " in fork " + f + ", iteration " + i;
        if (!Double.isFinite(values[i])) {
          return "the value is " + values[i] + where;
        }
        if (time && (values[i] < 0 || (scale.inverted() && values[i] == 0))) {
          String what = scale.inverted() ? "throughput" : "time";
          return "the " + what + " is " + values[i] + where;
        }
      }
    }
    return null;
  }
}
