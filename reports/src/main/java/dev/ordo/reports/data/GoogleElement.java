package dev.ordo.reports.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One element of google/benchmark's {@code benchmarks}: one repetition of one benchmark.
 *
 * <p>Its name holds the arguments: in {@code BM_Sort/1024} the size 1024 becomes the parameter
 * {@code n}; of several arguments without names the parameters are {@code arg0}, {@code arg1}, …;
 * {@code BM_Sort/length:1024} names its parameter. What the library adds ({@code repeats:3}, {@code
 * real_time}, …) is no parameter, and a part that is no number belongs to the benchmark's name.
 *
 * <p>Time is {@code real_time}, by the clock on the wall as in JMH; {@code cpu_time} and the user
 * counters are further metrics, the counters without a unit.
 */
final class GoogleElement {

  private static final Set<String> SETTINGS =
      Set.of(
          "iterations",
          "repeats",
          "min_time",
          "min_warmup_time",
          "threads",
          "real_time",
          "process_time",
          "manual_time");

  private static final Set<String> OWN_FIELDS =
      Set.of(
          "family_index",
          "per_family_instance_index",
          "repetitions",
          "repetition_index",
          "threads",
          "iterations",
          "real_time",
          "cpu_time");

  private static final Set<String> TIME_UNITS = Set.of("ns", "us", "ms", "s");

  /** How versions before 1.5, which do not write {@code run_type}, call their aggregates. */
  private static final Pattern AGGREGATE_NAME =
      Pattern.compile(".*_(?:mean|median|stddev|cv|BigO|RMS)");

  private final Path file;
  private final int index;
  private final JsonNode node;

  /**
   * Makes an element.
   *
   * @throws ResultFileException if it is no object or has no name
   */
  GoogleElement(Path file, int index, JsonNode node) throws ResultFileException {
    this.file = file;
    this.index = index;
    this.node = node;
    if (!node.isObject()) {
      throw new ResultFileException(
          file,
          "not a google/benchmark result: element "
              + index
              + ": expected an object, found "
              + JmhElement.kind(node));
    }
    if (!node.path("name").isTextual()) {
      throw wrong("name", "a string", node.get("name"));
    }
  }

  /** Returns whether the element sums up others. */
  boolean aggregate() {
    JsonNode type = node.get("run_type");
    return type != null
        ? type.asText().equals("aggregate")
        : AGGREGATE_NAME.matcher(label()).matches();
  }

  /** Returns whether the benchmark gave up. */
  boolean failed() {
    return node.path("error_occurred").asBoolean() || node.path("skipped").asBoolean();
  }

  /** Returns why the benchmark gave up, in one line. */
  String failure() {
    String message = node.path("error_message").asText(node.path("skip_message").asText(""));
    return "it failed" + (message.isBlank() ? "" : ": " + message.replaceAll("\\s+", " ").strip());
  }

  /** Returns the name as it stands in the file. */
  String label() {
    return node.get("name").textValue();
  }

  /**
   * Reads the element.
   *
   * @throws ResultFileException if a field is missing or of a wrong type
   */
  Entry read() throws ResultFileException {
    JsonNode unit = node.get("time_unit");
    if (unit == null || !TIME_UNITS.contains(unit.asText())) {
      throw wrong("time_unit", "ns, us, ms or s", unit);
    }
    Scale scale = Scale.ofTime(unit.asText() + "/op").orElseThrow();
    List<Entry.Reading> readings = new ArrayList<>();
    readings.add(new Entry.Reading(Measurements.TIME, scale, one("real_time")));
    if (node.has("cpu_time")) {
      readings.add(new Entry.Reading("cpu_time", scale, one("cpu_time")));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (field.getValue().isNumber() && !OWN_FIELDS.contains(field.getKey())) {
        readings.add(
            new Entry.Reading(
                MeasurementsBuilder.secondaryName(field.getKey()),
                Scale.of(counterUnit(field.getKey())),
                one(field.getKey())));
      }
    }
    return new Entry(cell(), readings);
  }

  private Entry.Cell cell() throws ResultFileException {
    JsonNode runName = node.get("run_name");
    String name = runName != null && runName.isTextual() ? runName.textValue() : label();
    StringBuilder benchmark = new StringBuilder();
    List<String[]> arguments = new ArrayList<>();
    for (String part : parts(name)) {
      int colon = part.lastIndexOf(':');
      String key = colon > 0 && part.charAt(colon - 1) != ':' ? part.substring(0, colon) : "";
      String value = part.substring(key.isEmpty() ? 0 : colon + 1);
      if (benchmark.isEmpty()) {
        benchmark.append(part);
      } else if (SETTINGS.contains(key) || SETTINGS.contains(part)) {
        continue;
      } else if (Quantity.parse(value).isPresent()) {
        arguments.add(new String[] {key, value});
      } else {
        benchmark.append('/').append(part);
      }
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String key = arguments.get(i)[0];
      String unnamed = arguments.size() == 1 ? "n" : "arg" + i;
      params.put(key.isEmpty() ? unnamed : key, arguments.get(i)[1]);
    }
    return new Entry.Cell(benchmark.toString(), "avgt", threads(), params);
  }

  /** Splits a name at slashes outside of template arguments. */
  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' && depth == 0) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        depth = Math.max(0, depth + (c == '<' ? 1 : c == '>' ? -1 : 0));
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private int threads() throws ResultFileException {
    JsonNode threads = node.get("threads");
    if (threads == null) {
      return 1;
    }
    if (!threads.isIntegralNumber() || !threads.canConvertToInt()) {
      throw wrong("threads", "a whole number", threads);
    }
    return threads.intValue();
  }

  private List<double[]> one(String field) throws ResultFileException {
    JsonNode value = node.get(field);
    if (value == null || !value.isNumber()) {
      throw wrong(field, "a number", value);
    }
    return List.of(new double[] {value.doubleValue()});
  }

  private static String counterUnit(String counter) {
    return switch (counter) {
      case "bytes_per_second" -> "B/s";
      case "items_per_second" -> "items/s";
      case "allocs_per_iter" -> "allocations/op";
      case "max_bytes_used", "total_allocated_bytes", "net_heap_growth" -> "B";
      default -> "units";
    };
  }

  private ResultFileException wrong(String field, String expected, JsonNode found) {
    String who = node.path("name").isTextual() ? " (" + label() + ")" : "";
    return new ResultFileException(
        file,
        "not a google/benchmark result: element "
            + index
            + who
            + ": "
            + field
            + ": expected "
            + expected
            + ", found "
            + (found == null ? "nothing" : JmhElement.kind(found)));
  }
}
