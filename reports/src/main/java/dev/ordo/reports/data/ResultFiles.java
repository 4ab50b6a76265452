package dev.ordo.reports.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads result files of every format that Ordo knows, and finds out from their content which it is:
 * the JSON and CSV of JMH ({@link JmhResults}), the table that JMH prints, the JSON of
 * google/benchmark, and a plain CSV of sizes and times. Text may be UTF-8 or UTF-16, with or
 * without a byte order mark, or Windows-1252.
 *
 * <p>The repetitions of google/benchmark and the lines of equal size in a plain CSV are taken as
 * forks. If they come from one process they share its memory layout and are more alike than forks
 * are: intervals are then too narrow, and a note says so.
 */
public final class ResultFiles {

  private ResultFiles() {}

  /**
   * Reads one file.
   *
   * @throws ResultFileException if it is missing, or is of no known format
   * @throws IOException if reading fails
   */
  public static Measurements read(Path file) throws IOException {
    return read(List.of(file));
  }

  /**
   * Reads several files into one, whatever the format of each; those of the same cell add their
   * forks, in the order given.
   *
   * @throws ResultFileException if a file is missing, or is of no known format
   * @throws IOException if reading fails
   */
  public static Measurements read(List<Path> files) throws IOException {
    MeasurementsBuilder builder = new MeasurementsBuilder();
    Set<Path> read = new HashSet<>();
    for (Path file : files) {
      if (Files.exists(file) && !read.add(file.toRealPath())) {
        // Its forks would count twice, and intervals be too narrow.
        builder.note(file + " is named twice; it is read once.");
        continue;
      }
      int before = builder.entries();
      try (InputStream in = JmhResults.open(file)) {
        read(file, in, builder);
      }
      if (builder.entries() == before) {
        builder.note(file + " holds no results.");
      }
    }
    return builder.build();
  }

  private static void read(Path file, InputStream in, MeasurementsBuilder builder)
      throws IOException {
    String head = JmhResults.head(in);
    if (JmhCsv.looksLike(head)) {
      JmhCsv.read(file, JmhResults.reader(in), builder::add);
    } else if (head.startsWith("{")) {
      new GoogleJson(file, builder).read(in);
    } else if (head.isEmpty() || head.startsWith("[")) {
      JmhJson.read(file, in, builder);
    } else if (PlainCsv.looksLike(head)) {
      PlainCsv.read(file, JmhResults.reader(in), builder);
    } else if (!JmhText.read(file, JmhResults.reader(in), builder)) {
      String line = head.lines().findFirst().orElse("").strip();
      throw new ResultFileException(
          file,
          "not a result file: expected JSON, CSV or the table of JMH, JSON of google/benchmark, or"
              + " a CSV with columns size and time, found \""
              + JmhElement.shortened(line)
              + "\"");
    }
  }
}
