package dev.ordo.reports.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The CSV of JMH: one line a metric of a cell, with its mean alone. Forks and iterations are not in
 * the file, so that every cell counts as one fork of one iteration.
 */
final class JmhCsv {

  private static final String HEADER = "Benchmark";
  private static final String PARAM = "Param: ";

  private final Path file;
  private final List<String> header;

  private JmhCsv(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** Returns whether a stream that can be marked begins like JMH's CSV; the stream stays put. */
  static boolean looksLike(InputStream in) throws IOException {
    in.mark(64);
    String start = new String(in.readNBytes(32), StandardCharsets.UTF_8).replace("\uFEFF", "");
    in.reset();
    return start.startsWith(HEADER + ",") || start.startsWith("\"" + HEADER + "\",");
  }

  /**
   * Reads all lines of a file in their order.
   *
   * @throws ResultFileException if a column is missing or a value is of a wrong type
   */
  static void read(Path file, InputStream in, Consumer<Entry> sink) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String first = reader.readLine().replace("\uFEFF", "");
    JmhCsv csv = new JmhCsv(file, split(first));
    int number = 1;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        sink.accept(csv.entry(split(line), number));
      }
    }
  }

  private Entry entry(List<String> fields, int line) throws ResultFileException {
    if (fields.size() != header.size()) {
      throw new ResultFileException(
          file, "line " + line + ": expected " + header.size() + " fields, found " + fields.size());
    }
    String name = field(fields, "Benchmark", line);
    int colon = name.indexOf(':');
    String unit = field(fields, "Unit", line);
    Scale scale = colon < 0 ? Scale.ofTime(unit).orElse(null) : Scale.of(unit);
    if (scale == null) {
      throw wrong(line, name, "Unit", "time/op or ops/time", unit);
    }
    String metric =
        colon < 0
            ? Measurements.TIME
            : MeasurementsBuilder.secondaryName(name.substring(colon + 1));
    double[] score = {number(field(fields, "Score", line), line, name, "Score")};
    int threads = (int) number(field(fields, "Threads", line), line, name, "Threads");
    Entry.Cell cell =
        new Entry.Cell(
            colon < 0 ? name : name.substring(0, colon),
            field(fields, "Mode", line),
            threads,
            params(fields));
    return new Entry(cell, List.of(new Entry.Reading(metric, scale, List.of(score))));
  }

  private Map<String, String> params(List<String> fields) {
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (header.get(i).startsWith(PARAM) && !fields.get(i).isBlank()) {
        params.put(header.get(i).substring(PARAM.length()), fields.get(i));
      }
    }
    return params;
  }

  private String field(List<String> fields, String column, int line) throws ResultFileException {
    int index = header.indexOf(column);
    if (index < 0) {
      throw new ResultFileException(
          file,
          "not a JMH result: line " + line + ": expected a column " + column + ", found none");
    }
    return fields.get(index);
  }

  private double number(String text, int line, String name, String column)
      throws ResultFileException {
    if (text.isBlank() || text.equals("NaN")) {
      return Double.NaN;
    }
    // JMH formats numbers in the locale of the measuring machine: 12,5 is possible.
    return Quantity.parse(text.replace(',', '.'))
        .orElseThrow(() -> wrong(line, name, column, "a number", text));
  }

  private ResultFileException wrong(
      int line, String name, String column, String expected, String found) {
    return new ResultFileException(
        file,
        "line "
            + line
            + " ("
            + name
            + "): "
            + column
            + ": expected "
            + expected
            + ", found \""
            + found
            + "\"");
  }

  private static List<String> split(String line) {
    return split(line, ',');
  }

  /** Splits one line at separators outside of double quotes; a doubled quote stands for one. */
  static List<String> split(String line, char separator) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
