package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second run out of a run directory, for as long as the process lives.
 *
 * <p>The locked file is one of its own, because a process that opens and closes a file loses its
 * locks on it, and the journal is read while the run goes on. It stays behind: were it deleted, two
 * runs could each hold a lock on a file of that name.
 */
final class JournalLock implements AutoCloseable {

  /** The name of the file in a run directory. */
  static final String FILE = "journal.lock";

  /** The directories that this process holds: to look at their files once more would free them. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private JournalLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes the lock of a directory.
   *
   * @throws IOException if another run holds it
   * @throws UnwritableException if the file cannot be made
   */
  static JournalLock take(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw new IOException(refusal(directory));
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return new JournalLock(real, channel);
      }
    } catch (IOException e) {
      release(real, channel);
      throw new UnwritableException(file, e);
    }
    release(real, channel);
    throw new IOException(refusal(directory));
  }

  private static void release(Path directory, FileChannel channel) throws IOException {
    HELD.remove(directory);
    if (channel != null) {
      channel.close();
    }
  }

  /** Returns whether a run is going on in a directory. */
  static boolean isHeld(Path directory) throws IOException {
    if (HELD.contains(directory.toRealPath())) {
      return true;
    }
    if (!Files.isWritable(directory.resolve(FILE))) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(directory.resolve(FILE), StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    }
  }

  private static String refusal(Path directory) {
    return "a run is going on in " + directory + ": wait until it has ended";
  }

  @Override
  public void close() throws IOException {
    release(directory, channel);
  }
}
