package dev.ordo.reports.data;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The values of result files as one long table; {@link Measurements} says of which columns. */
final class MeasurementsTable {

  private static final String PARAM = "Param: ";

  private final StringColumn benchmark = StringColumn.create("benchmark");
  private final StringColumn mode = StringColumn.create("mode");
  private final IntColumn threads = IntColumn.create("threads");
  private final Map<String, StringColumn> params = new LinkedHashMap<>();
  private final StringColumn metric = StringColumn.create("metric");
  private final StringColumn unit = StringColumn.create("unit");
  private final IntColumn cell = IntColumn.create("cell");
  private final IntColumn fork = IntColumn.create("fork");
  private final IntColumn iteration = IntColumn.create("iteration");
  private final DoubleColumn value = DoubleColumn.create("value");

  /** Forks so far, by metric and cell: further elements of a cell go on counting. */
  private final Map<String, Map<Integer, Integer>> forks = new HashMap<>();

  private MeasurementsTable(List<String> names) {
    names.forEach(name -> params.put(name, StringColumn.create(PARAM + name)));
  }

  /** Makes the table. */
  static Table of(List<Recorded> recorded, List<Entry.Cell> cells, List<String> names) {
    MeasurementsTable columns = new MeasurementsTable(names);
    recorded.forEach(values -> columns.append(values, cells.get(values.cell())));
    Table table = Table.create("measurements", columns.benchmark, columns.mode, columns.threads);
    columns.params.values().forEach(table::addColumns);
    return table.addColumns(
        columns.metric, columns.unit, columns.cell, columns.fork, columns.iteration, columns.value);
  }

  private void append(Recorded values, Entry.Cell key) {
    Map<Integer, Integer> counts = forks.computeIfAbsent(values.metric(), m -> new HashMap<>());
    int first = counts.getOrDefault(values.cell(), 0);
    for (int f = 0; f < values.forks().length; f++) {
      for (int i = 0; i < values.forks()[f].length; i++) {
        benchmark.append(key.benchmark());
        mode.append(key.mode());
        threads.append(key.threads());
        params.forEach(
            (name, column) -> {
              String text = key.params().get(name);
              if (text == null) {
                column.appendMissing();
              } else {
                column.append(text);
              }
            });
        metric.append(values.metric());
        unit.append(values.unit().symbol());
        cell.append(values.cell());
        fork.append(first + f);
        iteration.append(i);
        value.append(values.forks()[f][i]);
      }
    }
    counts.put(values.cell(), first + values.forks().length);
  }
}
