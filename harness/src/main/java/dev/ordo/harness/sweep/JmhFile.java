package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Footprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.openjdk.jmh.util.ListStatistics;

/** Writes the forks of a journal in the format of JMH's own JSON result files. */
final class JmhFile {

  /** The name of the file in a run directory. */
  static final String FILE = "jmh-result.json";

  /** JMH reports errors at this confidence level. */
  private static final double CONFIDENCE = 0.999;

  private static final double[] PERCENTILES = {
    0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100
  };

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JmhFile() {}

  /**
   * Returns the content of the file: one element a cell, one row of raw data a fork; models, JVMs
   * and their arguments in the order of the sweep, lengths ascending.
   *
   * @param entries the entries of a journal, the start first; forks that failed are left out, and
   *     forks that were not steady where the cell has a steady one
   */
  static byte[] content(List<Entry> entries) {
    Entry.Start start = (Entry.Start) entries.get(0);
    Map<Cell, List<Entry.Fork>> cells = new TreeMap<>(order(start));
    for (Entry entry : entries) {
      if (entry instanceof Entry.Fork fork && fork.succeeded()) {
        cells.computeIfAbsent(fork.cell(), cell -> new ArrayList<>()).add(fork);
      }
    }
    cells.values().forEach(JmhFile::dropUnsteady);
    ArrayNode file = JSON.createArrayNode();
    cells.forEach((cell, forks) -> file.add(element(cell, forks)));
    try {
      return JSON.writeValueAsBytes(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings must be writable", e);
    }
  }

  private static Comparator<Cell> order(Entry.Start start) {
    List<String> jvms = start.dimensions().jvms().stream().map(ForkJvm::name).toList();
    List<String> args = start.dimensions().jvmArgs().stream().map(JvmArgs::name).toList();
    return Comparator.comparingInt((Cell cell) -> start.models().indexOf(cell.model()))
        .thenComparing(Cell::phase)
        .thenComparingInt(cell -> jvms.indexOf(cell.jvm()))
        .thenComparingInt(cell -> args.indexOf(cell.jvmArgs()))
        .thenComparingInt(Cell::batch)
        .thenComparingInt(Cell::threads)
        .thenComparingInt(Cell::length);
  }

  /** A fork that was still warming up is no measurement, unless the cell has nothing better. */
  private static void dropUnsteady(List<Entry.Fork> forks) {
    if (forks.stream().anyMatch(Entry.Fork::steady)) {
      forks.removeIf(fork -> !fork.steady());
    }
  }

  private static ObjectNode element(Cell cell, List<Entry.Fork> forks) {
    Entry.Fork first = forks.get(0);
    ObjectNode node = JSON.createObjectNode();
    node.put("jmhVersion", "1.37");
    node.put("benchmark", ForkRunner.BENCHMARK);
    node.put("mode", "avgt");
    node.put("threads", 1);
    node.put("forks", forks.size());
    node.put("jvm", first.jvm().path());
    first.jvm().args().forEach(node.putArray("jvmArgs")::add);
    node.put("jdkVersion", first.jvm().jdkVersion());
    node.put("vmName", first.jvm().vmName());
    node.put("vmVersion", first.jvm().vmVersion());
    node.put("warmupIterations", first.plan().warmups());
    node.put("warmupTime", first.plan().iterationMillis() + " ms");
    node.put("warmupBatchSize", 1);
    node.put("measurementIterations", first.plan().iterations());
    node.put("measurementTime", first.plan().iterationMillis() + " ms");
    node.put("measurementBatchSize", 1);
    cell.params().forEach(node.putObject("params")::put);
    node.set("primaryMetric", metric("ns/op", forks, Entry.Fork::nanosPerOp));
    ObjectNode secondary = node.putObject("secondaryMetrics");
    Set<String> names = new LinkedHashSet<>();
    forks.forEach(fork -> names.addAll(fork.secondary().keySet()));
    for (String name : names) {
      List<Entry.Fork> having =
          forks.stream().filter(fork -> fork.secondary().containsKey(name)).toList();
      // One fork counts for all; other metrics have a row for each fork, as JMH has it.
      if (having.size() == forks.size() || name.equals(Footprint.HELD)) {
        secondary.set(
            name,
            metric(
                having.get(0).secondary().get(name).unit(),
                having,
                fork -> fork.secondary().get(name).values()));
      }
    }
    return node;
  }

  private static ObjectNode metric(
      String unit, List<Entry.Fork> forks, Function<Entry.Fork, double[]> values) {
    ListStatistics statistics = new ListStatistics();
    ArrayNode raw = JSON.createArrayNode();
    for (Entry.Fork fork : forks) {
      ArrayNode row = raw.addArray();
      for (double value : values.apply(fork)) {
        statistics.addValue(value);
        row.add(value);
      }
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("score", statistics.getMean());
    put(node, "scoreError", statistics.getMeanErrorAt(CONFIDENCE));
    double[] interval = statistics.getConfidenceIntervalAt(CONFIDENCE);
    ArrayNode confidence = node.putArray("scoreConfidence");
    for (double end : interval) {
      if (Double.isNaN(end)) {
        confidence.add("NaN");
      } else {
        confidence.add(end);
      }
    }
    ObjectNode percentiles = node.putObject("scorePercentiles");
    for (double percentile : PERCENTILES) {
      percentiles.put(Double.toString(percentile), statistics.getPercentile(percentile));
    }
    node.put("scoreUnit", unit);
    node.set("rawData", raw);
    return node;
  }

  /** JMH writes a number that does not exist as a string. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.put(name, "NaN");
    } else {
      node.put(name, value);
    }
  }
}
