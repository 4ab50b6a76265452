package dev.ordo.harness.revision;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a revision becomes a jar.
 *
 * @param repository where the revisions are
 * @param command what builds, for a shell, in the top folder of the revision
 * @param jar the path of the jar that it makes, from there; the last part may have {@code *} for
 *     what differs between revisions, and must then fit one file
 */
public record RevisionBuild(Repository repository, String command, String jar) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the command is blank, or the jar's path leaves the folder
   */
  public RevisionBuild {
    if (command.isBlank()) {
      throw new IllegalArgumentException("build must be a command, found none");
    }
    Path path = Path.of(jar).normalize();
    if (jar.isBlank() || path.isAbsolute() || path.startsWith("..")) {
      throw new IllegalArgumentException(
          "jar (" + jar + ") must be a path within the revision, like target/plugin.jar");
    }
  }

  /**
   * Checks a commit out into a temporary folder, builds it there, and copies the jar out of it.
   *
   * @param side what it is for, for messages
   * @param commit its id
   * @param target where the jar goes
   * @param log takes what the build prints
   * @throws IOException if git or the build fails, or leaves no such jar; the message names the log
   */
  public void run(String side, String commit, Path target, Path log) throws IOException {
    try (Worktree worktree = Worktree.of(repository, commit)) {
      Process build =
          Repository.cleared(new ProcessBuilder("sh", "-c", command))
              .directory(worktree.folder().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      build.getOutputStream().close();
      int code = Repository.finished(build);
      if (code != 0) {
        throw new IOException(
            "build of "
                + named(side, commit)
                + " failed with exit code "
                + code
                + ": '"
                + command
                + "' printed what is in "
                + log);
      }
      Files.copy(found(worktree.folder(), named(side, commit), log), target);
    }
  }

  private Path found(Path folder, String named, Path log) throws IOException {
    Path whole = folder.resolve(jar);
    Path last = Path.of(jar).getFileName();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + last);
    List<Path> fitting = List.of();
    if (Files.isDirectory(whole.getParent())) {
      try (Stream<Path> files = Files.list(whole.getParent())) {
        fitting =
            files
                .filter(file -> Files.isRegularFile(file) && matcher.matches(file.getFileName()))
                .sorted()
                .toList();
      }
    }
    if (fitting.size() != 1) {
      String found =
          fitting.isEmpty()
              ? "none"
              : fitting.stream().map(file -> file.getFileName().toString()).toList().toString();
      throw new IOException(
          "jar "
              + jar
              + " must be one file after the build of "
              + named
              + ", found "
              + found
              + "; "
              + log
              + " has what the build printed");
    }
    return fitting.get(0);
  }

  private static String named(String side, String commit) {
    return side + " (" + commit.substring(0, 10) + ")";
  }
}
