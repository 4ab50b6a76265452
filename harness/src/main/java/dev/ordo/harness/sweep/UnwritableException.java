package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A file of a run could not be written, for example because the disk is full. What had been written
 * before is still there.
 */
public final class UnwritableException extends IOException {

  private static final long serialVersionUID = 1;

  /**
   * Names the file and the reason.
   *
   * @param file what was to be written
   * @param cause what the system said
   */
  public UnwritableException(Path file, IOException cause) {
    super(file + " could not be written: " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    String reason = cause instanceof FileSystemException file ? file.getReason() : null;
    if (reason != null) {
      return reason;
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
