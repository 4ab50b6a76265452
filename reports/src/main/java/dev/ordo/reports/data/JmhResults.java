package dev.ordo.reports.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the result files of JMH 1.x: the JSON of {@code -rf json} and the CSV of {@code -rf csv}.
 *
 * <p>Every value becomes nanoseconds per operation, or bytes per operation, or stays what it is:
 * see {@link Measurements}. Elements with the same benchmark, mode, threads and parameters are
 * taken as further forks of one cell, within a file and across files.
 */
public final class JmhResults {

  private static final int HEAD = 4096;

  private JmhResults() {}

  /**
   * Reads one file.
   *
   * @throws ResultFileException if it is missing, or is no result file of JMH
   * @throws IOException if reading fails
   */
  public static Measurements read(Path file) throws IOException {
    return read(List.of(file));
  }

  /**
   * Reads several files into one; those of the same cell add their forks, in the order given.
   *
   * @throws ResultFileException if a file is missing, or is no result file of JMH
   * @throws IOException if reading fails
   */
  public static Measurements read(List<Path> files) throws IOException {
    MeasurementsBuilder builder = new MeasurementsBuilder();
    for (Path file : files) {
      int before = builder.entries();
      readInto(file, builder);
      if (builder.entries() == before) {
        builder.note(file + " holds no results.");
      }
    }
    return builder.build();
  }

  private static void readInto(Path file, MeasurementsBuilder builder) throws IOException {
    try (InputStream in = open(file)) {
      if (JmhCsv.looksLike(head(in))) {
        JmhCsv.read(file, reader(in), builder::add);
      } else {
        JmhJson.read(file, in, builder);
      }
    }
  }

  /** Returns the lines of a stream of UTF-8. */
  static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Returns the beginning of a stream that can be marked, without white space before it. */
  static String head(InputStream in) throws IOException {
    in.mark(2 * HEAD);
    String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    in.reset();
    return head.stripLeading();
  }

  /**
   * Opens a file as a stream of UTF-8 that can be marked.
   *
   * @throws ResultFileException if it is missing, is a directory, or may not be read
   */
  static InputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new ResultFileException(file, "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new ResultFileException(file, "expected a result file, found a directory");
    }
    if (!Files.isReadable(file)) {
      throw new ResultFileException(file, "the file cannot be read: permission denied");
    }
    return new BufferedInputStream(Utf8Stream.of(Files.newInputStream(file)), 1 << 16);
  }
}
