package dev.ordo.reports.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One element of JMH's JSON array, read token by token with errors that say where they are. What
 * the measurement does not need (percentiles, errors, settings) is passed over without a look; of a
 * field that stands there twice the last one counts.
 */
final class JmhElement {

  private final Path file;
  private final int index;
  private final JsonParser parser;

  private String benchmark;
  private String mode;
  private int threads = 1;
  private Map<String, String> params = Map.of();
  private Metric primary;
  private Collection<Entry.Reading> secondary = List.of();
  private String jvm = "";
  private String vm = "";

  /** A metric as it stands in the file: unit and values, which may be absent. */
  private static final class Metric {
    private String unit;
    private List<double[]> raw = List.of();
    private List<double[]> histogram = List.of();
    private Double score;
  }

  /** Makes an element of a parser that stands at its first token. */
  JmhElement(Path file, int index, JsonParser parser) {
    this.file = file;
    this.index = index;
    this.parser = parser;
  }

  /**
   * Reads the element; the parser then stands at its last token.
   *
   * @throws ResultFileException if a field is missing or of a wrong type
   */
  Entry read() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ResultFileException(
          file,
          "not a JMH result file: element " + index + ": expected an object, found " + found());
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      readField(field);
    }
    if (benchmark == null) {
      throw missing("benchmark", "a string");
    }
    if (mode == null) {
      throw missing("mode", "a string");
    }
    if (primary == null) {
      throw missing("primaryMetric", "an object");
    }
    List<Entry.Reading> readings = new ArrayList<>();
    Scale scale = Scale.ofTime(primary.unit).orElse(null);
    if (scale == null) {
      throw wrong(
          "primaryMetric.scoreUnit", "time/op or ops/time", "\"" + shortened(primary.unit) + "\"");
    }
    readings.add(new Entry.Reading(Measurements.TIME, scale, forks(primary, "primaryMetric")));
    readings.addAll(secondary);
    return new Entry(new Entry.Cell(benchmark, mode, threads, params), readings);
  }

  /** Returns the Java that it ran on, or nothing where the file does not tell. */
  String jvm() {
    return (vm + " " + jvm).strip();
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "benchmark" -> benchmark = text("benchmark");
      case "mode" -> mode = text("mode");
      case "threads" -> threads = threads();
      case "params" -> params = params();
      case "primaryMetric" -> {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw wrong("primaryMetric", "an object", found());
        }
        primary = metric("primaryMetric");
      }
      case "secondaryMetrics" -> secondary = secondary();
      case "jdkVersion" -> jvm = optional();
      case "vmName" -> vm = optional();
      default -> parser.skipChildren();
    }
  }

  private String optional() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return "";
  }

  private int threads() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return 1;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT) {
      throw wrong("threads", "a whole number", found());
    }
    return parser.getIntValue();
  }

  private Map<String, String> params() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("params", "an object", found());
    }
    Map<String, String> values = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!parser.nextToken().isScalarValue()) {
        throw wrong("params." + name, "a string", found());
      }
      values.put(name, parser.getText());
    }
    return values;
  }

  private Collection<Entry.Reading> secondary() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong("secondaryMetrics", "an object", found());
    }
    Map<String, Entry.Reading> readings = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String path = "secondaryMetrics." + parser.currentName();
      String name = MeasurementsBuilder.secondaryName(parser.currentName());
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(path, "an object", found());
      }
      Metric metric = metric(path);
      readings.put(name, new Entry.Reading(name, Scale.of(metric.unit), forks(metric, path)));
    }
    return readings.values();
  }

  private Metric metric(String path) throws IOException {
    Metric metric = new Metric();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "scoreUnit" -> metric.unit = text(path + ".scoreUnit");
        case "score" -> metric.score = number(path + ".score");
        case "rawData", "rawDataHistogram" -> {
          if (value != JsonToken.VALUE_NULL) {
            boolean histogram = field.equals("rawDataHistogram");
            List<double[]> forks = forks(path + "." + field, histogram);
            metric.raw = histogram ? metric.raw : forks;
            metric.histogram = histogram ? forks : metric.histogram;
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (metric.unit == null) {
      throw missing(path + ".scoreUnit", "a string");
    }
    return metric;
  }

  /** Returns the values by fork: from the raw data, else the histograms, else the score alone. */
  private List<double[]> forks(Metric metric, String path) throws ResultFileException {
    if (!metric.raw.isEmpty()) {
      return metric.raw;
    }
    if (!metric.histogram.isEmpty()) {
      return metric.histogram;
    }
    if (metric.score == null) {
      throw missing(path + ".score", "a number");
    }
    return List.of(new double[] {metric.score});
  }

  private List<double[]> forks(String path, boolean histogram) throws IOException {
    beginArray(path, "", "an array");
    List<double[]> forks = new ArrayList<>();
    double[] values = new double[8];
    for (int fork = 0; parser.nextToken() != JsonToken.END_ARRAY; fork++) {
      beginArray(path, "[" + fork + "]", "an array");
      int count = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count);
        }
        values[count] = value(path, fork, count, histogram);
        count++;
      }
      if (count > 0) {
        forks.add(Arrays.copyOf(values, count));
      }
    }
    return forks;
  }

  private double value(String path, int fork, int iteration, boolean histogram) throws IOException {
    if (!histogram && parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
      return parser.getDoubleValue();
    }
    String at = path + "[" + fork + "][" + iteration + "]";
    return histogram ? histogramMean(at) : number(at);
  }

  /** Returns the mean of one iteration in sample mode, from its pairs of value and count. */
  private double histogramMean(String path) throws IOException {
    String expected = "an array of [value, count]";
    beginArray(path, "", expected);
    double sum = 0;
    double count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      beginArray(path, "", expected);
      parser.nextToken();
      double value = number(path + ".value");
      parser.nextToken();
      double times = number(path + ".count");
      if (parser.nextToken() != JsonToken.END_ARRAY) {
        throw wrong(path, expected, "more than two numbers");
      }
      sum += value * times;
      count += times;
    }
    return sum / count;
  }

  private void beginArray(String path, String place, String expected) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(path + place, expected, found());
    }
  }

  private double number(String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (token.isNumeric()) {
      return parser.getDoubleValue();
    }
    // JMH quotes what JSON has no number for.
    if (token == JsonToken.VALUE_STRING) {
      switch (parser.getText()) {
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
    throw wrong(path, "a number", found());
  }

  private String text(String path) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(path, "a string", found());
    }
    return parser.getText();
  }

  private String found() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case END_ARRAY -> "the end of the array";
      case VALUE_STRING -> "\"" + shortened(parser.getText()) + "\"";
      default -> shortened(parser.getText());
    };
  }

  private ResultFileException missing(String path, String expected) {
    return wrong(path, expected, "nothing");
  }

  private ResultFileException wrong(String path, String expected, String found) {
    return new ResultFileException(
        file,
        "not a JMH result: element "
            + index
            + (benchmark == null ? "" : " (" + shortened(benchmark, 200) + ")")
            + ": "
            + path
            + ": expected "
            + expected
            + ", found "
            + found);
  }

  /** Returns what a value is, as it stands in a message. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "\"" + shortened(value.textValue()) + "\"";
      case NULL -> "null";
      default -> shortened(value.asText());
    };
  }

  /** Returns a text as one line of at most 40 characters. */
  static String shortened(String text) {
    return shortened(text, 40);
  }

  private static String shortened(String text, int most) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }
}
