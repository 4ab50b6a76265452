package dev.ordo.reports.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A plain CSV of measurements: a header, then one line a measurement, in any order.
 *
 * <p>Columns are the size ({@code size}, {@code n}, {@code length}, {@code len}), the time ({@code
 * time} with a unit, as in {@code time_ms} or {@code time (us)}, or a unit alone, {@code seconds};
 * {@code time} without any is taken as nanoseconds, and a note says so), and, if there are several
 * series in the file, their name ({@code name}, {@code benchmark}, {@code series}, {@code
 * algorithm}). Commas, semicolons or tabs separate. Lines of one size are forks of one iteration.
 */
final class PlainCsv {

  private static final List<String> SIZES = List.of("size", "n", "length", "len");
  private static final List<String> NAMES = List.of("name", "benchmark", "series", "algorithm");
  private static final List<String> TIMES = List.of("time", "runtime", "elapsed", "duration");

  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("ns", "ns"),
          Map.entry("nanos", "ns"),
          Map.entry("nanoseconds", "ns"),
          Map.entry("us", "us"),
          Map.entry("µs", "us"),
          Map.entry("μs", "us"),
          Map.entry("micros", "us"),
          Map.entry("microseconds", "us"),
          Map.entry("ms", "ms"),
          Map.entry("millis", "ms"),
          Map.entry("milliseconds", "ms"),
          Map.entry("s", "s"),
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("seconds", "s"));

  private final Path file;
  private final Header header;

  /** Where the columns are; {@code name} is −1 where there is none, {@code unit} may be absent. */
  private record Header(
      char separator,
      int columns,
      int size,
      String sizeName,
      int time,
      String timeName,
      String unit,
      int name) {}

  private PlainCsv(Path file, Header header) {
    this.file = file;
    this.header = header;
  }

  /** Returns whether the first line of a text names a size and a time. */
  static boolean looksLike(String head) {
    String line = head.lines().findFirst().orElse("");
    List<String> columns = split(line, separator(line));
    return columns.stream().anyMatch(PlainCsv::isSize)
        && columns.stream().anyMatch(PlainCsv::isTime);
  }

  /**
   * Reads all lines of a file in their order.
   *
   * @throws ResultFileException if a column is unknown or there twice, or a value is no number
   */
  static void read(Path file, InputStream in, MeasurementsBuilder builder) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    int number = 1;
    String first = reader.readLine().replace("\uFEFF", "");
    while (first.isBlank()) {
      first = reader.readLine();
      number++;
    }
    PlainCsv csv = new PlainCsv(file, header(file, first, number));
    if (csv.header.unit == null) {
      builder.note(file + " gives times without a unit; they are taken as nanoseconds.");
    }
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        builder.add(csv.entry(split(line, csv.header.separator), number));
      }
    }
  }

  private static Header header(Path file, String line, int number) throws ResultFileException {
    char separator = separator(line);
    List<String> columns = split(line, separator);
    int size = -1;
    int time = -1;
    int name = -1;
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      boolean twice;
      if (isSize(column)) {
        twice = size >= 0;
        size = i;
      } else if (isTime(column)) {
        twice = time >= 0;
        time = i;
      } else if (NAMES.contains(column.toLowerCase(Locale.ROOT))) {
        twice = name >= 0;
        name = i;
      } else {
        throw wrong(file, number, "header", "one size, one time and at most one name", column);
      }
      if (twice) {
        throw wrong(file, number, "header", "one size, one time and at most one name", column);
      }
    }
    return new Header(
        separator,
        columns.size(),
        size,
        columns.get(size),
        time,
        columns.get(time),
        unit(columns.get(time)).orElse(null),
        name);
  }

  private Entry entry(List<String> fields, int line) throws ResultFileException {
    if (fields.size() != header.columns) {
      throw new ResultFileException(
          file,
          "line " + line + ": expected " + header.columns + " fields, found " + fields.size());
    }
    String size = fields.get(header.size);
    OptionalDouble amount = Quantity.parse(size);
    if (amount.isEmpty() || !(amount.getAsDouble() > 0)) {
      throw wrong(file, line, header.sizeName, "a positive number", size);
    }
    // 1000, 1K and 1e3 are one size.
    String plain = BigDecimal.valueOf(amount.getAsDouble()).stripTrailingZeros().toPlainString();
    String text = fields.get(header.time);
    double time =
        text.equalsIgnoreCase("NaN")
            ? Double.NaN
            : Quantity.parse(header.separator == ',' ? text : text.replace(',', '.'))
                .orElseThrow(() -> wrong(file, line, header.timeName, "a number", text));
    Scale scale = Scale.ofTime((header.unit == null ? "ns" : header.unit) + "/op").orElseThrow();
    String benchmark = header.name < 0 ? baseName() : fields.get(header.name);
    return new Entry(
        new Entry.Cell(benchmark, "avgt", 1, Map.of(header.sizeName, plain)),
        List.of(new Entry.Reading(Measurements.TIME, scale, List.of(new double[] {time}))));
  }

  private String baseName() {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static boolean isSize(String column) {
    return SIZES.contains(column.toLowerCase(Locale.ROOT));
  }

  private static boolean isTime(String column) {
    List<String> words = words(column);
    return (words.size() == 1 && (TIMES.contains(words.get(0)) || isUnit(words.get(0))))
        || (words.size() == 2 && TIMES.contains(words.get(0)) && isUnit(words.get(1)));
  }

  private static boolean isUnit(String word) {
    return UNITS.containsKey(word);
  }

  private static Optional<String> unit(String column) {
    List<String> words = words(column);
    return Optional.ofNullable(UNITS.get(words.get(words.size() - 1)));
  }

  private static List<String> words(String column) {
    String spaced = column.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return List.of(spaced.replaceAll("[^a-zµμ]+", " ").strip().split(" "));
  }

  private static char separator(String line) {
    return line.indexOf('\t') >= 0 ? '\t' : line.indexOf(';') >= 0 ? ';' : ',';
  }

  private static List<String> split(String line, char separator) {
    List<String> fields = new ArrayList<>();
    JmhCsv.split(line, separator).forEach(field -> fields.add(field.strip()));
    return fields;
  }

  private static ResultFileException wrong(
      Path file, int line, String place, String expected, String found) {
    return new ResultFileException(
        file,
        "line " + line + ": " + place + ": expected " + expected + ", found \"" + found + "\"");
  }
}
