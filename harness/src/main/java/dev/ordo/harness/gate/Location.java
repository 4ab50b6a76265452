package dev.ordo.harness.gate;

/**
 * A place in a repository that a CI system can point at.
 *
 * @param path relative to the repository, with slashes
 * @param line counted from 1
 */
public record Location(String path, int line) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the path is blank or the line not positive
   */
  public Location {
    if (path.isBlank() || line < 1) {
      throw new IllegalArgumentException(
          "path (" + path + ") must not be blank and line (" + line + ") must be positive");
    }
  }
}
