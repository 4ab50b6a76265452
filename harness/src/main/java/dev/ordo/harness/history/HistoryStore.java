package dev.ordo.harness.history;

import dev.ordo.reports.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder with a file for each run, in a folder for each month. Files are added and never written
 * again, and two runs never share a name, so that branches of git in which jobs added runs merge
 * without conflict. There is no index: what is read is all there is.
 *
 * @param path the folder
 */
public record HistoryStore(Path path) {

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);

  /** Checks that there is a path. */
  public HistoryStore {
    Objects.requireNonNull(path, "path");
  }

  /**
   * What became of a run that was to be added.
   *
   * @param file its file
   * @param added whether it is new
   */
  public record Addition(Path file, boolean added) {}

  /**
   * What a store holds.
   *
   * @param runs the runs, in the order of the files' names
   * @param damages one line for each file that could not be read
   */
  public record Content(List<History.Recorded> runs, List<String> damages) {

    /** Copies the lists. */
    public Content {
      runs = List.copyOf(runs);
      damages = List.copyOf(damages);
    }
  }

  /**
   * Adds a run; one with the same values of the same commit on the same host is there already.
   *
   * @throws IOException if the file cannot be written
   */
  Addition add(StoredRun run) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new IOException("store " + path + " must be a folder, found a file");
    }
    if (Files.isDirectory(path)) {
      String ending = "-" + RunFile.hash(RunFile.bytes(run)) + ".json";
      Optional<Path> known =
          files().stream()
              .filter(file -> file.getFileName().toString().endsWith(ending))
              .findFirst();
      if (known.isPresent()) {
        return new Addition(known.get(), false);
      }
    }
    return new Addition(addUnseen(run), true);
  }

  /** Adds a run that is not there; returns its file. */
  Path addUnseen(StoredRun run) throws IOException {
    byte[] bytes = RunFile.bytes(run);
    Instant time = run.run().time();
    Path file = path.resolve(MONTH.format(time)).resolve(RunFile.name(time, bytes));
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return file;
  }

  /**
   * Reads all runs, several files at a time.
   *
   * @throws IOException if there is no such folder, or it cannot be read
   */
  public Content read() throws IOException {
    if (!Files.isDirectory(path)) {
      throw new IOException(
          Files.exists(path)
              ? "store " + path + " must be a folder, found a file"
              : "store " + path + " is not there: 'ordo history add' makes it");
    }
    RunFileReader reader = new RunFileReader();
    List<Result> results = files().parallelStream().map(file -> read(reader, file)).toList();
    List<History.Recorded> runs = new ArrayList<>();
    List<String> damages = new ArrayList<>();
    for (Result result : results) {
      Optional.ofNullable(result.run()).ifPresent(runs::add);
      Optional.ofNullable(result.damage()).ifPresent(damages::add);
    }
    return new Content(runs, damages);
  }

  private record Result(History.Recorded run, String damage) {}

  private static Result read(RunFileReader reader, Path file) {
    try {
      return new Result(reader.read(file), null);
    } catch (DamagedFileException e) {
      return new Result(null, e.getMessage());
    } catch (IOException e) {
      return new Result(null, file + ": cannot be read: " + e);
    }
  }

  /** Returns all files that end like a run's, sorted by name; hidden ones are not looked at. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(path, 2)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
