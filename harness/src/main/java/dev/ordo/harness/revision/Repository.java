package dev.ordo.harness.revision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A git repository on this machine.
 *
 * @param folder its top folder
 */
public record Repository(Path folder) {

  /** Where git is told to look elsewhere, as in a hook, it would not look where we ask it to. */
  private static final Set<String> ELSEWHERE =
      Set.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX");

  private record Answer(int code, String out, String err) {}

  /**
   * Finds the repository that a folder is in.
   *
   * @param inside the folder
   * @throws IOException if it is in none, or git cannot be run
   */
  public static Repository of(Path inside) throws IOException {
    if (!Files.isDirectory(inside)) {
      throw new IOException("repository " + inside + " must be a folder, found none");
    }
    Answer top = git(inside, "rev-parse", "--show-toplevel");
    if (top.code() != 0) {
      throw new IOException(
          "repository " + inside + " must be in a git repository: " + firstLine(top.err()));
    }
    return new Repository(Path.of(top.out()));
  }

  /**
   * Returns the full id of the commit that a revision names.
   *
   * @param side what it is for, for the message
   * @param revision a branch, a tag, {@code HEAD~1}, or anything else that git knows
   * @throws IOException if there is no such commit
   */
  public String commit(String side, String revision) throws IOException {
    Answer answer =
        git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
    if (answer.code() != 0) {
      throw new IOException(
          side + " " + revision + " must be a revision of " + folder + ", found no such commit");
    }
    return answer.out();
  }

  /**
   * Checks a commit out into a new folder.
   *
   * @param target does not exist yet
   * @throws IOException if git does not do it
   */
  void checkOut(String commit, Path target) throws IOException {
    Answer answer =
        git(folder, "worktree", "add", "--quiet", "--detach", target.toString(), commit);
    if (answer.code() != 0) {
      throw new IOException(
          "commit " + commit + " could not be checked out: " + firstLine(answer.err()));
    }
  }

  /** Removes what would lead a build elsewhere. */
  static ProcessBuilder cleared(ProcessBuilder process) {
    process.environment().keySet().removeAll(ELSEWHERE);
    return process;
  }

  private static Answer git(Path folder, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(args));
    Path err = Files.createTempFile("ordo-git", ".txt");
    try {
      Process process;
      try {
        process = cleared(new ProcessBuilder(command)).redirectError(err.toFile()).start();
      } catch (IOException e) {
        throw new IOException("git must be installed to compare revisions: " + e.getMessage(), e);
      }
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(finished(process), out.strip(), Files.readString(err).strip());
    } finally {
      Files.delete(err);
    }
  }

  static int finished(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException(
          "interrupted while " + process.info().command().orElse("it") + " ran", e);
    }
  }

  private static String firstLine(String text) {
    return text.isEmpty() ? "git does not say why" : text.lines().findFirst().orElseThrow();
  }
}
