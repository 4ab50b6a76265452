package dev.ordo.peers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The lock that every JMH run takes, held from the first fork to the last: another measurement must
 * not come in between.
 */
final class MachineLock implements AutoCloseable {

  /** JMH's own switch: the user who sets it wants runs side by side. */
  private static final String IGNORE = "jmh.ignoreLock";

  private final FileChannel channel;

  private MachineLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws IOException if another JMH run holds it, or the file cannot be opened
   */
  static MachineLock take() throws IOException {
    boolean ignore = Boolean.getBoolean(IGNORE);
    System.setProperty(IGNORE, "true");
    if (ignore) {
      return new MachineLock(null);
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    boolean fresh = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (fresh) {
      // As JMH leaves it: other users' runs have to be able to take the lock.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(
          "another JMH run is measuring on this machine (it holds "
              + file
              + "): wait for it, or set JAVA_TOOL_OPTIONS=-D"
              + IGNORE
              + "=true to measure beside it");
    }
    return new MachineLock(channel);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
