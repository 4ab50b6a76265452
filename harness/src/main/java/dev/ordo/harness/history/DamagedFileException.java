package dev.ordo.harness.history;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a store that is not what it should be. */
public final class DamagedFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param problem what was expected and what found
   */
  DamagedFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** Makes an exception with a cause. */
  DamagedFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
