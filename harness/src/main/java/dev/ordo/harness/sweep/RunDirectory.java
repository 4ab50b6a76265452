package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ordo.reports.data.JmhResults;
import dev.ordo.reports.data.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one run: the journal, JMH's result file, the host's facts, the log of the forks.
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Makes an empty folder for a run.
   *
   * @param path a folder that does not exist or is empty
   * @throws IOException if it is not empty, or cannot be made or written to
   */
  public static RunDirectory create(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException("output " + path + " must be a folder, found a file");
    }
    try {
      Files.createDirectories(path);
      if (JournalLock.isHeld(path)) {
        throw new IOException("a run is going on in " + path + ": wait until it has ended");
      }
      try (Stream<Path> inside = Files.list(path)) {
        // A run that ended before its journal began leaves these two.
        Set<String> beginnings = Set.of(Journal.PART, JournalLock.FILE);
        if (inside.anyMatch(file -> !beginnings.contains(file.getFileName().toString()))) {
          throw new IOException("output folder " + path + " must be empty, found files in it");
        }
      }
      Files.delete(Files.createTempFile(path, "probe", ".tmp"));
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException("output folder " + path + " cannot be written: " + e, e);
    }
    return new RunDirectory(path);
  }

  /** Returns whether a folder holds a run. */
  public static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve(Journal.FILE));
  }

  /** Returns where JMH's result file is. */
  public Path resultFile() {
    return path.resolve(JmhFile.FILE);
  }

  /**
   * Returns JMH's result file, brought up to the journal.
   *
   * @throws IOException if the journal cannot be read or the file not be written
   */
  public Path results() throws IOException {
    if (outdated()) {
      writeResults(entries());
    }
    return resultFile();
  }

  /**
   * Returns what was measured. While the run goes on, and where nothing can be written, the files
   * are left as they are.
   *
   * @throws IOException if the journal cannot be read or the result file not be written
   */
  Measurements measurements() throws IOException {
    if (!outdated() || (!JournalLock.isHeld(path) && Files.isWritable(path))) {
      return JmhResults.read(results());
    }
    Path copy = Files.createTempFile("ordo-results", ".json");
    try {
      Files.write(copy, JmhFile.content(entries()));
      return JmhResults.read(copy);
    } finally {
      Files.delete(copy);
    }
  }

  /** Returns whether the journal has grown since the result file was written. */
  private boolean outdated() throws IOException {
    return !Files.exists(resultFile())
        || lastModified(resultFile()).compareTo(lastModified(path.resolve(Journal.FILE))) < 0;
  }

  private static FileTime lastModified(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  /** Returns where the log of the forks is. */
  public Path log() {
    return path.resolve("forks.log");
  }

  /**
   * Returns the entries of the journal.
   *
   * @throws IOException as {@link Journal#read}
   */
  public List<Entry> entries() throws IOException {
    return Journal.read(path);
  }

  /**
   * Writes JMH's result file.
   *
   * @param entries the entries of the journal
   * @throws UnwritableException if the file cannot be written
   */
  void writeResults(List<Entry> entries) throws IOException {
    write(resultFile(), JmhFile.content(entries));
  }

  /** Returns the folder with the result file of one side of a paired run. */
  public Path arm(Arm arm) {
    return path.resolve(arm.word());
  }

  /**
   * Writes one of JMH's result files for each side of a paired run, from the journal.
   *
   * @throws IOException if the journal cannot be read or a file not be written
   */
  void writeArms() throws IOException {
    List<Entry> entries = entries();
    for (Arm arm : Arm.values()) {
      List<Entry> side = new ArrayList<>(List.of(entries.get(0)));
      for (Entry entry : entries) {
        if (entry instanceof Entry.Paired paired && paired.arm() == arm) {
          side.add(paired.fork());
        }
      }
      Files.createDirectories(arm(arm));
      write(arm(arm).resolve(JmhFile.FILE), JmhFile.content(side));
    }
  }

  /**
   * Writes the facts about the host.
   *
   * @throws IOException if they cannot be written
   */
  void writeHost(Map<String, String> facts) throws IOException {
    write(path.resolve(Host.FILE), JSON.writeValueAsBytes(facts));
  }

  /**
   * Returns the facts about the host; none where the run ended before they were written.
   *
   * @throws IOException if they cannot be read
   */
  public Map<String, String> host() throws IOException {
    if (!Files.exists(path.resolve(Host.FILE))) {
      return Map.of();
    }
    return JSON.readValue(path.resolve(Host.FILE).toFile(), new TypeReference<>() {});
  }

  /** Writes all of a file or nothing of it. */
  private static void write(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw new UnwritableException(file, e);
    }
  }
}
