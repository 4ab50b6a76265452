package dev.ordo.harness.revision;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A commit, checked out into a temporary folder of its own; the user's files are not touched.
 *
 * <p>It is taken away by deleting files, not by git: on Ctrl-C every process that this one starts
 * is ended.
 */
final class Worktree implements AutoCloseable {

  private static final String LINK = "gitdir: ";

  private final Path temporary;
  private final Path folder;

  private Worktree(Path temporary, Path folder) {
    this.temporary = temporary;
    this.folder = folder;
  }

  /**
   * Checks a commit out.
   *
   * @throws IOException if that fails; nothing of it is left behind then
   */
  static Worktree of(Repository repository, String commit) throws IOException {
    Path temporary = Files.createTempDirectory("ordo-revision");
    Worktree worktree = new Worktree(temporary, temporary.resolve("tree"));
    try {
      repository.checkOut(commit, worktree.folder);
      return worktree;
    } catch (IOException e) {
      try {
        worktree.close();
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Returns the folder with the files of the commit. */
  Path folder() {
    return folder;
  }

  /** Deletes the folder, and git's record of it in the repository. */
  @Override
  public void close() throws IOException {
    Path link = folder.resolve(".git");
    if (Files.isRegularFile(link)) {
      String text = Files.readString(link).strip();
      if (text.startsWith(LINK)) {
        delete(Path.of(text.substring(LINK.length())));
      }
    }
    delete(temporary);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
