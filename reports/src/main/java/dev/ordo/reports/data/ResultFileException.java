package dev.ordo.reports.data;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Says that a result file cannot be understood, in one line: the file, the element and field, what
 * was expected and what was found.
 */
public final class ResultFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param file the file that was read
   * @param problem what is wrong, in one line, without the file
   */
  public ResultFileException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param file the file that was read
   * @param problem what is wrong, in one line, without the file
   * @param cause what made it fail
   */
  public ResultFileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
