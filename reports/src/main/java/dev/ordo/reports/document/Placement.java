package dev.ordo.reports.document;

import java.io.IOException;
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
import java.util.UUID;

/** A directory into which several files go together: whole files or none. */
final class Placement {

  private final Path directory;

  Placement(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes files under temporary names and, once all are written, moves them to their places.
   *
   * @param contents the bytes of each file; every path lies in the directory
   * @throws IOException if that fails; the message names the path and the reason
   */
  void write(Map<Path, byte[]> contents) throws IOException {
    Path current = directory;
    Map<Path, Path> places = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
        current = file.getKey();
        if (Files.isDirectory(current)) {
          throw new FileSystemException(current.toString(), null, "is a directory");
        }
        Files.createDirectories(current.getParent());
        // Not createTempFile: its files are for their owner only, and so would the report be.
        Path temporary = current.resolveSibling("." + UUID.randomUUID() + ".tmp");
        places.put(temporary, current);
        Files.write(temporary, file.getValue(), StandardOpenOption.CREATE_NEW);
      }
      for (Map.Entry<Path, Path> place : places.entrySet()) {
        current = place.getValue();
        move(place.getKey(), current);
      }
    } catch (IOException e) {
      throw new IOException("cannot write " + current + ": " + reason(e), e);
    } finally {
      remove(new ArrayList<>(places.keySet()));
    }
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
