package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Footprint;
import dev.ordo.reports.data.Measurements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.openjdk.jmh.util.ListStatistics;

/** Writes the forks of a journal in the format of JMH's own JSON result files. */
final class JmhFile {

  /** The name of the file in a run directory. */
  static final String FILE = "jmh-result.json";

  /** The parameter that names the host, in runs that were merged from several. */
  static final String HOST = "host";

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
    PartHosts hosts = new PartHosts(entries);
    ArrayNode file = JSON.createArrayNode();
    cells.forEach((cell, forks) -> file.add(element(cell, hosts.of(cell), counting(forks))));
    for (String side : List.of(Entry.Control.A, Entry.Control.B)) {
      List<Entry.Control> controls =
          entries.stream()
              .filter(entry -> entry instanceof Entry.Control c && c.side().equals(side))
              .map(Entry.Control.class::cast)
              .toList();
      if (!controls.isEmpty()) {
        file.add(element(side, controls));
      }
    }
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

  /**
   * Returns the forks of a cell that count: one that was still warming up is no measurement, unless
   * the cell has nothing better.
   */
  static List<Entry.Fork> counting(List<Entry.Fork> forks) {
    List<Entry.Fork> steady = forks.stream().filter(Entry.Fork::steady).toList();
    return steady.isEmpty() ? forks : steady;
  }

  private static ObjectNode head(String benchmark, int forks, Entry.Jvm jvm, ForkPlan plan) {
    ObjectNode node = JSON.createObjectNode();
    node.put("jmhVersion", "1.37");
    node.put("benchmark", benchmark);
    node.put("mode", "avgt");
    node.put("threads", 1);
    node.put("forks", forks);
    node.put("jvm", jvm.path());
    jvm.args().forEach(node.putArray("jvmArgs")::add);
    node.put("jdkVersion", jvm.jdkVersion());
    node.put("vmName", jvm.vmName());
    node.put("vmVersion", jvm.vmVersion());
    node.put("warmupIterations", plan.warmups());
    node.put("warmupTime", plan.iterationMillis() + " ms");
    node.put("warmupBatchSize", 1);
    node.put("measurementIterations", plan.iterations());
    node.put("measurementTime", plan.iterationMillis() + " ms");
    node.put("measurementBatchSize", 1);
    return node;
  }

  private static ObjectNode element(Cell cell, Optional<String> host, List<Entry.Fork> forks) {
    Entry.Fork first = forks.get(0);
    ObjectNode node = head(ForkRunner.BENCHMARK, forks.size(), first.jvm(), first.plan());
    ObjectNode params = node.putObject("params");
    cell.params().forEach(params::put);
    host.ifPresent(name -> params.put(HOST, name));
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

  private static ObjectNode element(String side, List<Entry.Control> controls) {
    Entry.Control first = controls.get(0);
    ObjectNode node =
        head(
            Measurements.CONTROL + "." + side,
            controls.size(),
            first.jvm(),
            new ForkPlan(0, first.nanosPerOp().length, Controls.FORK.iterationMillis()));
    node.set("primaryMetric", metric("ns/op", controls, Entry.Control::nanosPerOp));
    node.putObject("secondaryMetrics");
    return node;
  }

  private static <T> ObjectNode metric(String unit, List<T> forks, Function<T, double[]> values) {
    ListStatistics statistics = new ListStatistics();
    ArrayNode raw = JSON.createArrayNode();
    for (T fork : forks) {
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
