package dev.ordo.harness.sweep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Where a model comes from that no provider in a jar makes: a file of some format, or a command
 * that measures itself.
 *
 * @param id the id of the model
 * @param kind the format of a file, or {@link #COMMAND}
 * @param source the file, absolute; or the command as it was given
 * @param options what was said of a file after its name; empty where nothing was
 */
public record Guest(String id, String kind, String source, String options) {

  /** The kind of what is a command. */
  public static final String COMMAND = "command";

  /** Checks that every part is there. */
  public Guest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(source, "source");
    options = Objects.requireNonNullElse(options, "");
  }

  /**
   * Returns a model that is a file.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static Guest file(String id, String format, Path file, String options) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--" + format + " " + file + " must be a file, found " + found(file));
    }
    return new Guest(id, format, file.toAbsolutePath().normalize().toString(), options);
  }

  private static String found(Path file) {
    return Files.isDirectory(file) ? "a folder" : "none";
  }

  /**
   * Returns a model that is a command.
   *
   * @param line program and arguments, as {@link CommandWords} reads them
   * @throws IllegalArgumentException if a quote is left open, or there is no such program
   */
  public static Guest command(String id, String line) {
    String program = CommandWords.of(line).get(0);
    // Where programs need no ending to be found, one that cannot be found is known now.
    if (File.separatorChar == '/' && !executable(program)) {
      throw new IllegalArgumentException(
          "--command '"
              + line
              + "' must begin with a program, found '"
              + program
              + "', which is "
              + (program.contains("/") ? "no executable file" : "not on PATH"));
    }
    return new Guest(id, COMMAND, line, "");
  }

  private static boolean executable(String program) {
    List<String> folders =
        program.contains("/")
            ? List.of("")
            : Arrays.asList(
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator));
    return folders.stream()
        .map(folder -> Path.of(folder, program))
        .anyMatch(path -> Files.isExecutable(path) && !Files.isDirectory(path));
  }

  /** Returns whether the model is a command. */
  @JsonIgnore
  public boolean isCommand() {
    return kind.equals(COMMAND);
  }
}
