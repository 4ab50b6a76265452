package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder that belongs to this process. A process that is killed cannot clear its folder
 * away; the next one does, which it knows by a lock that nobody holds any more.
 */
final class ProcessFolder implements AutoCloseable {

  private static final String LOCK = "lock";

  /** Between making the folder and locking it, a young one looks as if nobody held it. */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private final Path path;
  private final FileChannel lock;

  private ProcessFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, and clears away those of the same kind that were left behind.
   *
   * @param parent where
   * @param prefix what its name begins with
   * @throws IOException if it cannot be made
   */
  static ProcessFolder create(Path parent, String prefix) throws IOException {
    for (Path other : begunWith(parent, prefix)) {
      try {
        if (isLeft(other)) {
          delete(other);
        }
      } catch (NoSuchFileException e) {
        // A run that began at the same moment clears it away.
        continue;
      }
    }
    Path path = Files.createTempDirectory(parent, prefix);
    FileChannel lock =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return new ProcessFolder(path, lock);
  }

  /** Returns where it is. */
  Path path() {
    return path;
  }

  private static List<Path> begunWith(Path parent, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  /** Returns whether a folder is this user's and its process is gone. */
  private static boolean isLeft(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.isWritable(file)
        || Files.getLastModifiedTime(file).toInstant().isAfter(Instant.now().minus(YOUNG))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException held) {
      return false;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  @Override
  public void close() throws IOException {
    lock.close();
    delete(path);
  }
}
