package dev.ordo.reports.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One element of JMH's JSON array, read with errors that say where they are. */
final class JmhElement {

  private final Path file;
  private final int index;
  private final JsonNode node;

  JmhElement(Path file, int index, JsonNode node) {
    this.file = file;
    this.index = index;
    this.node = node;
  }

  /**
   * Reads the element.
   *
   * @throws ResultFileException if a field is missing or of a wrong type
   */
  Entry read() throws ResultFileException {
    if (!node.isObject()) {
      throw new ResultFileException(
          file,
          "not a JMH result file: element " + index + ": expected an object, found " + kind(node));
    }
    String benchmark = text(node, "benchmark", "benchmark");
    String mode = text(node, "mode", "mode");
    JsonNode primary = node.get("primaryMetric");
    if (primary == null || !primary.isObject()) {
      throw wrong("primaryMetric", "an object", primary);
    }
    List<Entry.Reading> readings = new ArrayList<>();
    String unit = text(primary, "scoreUnit", "primaryMetric.scoreUnit");
    Scale scale = Scale.ofTime(unit).orElse(null);
    if (scale == null) {
      throw wrong("primaryMetric.scoreUnit", "time/op or ops/time", primary.get("scoreUnit"));
    }
    readings.add(new Entry.Reading(Measurements.TIME, scale, forks(primary, "primaryMetric")));
    readings.addAll(secondary());
    return new Entry(new Entry.Cell(benchmark, mode, threads(), params()), readings);
  }

  private int threads() throws ResultFileException {
    JsonNode threads = node.get("threads");
    if (threads == null || threads.isNull()) {
      return 1;
    }
    if (!threads.isIntegralNumber() || !threads.canConvertToInt()) {
      throw wrong("threads", "a whole number", threads);
    }
    return threads.intValue();
  }

  private Map<String, String> params() throws ResultFileException {
    JsonNode params = node.get("params");
    if (params == null || params.isNull()) {
      return Map.of();
    }
    if (!params.isObject()) {
      throw wrong("params", "an object", params);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> param : params.properties()) {
      if (!param.getValue().isValueNode()) {
        throw wrong("params." + param.getKey(), "a string", param.getValue());
      }
      values.put(param.getKey(), param.getValue().asText());
    }
    return Collections.unmodifiableMap(values);
  }

  private List<Entry.Reading> secondary() throws ResultFileException {
    JsonNode metrics = node.get("secondaryMetrics");
    if (metrics == null || metrics.isNull()) {
      return List.of();
    }
    if (!metrics.isObject()) {
      throw wrong("secondaryMetrics", "an object", metrics);
    }
    List<Entry.Reading> readings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> metric : metrics.properties()) {
      String path = "secondaryMetrics." + metric.getKey();
      if (!metric.getValue().isObject()) {
        throw wrong(path, "an object", metric.getValue());
      }
      String unit = text(metric.getValue(), "scoreUnit", path + ".scoreUnit");
      readings.add(
          new Entry.Reading(
              MeasurementsBuilder.secondaryName(metric.getKey()),
              Scale.of(unit),
              forks(metric.getValue(), path)));
    }
    return readings;
  }

  /** Returns the values by fork: from the raw data, else the histograms, else the score alone. */
  private List<double[]> forks(JsonNode metric, String path) throws ResultFileException {
    for (String field : List.of("rawData", "rawDataHistogram")) {
      JsonNode data = metric.get(field);
      if (data != null && !data.isNull()) {
        List<double[]> forks = forks(data, path + "." + field, field.equals("rawDataHistogram"));
        if (!forks.isEmpty()) {
          return forks;
        }
      }
    }
    JsonNode score = metric.get("score");
    if (score == null) {
      throw wrong(path + ".score", "a number", null);
    }
    return List.of(new double[] {number(score, path + ".score")});
  }

  private List<double[]> forks(JsonNode data, String path, boolean histogram)
      throws ResultFileException {
    if (!data.isArray()) {
      throw wrong(path, "an array", data);
    }
    List<double[]> forks = new ArrayList<>();
    for (int fork = 0; fork < data.size(); fork++) {
      String forkPath = path + "[" + fork + "]";
      JsonNode iterations = data.get(fork);
      if (!iterations.isArray()) {
        throw wrong(forkPath, "an array", iterations);
      }
      double[] values = new double[iterations.size()];
      for (int i = 0; i < values.length; i++) {
        String at = forkPath + "[" + i + "]";
        values[i] =
            histogram ? histogramMean(iterations.get(i), at) : number(iterations.get(i), at);
      }
      if (values.length > 0) {
        forks.add(values);
      }
    }
    return forks;
  }

  /** Returns the mean of one iteration in sample mode, from its pairs of value and count. */
  private double histogramMean(JsonNode pairs, String path) throws ResultFileException {
    if (!pairs.isArray()) {
      throw wrong(path, "an array of [value, count]", pairs);
    }
    double sum = 0;
    double count = 0;
    for (JsonNode pair : pairs) {
      if (!pair.isArray() || pair.size() != 2) {
        throw wrong(path, "an array of [value, count]", pair);
      }
      double times = number(pair.get(1), path + ".count");
      sum += number(pair.get(0), path + ".value") * times;
      count += times;
    }
    return sum / count;
  }

  private double number(JsonNode value, String path) throws ResultFileException {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    // JMH quotes what JSON has no number for.
    if (value.isTextual()) {
      switch (value.textValue()) {
        case "NaN":
          return Double.NaN;
        case "Infinity", "+INF", "INF":
          return Double.POSITIVE_INFINITY;
        case "-Infinity", "-INF":
          return Double.NEGATIVE_INFINITY;
        default:
          break;
      }
    }
    throw wrong(path, "a number", value);
  }

  private String text(JsonNode parent, String field, String path) throws ResultFileException {
    JsonNode value = parent.get(field);
    if (value == null || !value.isTextual()) {
      throw wrong(path, "a string", value);
    }
    return value.textValue();
  }

  private ResultFileException wrong(String path, String expected, JsonNode found) {
    JsonNode name = node.get("benchmark");
    String who = name != null && name.isTextual() ? " (" + name.textValue() + ")" : "";
    String what = found == null ? "nothing" : kind(found);
    return new ResultFileException(
        file,
        "not a JMH result: element "
            + index
            + who
            + ": "
            + path
            + ": expected "
            + expected
            + ", found "
            + what);
  }

  /** Returns what a value is, as it stands in a message. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "\"" + shortened(value.textValue()) + "\"";
      case NULL -> "null";
      default -> value.asText();
    };
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 40 ? line : line.substring(0, 40) + "…";
  }
}
