package dev.ordo.reports.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * {@code time} without any is taken as nanoseconds, and a note says so), if there are several
 * series in the file, their name ({@code name}, {@code benchmark}, {@code series}, {@code
 * algorithm}), and perhaps a second size ({@code m}, {@code rows}, {@code columns}, {@code width},
 * {@code height}). Standard deviations and errors are passed over with a note. Without a header, a
 * line holds size and time, perhaps behind a name. Commas, semicolons, tabs or blanks separate;
 * blank lines and those that begin with {@code #}, {@code //} or {@code %} are passed over. Lines
 * of one size are forks of one iteration.
 */
final class PlainCsv {

  private static final List<String> SIZES = List.of("size", "n", "length", "len");
  private static final List<String> SECOND_SIZES =
      List.of("m", "rows", "columns", "cols", "width", "height");
  private static final List<String> NAMES = List.of("name", "benchmark", "series", "algorithm");
  private static final List<String> TIMES = List.of("time", "runtime", "elapsed", "duration");
  private static final List<String> SPREADS =
      List.of("stddev", "std", "sd", "stderr", "error", "err", "variance", "cv", "ci");

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

  /**
   * Where the columns are; {@code name} and {@code second} are −1 where there is none, {@code unit}
   * may be absent.
   */
  private record Header(
      char separator,
      List<String> columns,
      int size,
      int second,
      int time,
      String unit,
      int name,
      List<String> passedOver) {

    /** Returns the columns of a file without a header, if a line looks like its first. */
    static Optional<Header> none(List<String> fields, char separator) {
      int count = fields.size();
      boolean named = count == 3 && Quantity.parse(fields.get(0)).isEmpty();
      boolean numbers =
          (count == 2 || named)
              && Quantity.parse(fields.get(count - 2)).isPresent()
              && JmhCsv.score(fields.get(count - 1)).isPresent();
      return numbers
          ? Optional.of(
              new Header(
                  separator,
                  named ? List.of("name", "size", "time") : List.of("size", "time"),
                  count - 2,
                  -1,
                  count - 1,
                  null,
                  named ? 0 : -1,
                  List.of()))
          : Optional.empty();
    }
  }

  private PlainCsv(Path file, Header header) {
    this.file = file;
    this.header = header;
  }

  /** Returns whether the first line of a text names a size and a time, or is a size and a time. */
  static boolean looksLike(String head) {
    String line = head.lines().filter(text -> !isPassedOver(text)).findFirst().orElse("");
    char separator = separator(line);
    List<String> columns = split(line, separator);
    return Header.none(columns, separator).isPresent()
        || (columns.stream().anyMatch(PlainCsv::isSize)
            && columns.stream().anyMatch(PlainCsv::isTime));
  }

  /**
   * Reads all lines of a file in their order.
   *
   * @throws ResultFileException if a column is unknown or there twice, or a value is no number
   */
  static void read(Path file, BufferedReader reader, MeasurementsBuilder builder)
      throws IOException {
    PlainCsv csv = null;
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (isPassedOver(line)) {
        continue;
      }
      if (csv != null) {
        builder.add(csv.entry(split(line, csv.header.separator), number));
        continue;
      }
      char separator = separator(line);
      Optional<Header> none = Header.none(split(line, separator), separator);
      csv = new PlainCsv(file, none.isPresent() ? none.get() : header(file, line, number));
      csv.remark(none.isPresent(), builder);
      if (none.isPresent()) {
        builder.add(csv.entry(split(line, separator), number));
      }
    }
  }

  private void remark(boolean withoutHeader, MeasurementsBuilder builder) {
    if (withoutHeader) {
      builder.note(
          file
              + " has no header; its columns are taken as "
              + String.join(", ", header.columns)
              + ", and times as nanoseconds.");
    } else if (header.unit == null) {
      builder.note(file + " gives times without a unit; they are taken as nanoseconds.");
    }
    if (!header.passedOver.isEmpty()) {
      builder.note(
          file
              + ": "
              + String.join(", ", header.passedOver)
              + " is passed over; lines of one size tell how much they vary.");
    }
  }

  private static boolean isPassedOver(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#") || text.startsWith("//") || text.startsWith("%");
  }

  private static Header header(Path file, String line, int number) throws ResultFileException {
    char separator = separator(line);
    List<String> columns = split(line, separator);
    int size = -1;
    int second = -1;
    int time = -1;
    int name = -1;
    List<String> passedOver = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      String lower = column.toLowerCase(Locale.ROOT);
      int known;
      if (isSize(column)) {
        known = size;
        size = i;
      } else if (isTime(column)) {
        known = time;
        time = i;
      } else if (NAMES.contains(lower)) {
        known = name;
        name = i;
      } else if (SECOND_SIZES.contains(lower)) {
        known = second;
        second = i;
      } else {
        known = words(column).stream().anyMatch(SPREADS::contains) ? -1 : i;
        passedOver.add(column);
      }
      if (known >= 0) {
        throw wrong(file, number, "header", "one size, one time and at most one name", column);
      }
    }
    return new Header(
        separator,
        columns,
        size,
        second,
        time,
        unit(columns.get(time)).orElse(null),
        name,
        passedOver);
  }

  private Entry entry(List<String> fields, int line) throws ResultFileException {
    if (fields.size() != header.columns.size()) {
      throw new ResultFileException(
          file,
          "line "
              + line
              + ": expected "
              + header.columns.size()
              + " fields, found "
              + fields.size());
    }
    Map<String, String> sizes = new LinkedHashMap<>();
    for (int column : new int[] {header.second, header.size}) {
      if (column >= 0) {
        sizes.put(header.columns.get(column), size(fields, column, line));
      }
    }
    String text = fields.get(header.time);
    double time =
        time(text)
            .orElseThrow(
                () -> wrong(file, line, header.columns.get(header.time), "a number", text));
    Scale scale = Scale.ofTime((header.unit == null ? "ns" : header.unit) + "/op").orElseThrow();
    String benchmark = header.name < 0 ? baseName() : fields.get(header.name);
    return new Entry(
        new Entry.Cell(benchmark, "avgt", 1, sizes),
        List.of(new Entry.Reading(Measurements.TIME, scale, List.of(new double[] {time}))));
  }

  private String size(List<String> fields, int column, int line) throws ResultFileException {
    String text = fields.get(column);
    OptionalDouble amount = Quantity.parse(text);
    if (amount.isEmpty() || !(amount.getAsDouble() > 0)) {
      throw wrong(file, line, header.columns.get(column), "a positive number", text);
    }
    // 1000, 1K and 1e3 are one size.
    return BigDecimal.valueOf(amount.getAsDouble()).stripTrailingZeros().toPlainString();
  }

  private OptionalDouble time(String text) {
    OptionalDouble grouped =
        header.separator == ',' ? Quantity.parse(text) : OptionalDouble.empty();
    return grouped.isPresent() ? grouped : JmhCsv.score(text.replaceFirst("(?i)^nan$", "NaN"));
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
    for (char separator : new char[] {'\t', ';', ','}) {
      if (line.indexOf(separator) >= 0) {
        return separator;
      }
    }
    return ' ';
  }

  private static List<String> split(String line, char separator) {
    if (separator == ' ') {
      return List.of(line.strip().split("\\s+"));
    }
    List<String> fields = new ArrayList<>();
    JmhCsv.split(line, separator).forEach(field -> fields.add(field.strip()));
    return fields;
  }

  private static ResultFileException wrong(
      Path file, int line, String place, String expected, String found) {
    return new ResultFileException(
        file,
        "line "
            + line
            + ": "
            + place
            + ": expected "
            + expected
            + ", found \""
            + JmhElement.shortened(found)
            + "\"");
  }
}
