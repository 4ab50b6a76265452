package dev.ordo.reports.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads result files of every format that Ordo knows, and finds out from their content which it is:
 * the JSON and CSV of JMH ({@link JmhResults}), the JSON of google/benchmark, and a plain CSV of
 * sizes and times.
 *
 * <p>The repetitions of google/benchmark and the lines of equal size in a plain CSV are taken as
 * forks. If they come from one process they share its memory layout and are more alike than forks
 * are: intervals are then too narrow, and a note says so.
 */
public final class ResultFiles {

  private static final int HEAD = 4096;

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
    for (Path file : files) {
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
    String head = head(in);
    if (JmhCsv.looksLike(in)) {
      JmhCsv.read(file, in, builder::add);
    } else if (head.startsWith("{")) {
      new GoogleJson(file, builder).read(in);
    } else if (head.isEmpty() || head.startsWith("[")) {
      JmhJson.read(file, in, builder::add);
    } else if (PlainCsv.looksLike(head)) {
      PlainCsv.read(file, in, builder);
    } else {
      String line = head.lines().findFirst().orElse("").strip();
      throw new ResultFileException(
          file,
          "not a result file: expected JSON or CSV of JMH, JSON of google/benchmark, or a CSV with"
              + " columns size and time, found \""
              + (line.length() <= 40 ? line : line.substring(0, 40) + "…")
              + "\"");
    }
  }

  /** Returns the beginning of a stream that can be marked, without white space before it. */
  private static String head(InputStream in) throws IOException {
    in.mark(2 * HEAD);
    String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    in.reset();
    return head.replace("\uFEFF", "").stripLeading();
  }
}
