package dev.ordo.models.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of a checkpoint that breaks the rules of its format, or that does not hold what is needed;
 * the message says which rule and where.
 */
public final class CheckpointException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  /**
   * Makes an exception whose message is one line: the path, then the problem.
   *
   * @param path the file
   * @param problem what was expected and what was found
   */
  public CheckpointException(Path path, String problem) {
    super(path + ": " + line(problem));
  }

  /** Names in a broken file may hold anything; the message has to stay one readable line. */
  private static String line(String problem) {
    String line = problem.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
  }
}
