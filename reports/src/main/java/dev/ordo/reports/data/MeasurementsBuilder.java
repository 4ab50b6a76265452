package dev.ordo.reports.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects entries, each text and each list of names once; used by one reader, once. What it holds
 * grows with the number of values: about 250 bytes an element of three forks of five iterations.
 */
final class MeasurementsBuilder {

  private final List<Recorded> recorded = new ArrayList<>();
  private final Map<Entry.Cell, Integer> cells = new LinkedHashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Map<List<String>, String[]> nameLists = new HashMap<>();
  private final Map<String, Unit> units = new HashMap<>();
  private final Set<String> paramNames = new LinkedHashSet<>();
  private final Set<String> metrics = new LinkedHashSet<>();
  private final Map<String, Set<String>> surroundings = new LinkedHashMap<>();
  private final List<Measurements.Note> notes = new ArrayList<>();
  private int entries;

  MeasurementsBuilder() {
    metrics.add(Measurements.TIME);
  }

  /** Returns a secondary metric's name without the dot that older JMH versions put before it. */
  static String secondaryName(String name) {
    int begin = 0;
    while (begin < name.length() && "Â?·\uFFFD".indexOf(name.charAt(begin)) >= 0) {
      begin++;
    }
    String plain = name.substring(begin).strip();
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

  /**
   * Keeps on what something was measured; several values of one kind become a note.
   *
   * @param kind what it is, for example {@code JVM}
   * @param value which one
   */
  void measuredOn(String kind, String value) {
    surroundings.computeIfAbsent(kind, none -> new LinkedHashSet<>()).add(value);
  }

  /** Adds one element; a metric with a value that is no measurement is left out with a note. */
  void add(Entry entry) {
    entries++;
    Entry.Cell cell = compact(entry.cell());
    int id = cells.computeIfAbsent(cell, key -> cells.size());
    for (Entry.Reading reading : entry.readings()) {
      String problem = problem(reading);
      if (problem == null) {
        String metric = text(reading.metric());
        metrics.add(metric);
        Unit unit = units.computeIfAbsent(reading.scale().unit().symbol(), s -> unit(reading));
        recorded.add(new Recorded(id, metric, unit, inBase(reading)));
      } else {
        notes.add(
            new Measurements.Note(
                reading.metric(), entry.cell().label() + " is left out: " + problem + "."));
      }
    }
  }

  Measurements build() {
    surroundings.forEach(
        (kind, values) -> {
          if (values.size() > 1) {
            note(
                "What was read was measured on more than one "
                    + kind
                    + " ("
                    + String.join("; ", values)
                    + "); where cells are the same, the difference counts as one between forks.");
          }
        });
    return new Measurements(
        recorded,
        List.copyOf(cells.keySet()),
        List.copyOf(paramNames),
        List.copyOf(metrics),
        notes,
        surroundings.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue()))),
        Measurements.TIME);
  }

  private static Unit unit(Entry.Reading reading) {
    return reading.scale().unit();
  }

  private Entry.Cell compact(Entry.Cell cell) {
    List<String> names = List.copyOf(cell.params().keySet());
    String[] shared = nameLists.get(names);
    if (shared == null) {
      shared = names.stream().map(this::text).toArray(String[]::new);
      nameLists.put(names, shared);
      paramNames.addAll(names);
    }
    String[] values = new String[shared.length];
    int i = 0;
    for (String value : cell.params().values()) {
      values[i++] = text(value);
    }
    return new Entry.Cell(
        text(cell.benchmark()), text(cell.mode()), cell.threads(), new Params(shared, values));
  }

  private String text(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private static double[][] inBase(Entry.Reading reading) {
    double[][] forks = new double[reading.forks().size()][];
    for (int f = 0; f < forks.length; f++) {
      double[] values = reading.forks().get(f);
      forks[f] = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        forks[f][i] = reading.scale().toBase(values[i]);
      }
    }
    return forks;
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
        if (!Double.isFinite(scale.toBase(values[i]))) {
          return "the value " + values[i] + " is too large" + where;
        }
      }
    }
    return null;
  }
}
