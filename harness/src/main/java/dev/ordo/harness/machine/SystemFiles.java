package dev.ordo.harness.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The files in which Linux tells of itself; on other systems there are none.
 *
 * @param root what they are below, {@code /} but in tests
 */
public record SystemFiles(Path root) {

  /** Returns those of this machine. */
  public static SystemFiles ofThisMachine() {
    return new SystemFiles(Path.of("/"));
  }

  /** Returns the text of a file without blanks around it; nothing where it cannot be read. */
  Optional<String> read(String path) {
    return read(root.resolve(path));
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
    } catch (IOException | SecurityException e) {
      // What is not there, or not for us, is unknown, and the one who asks says so.
      return Optional.empty();
    }
  }

  /**
   * Returns the texts of a file in each folder of a kind, such as {@code cpu[0-9]*} below {@code
   * sys/devices/system/cpu}; those that cannot be read are left out.
   */
  List<String> readEach(String folder, String pattern, String file) {
    List<String> texts = new ArrayList<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(root.resolve(folder), pattern)) {
      for (Path path : each) {
        read(path.resolve(file)).ifPresent(texts::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // As above: the folder is not there on this system.
      return texts;
    }
    return texts;
  }

  /** Returns what the processors have done so far; nothing on systems that do not tell. */
  public Optional<CpuTimes> cpuTimes() {
    return read("proc/stat").flatMap(CpuTimes::parse);
  }

  /** Returns how many tasks wanted to run, on average over the last minute, where that is told. */
  public OptionalDouble load() {
    return read("proc/loadavg").map(SystemFiles::load).orElse(OptionalDouble.empty());
  }

  /** Reads the first number of {@code /proc/loadavg}. */
  static OptionalDouble load(String text) {
    String first = text.strip().split("\\s+")[0];
    return first.matches("\\d{1,9}(\\.\\d{1,9})?")
        ? OptionalDouble.of(Double.parseDouble(first))
        : OptionalDouble.empty();
  }

  /** Returns the processor times of all processes that can be seen. */
  List<ProcessTime> processes() {
    return readEach("proc", "[0-9]*", "stat").stream()
        .map(ProcessTime::parse)
        .flatMap(Optional::stream)
        .toList();
  }
}
