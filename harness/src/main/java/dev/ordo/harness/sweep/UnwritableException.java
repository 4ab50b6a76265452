package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of a run could not be written, for example because the disk is full. What had been written
 * before is still there.
 */
public final class UnwritableException extends IOException {

  private static final long serialVersionUID = 1;

  /** What systems say where there is no room: Linux thrice, macOS as Linux, Windows. */
  private static final List<String> FULL =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "File too large",
          "not enough space on the disk");

  /**
   * Names the file and the reason.
   *
   * @param file what was to be written
   * @param cause what the system said
   */
  public UnwritableException(Path file, IOException cause) {
    super(file + " could not be written: " + reason(cause), cause);
  }

  /**
   * Returns whether something failed because a file could not be written: it is such an exception,
   * or what the system said is that there is no room.
   */
  public static boolean isFull(Exception e) {
    if (e instanceof UnwritableException) {
      return true;
    }
    String message = String.valueOf(e.getMessage());
    return e instanceof IOException && FULL.stream().anyMatch(message::contains);
  }

  private static String reason(IOException cause) {
    String reason = cause instanceof FileSystemException file ? file.getReason() : null;
    if (reason != null) {
      return reason;
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
