package dev.ordo.reports.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table that JMH prints at the end of a run ({@code -rf text}), alone or behind the log of the
 * run: means alone, as in its CSV. A value such as {@code ≈ 10⁻³} is an order of magnitude and no
 * measurement; a note says that it is left out.
 */
final class JmhText {

  private static final Pattern HEADER =
      Pattern.compile(
          "Benchmark\\s+(?<params>(?:\\([^)]*\\)\\s+)*)Mode\\s+(?:Cnt|Samples)\\s+Score\\s.*Units?\\s*");

  /** Name, parameters, mode, perhaps a count, the score, perhaps its error, and the unit. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?<name>\\S+)\\s+(?<params>.*?)\\s*\\b(?<mode>thrpt|avgt|sample|ss)\\s+"
              + "(?:(?<count>\\d+)\\s+)?(?<score>[≈~?]\\s*\\S+|NaN|[-+]?\\d[\\d.,]*(?:[eE][-+]?\\d+)?)"
              + "(?:\\s+(?:±|\\+-|\\+/-|\\?|\uFFFD|Â±)\\s*\\S+(?:\\s*%)?)?\\s+(?<unit>\\S+)\\s*");

  private JmhText() {}

  /** Returns whether a line is the head of such a table. */
  static boolean isHeader(String line) {
    return line.startsWith("Benchmark") && HEADER.matcher(line).matches();
  }

  /**
   * Reads the tables of a file.
   *
   * @return whether there was any
   * @throws ResultFileException if a row of a table cannot be understood
   */
  static boolean read(Path file, BufferedReader reader, MeasurementsBuilder builder)
      throws IOException {
    List<String> names = null;
    boolean any = false;
    int number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (isHeader(line)) {
        names = names(line);
        any = true;
      } else if (names != null && line.isBlank()) {
        names = null;
      } else if (names != null) {
        builder.add(entry(file, line, number, names));
      }
    }
    return any;
  }

  private static List<String> names(String header) {
    Matcher matcher = HEADER.matcher(header);
    List<String> names = new ArrayList<>();
    if (matcher.matches()) {
      Matcher name = Pattern.compile("\\(([^)]*)\\)").matcher(matcher.group("params"));
      while (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  private static Entry entry(Path file, String line, int number, List<String> names)
      throws ResultFileException {
    Matcher row = ROW.matcher(line.strip());
    if (!row.matches()) {
      throw wrong(file, number, "a row of JMH's table", line);
    }
    String text = row.group("params").strip();
    String[] values = text.isEmpty() ? new String[0] : text.split("\\s+");
    if (values.length != names.size()) {
      throw wrong(file, number, names.size() + " parameters without blanks", line);
    }
    Map<String, String> params = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!values[i].equals("N/A")) {
        params.put(names.get(i), values[i]);
      }
    }
    String score = row.group("score");
    // A console without the sign prints a question mark.
    double value = score.startsWith("?") ? Double.NaN : JmhCsv.score(score).orElse(Double.NaN);
    return JmhCsv.entry(row.group("name"), row.group("mode"), 1, params, value, row.group("unit"))
        .orElseThrow(() -> wrong(file, number, "a unit of time/op or ops/time", line));
  }

  private static ResultFileException wrong(Path file, int line, String expected, String found) {
    return new ResultFileException(
        file,
        "line "
            + line
            + ": expected "
            + expected
            + ", found \""
            + JmhElement.shortened(found.strip())
            + "\"");
  }
}
