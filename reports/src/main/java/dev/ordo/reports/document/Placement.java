package dev.ordo.reports.document;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A directory into which several files go together: whole files or none. */
final class Placement {

  private static final int BUFFER = 1 << 16;

  /** What a file holds: written when its turn comes, so that large ones need not be in memory. */
  interface Content {

    /** Writes the bytes; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;

    /** Returns the content of bytes that are there. */
    static Content of(byte[] bytes) {
      return out -> out.write(bytes);
    }
  }

  private final Path directory;

  Placement(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes files under temporary names and, once all are written, moves them to their places.
   *
   * @param contents what each file holds; every path lies in the directory
   * @throws IOException if that fails; the message names the path and the reason
   */
  void write(Map<Path, Content> contents) throws IOException {
    Map<Path, Path> places = new LinkedHashMap<>();
    try {
      for (Path file : contents.keySet()) {
        places.put(reserve(file), file);
      }
      // The large files take as long as everything else together: all are written at once.
      Optional<IOException> failure =
          places.entrySet().parallelStream()
              .map(place -> written(place.getKey(), place.getValue(), contents))
              .flatMap(Optional::stream)
              .findFirst();
      if (failure.isPresent()) {
        throw failure.get();
      }
      for (Map.Entry<Path, Path> place : places.entrySet()) {
        try {
          move(place.getKey(), place.getValue());
        } catch (IOException e) {
          throw cannot(place.getValue(), e);
        }
      }
    } finally {
      remove(new ArrayList<>(places.keySet()));
    }
  }

  private static Path reserve(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "is a directory");
      }
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw cannot(file, e);
    }
    // Not createTempFile: its files are for their owner only, and so would the report be.
    return file.resolveSibling("." + UUID.randomUUID() + ".tmp");
  }

  /** Writes one file; returns what went wrong, if anything did. */
  private static Optional<IOException> written(
      Path temporary, Path file, Map<Path, Content> contents) {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), BUFFER)) {
      contents.get(file).writeTo(out);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(cannot(file, e));
    }
  }

  private static IOException cannot(Path file, IOException e) {
    return new IOException("cannot write " + file + ": " + reason(e), e);
  }

  private static void move(Path temporary, Path target) throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(List<Path> temporaries) throws IOException {
    for (Path temporary : temporaries) {
      Files.deleteIfExists(temporary);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a directory";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
