package dev.ordo.reports.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * The CSV of JMH, with commas ({@code -rf csv}), semicolons ({@code -rf scsv}) or tabs: one line a
 * metric of a cell, with its mean alone. Forks and iterations are not in the file, so that every
 * cell counts as one fork of one iteration.
 *
 * <p>JMH formats numbers in the locale of the measuring machine. A decimal comma between commas is
 * put together again, whether quoted or not.
 */
final class JmhCsv {

  private static final String HEADER = "Benchmark";
  private static final String PARAM = "Param: ";
  private static final String SCORE = "Score";
  private static final String ERROR = "Score Error";

  private final Path file;
  private final char separator;
  private final List<String> header;

  private JmhCsv(Path file, char separator, List<String> header) {
    this.file = file;
    this.separator = separator;
    this.header = header;
  }

  /** Returns whether a text begins like JMH's CSV. */
  static boolean looksLike(String head) {
    return head.matches("(?s)(?:\"Benchmark\"|Benchmark)[,;\\t].*");
  }

  /**
   * Reads all lines of a file in their order.
   *
   * @throws ResultFileException if a column is missing or a value is of a wrong type
   */
  static void read(Path file, BufferedReader reader, Consumer<Entry> sink) throws IOException {
    int number = 1;
    String first = reader.readLine();
    while (first.isBlank()) {
      first = reader.readLine();
      number++;
    }
    char separator = first.strip().replace("\"", "").charAt(HEADER.length());
    List<String> columns = split(first, separator).stream().map(String::strip).toList();
    JmhCsv csv = new JmhCsv(file, separator, columns);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        sink.accept(csv.entry(csv.whole(split(line, separator)), number));
      }
    }
  }

  /** Puts numbers together that a decimal comma has cut in two. */
  private List<String> whole(List<String> fields) {
    int score = header.indexOf(SCORE);
    if (separator != ',' || fields.size() <= header.size() || score < 0) {
      return fields;
    }
    List<String> whole = new ArrayList<>(fields);
    for (int i = 0; i < header.size() && whole.size() > header.size(); i++) {
      boolean number = header.get(i).equals(SCORE) || header.get(i).startsWith(ERROR);
      if (number && i + 1 < whole.size() && whole.get(i + 1).strip().matches("\\d+")) {
        whole.set(i, whole.get(i) + "," + whole.remove(i + 1));
      }
    }
    return whole;
  }

  private Entry entry(List<String> fields, int line) throws ResultFileException {
    if (fields.size() != header.size()) {
      throw new ResultFileException(
          file, "line " + line + ": expected " + header.size() + " fields, found " + fields.size());
    }
    String name = field(fields, HEADER, line);
    double score = number(field(fields, SCORE, line), line, name, SCORE);
    double threads =
        header.contains("Threads")
            ? number(field(fields, "Threads", line), line, name, "Threads")
            : 1;
    if (!(threads >= 1 && threads <= Integer.MAX_VALUE)) {
      throw wrong(line, name, "Threads", "a whole number", field(fields, "Threads", line));
    }
    return entry(
            name,
            field(fields, "Mode", line),
            (int) threads,
            params(fields),
            score,
            field(fields, "Unit", line))
        .orElseThrow(
            () -> wrong(line, name, "Unit", "time/op or ops/time", fields.get(index("Unit"))));
  }

  /**
   * Returns the entry of one line of a table of JMH, of a primary metric or of a secondary one,
   * whose name stands behind a colon; empty if the unit of a primary metric is no time.
   */
  static Optional<Entry> entry(
      String name,
      String mode,
      int threads,
      Map<String, String> params,
      double score,
      String unit) {
    int colon = name.indexOf(':');
    Scale scale = colon < 0 ? Scale.ofTime(unit).orElse(null) : Scale.of(unit);
    if (scale == null) {
      return Optional.empty();
    }
    String metric =
        colon < 0
            ? Measurements.TIME
            : MeasurementsBuilder.secondaryName(name.substring(colon + 1));
    Entry.Cell cell =
        new Entry.Cell(colon < 0 ? name : name.substring(0, colon), mode, threads, params);
    List<double[]> forks = List.of(new double[] {score});
    return Optional.of(new Entry(cell, List.of(new Entry.Reading(metric, scale, forks))));
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

  private int index(String column) {
    return header.indexOf(column);
  }

  private String field(List<String> fields, String column, int line) throws ResultFileException {
    if (index(column) < 0) {
      throw new ResultFileException(
          file,
          "not a JMH result: line " + line + ": expected a column " + column + ", found none");
    }
    return fields.get(index(column));
  }

  private double number(String text, int line, String name, String column)
      throws ResultFileException {
    return score(text).orElseThrow(() -> wrong(line, name, column, "a number", text));
  }

  /**
   * Returns a number as JMH prints it in any locale; NaN for a blank and for what is less than it
   * prints, {@code ≈ 10⁻³} or {@code ≈ 0}: an order of magnitude is no measurement.
   */
  static OptionalDouble score(String text) {
    String plain = text.strip();
    if (plain.isEmpty() || plain.equals("NaN") || plain.equals("\uFFFD") || isAbout(plain)) {
      return OptionalDouble.of(Double.NaN);
    }
    // Blanks and apostrophes group digits in some locales.
    String ungrouped = plain.replaceAll("(?<=\\d)[\\u00a0\\u202f'’ ](?=\\d)", "");
    int comma = ungrouped.lastIndexOf(',');
    int dot = ungrouped.lastIndexOf('.');
    String decimal =
        comma < 0
            ? ungrouped
            : comma > dot
                ? ungrouped.replace(".", "").replace(',', '.')
                : ungrouped.replace(",", "");
    return Quantity.parse(decimal);
  }

  private static boolean isAbout(String text) {
    return text.startsWith("≈") || text.startsWith("~");
  }

  private ResultFileException wrong(
      int line, String name, String column, String expected, String found) {
    return new ResultFileException(
        file,
        "line "
            + line
            + " ("
            + JmhElement.shortened(name)
            + "): "
            + column
            + ": expected "
            + expected
            + ", found \""
            + JmhElement.shortened(found)
            + "\"");
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
