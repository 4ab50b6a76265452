package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The append-only record of a sweep: one line of JSON an entry, with its checksum, on disk before
 * the next begins. A directory has one writer at a time.
 */
public final class Journal implements AutoCloseable {

  /** The name of the file in a run directory. */
  public static final String FILE = "journal.jsonl";

  /** The name of the file until its first line is whole. */
  static final String PART = FILE + ".part";

  private final Path file;
  private final JournalLock lock;
  private final FileChannel channel;
  private final List<Entry> entries;
  private long end;

  private Journal(Path file, JournalLock lock, FileChannel channel, List<Entry> entries, long end) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.entries = new ArrayList<>(entries);
    this.end = end;
  }

  /**
   * Begins a journal. The file comes into being with its first line whole.
   *
   * @param directory an existing directory without a journal
   * @param start the first entry
   * @throws FileAlreadyExistsException if there is a journal already
   * @throws IOException if another run has the directory
   * @throws UnwritableException if the file cannot be written
   */
  static Journal create(Path directory, Entry.Start start) throws IOException {
    Path file = directory.resolve(FILE);
    Path part = directory.resolve(PART);
    JournalLock lock = JournalLock.take(directory);
    FileChannel channel = null;
    try {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      Journal journal = new Journal(file, lock, channel, List.of(), 0);
      journal.append(start);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      return journal;
    } catch (IOException e) {
      close(channel, lock, e);
      throw e instanceof FileAlreadyExistsException || e instanceof UnwritableException
          ? e
          : new UnwritableException(file, e);
    }
  }

  /**
   * Goes on with a journal. A last line that was cut off is cut away; on any other damage the file
   * is left as it is.
   *
   * @param directory a directory with a journal
   * @throws IOException if another run has the directory, or as {@link #read}
   * @throws UnwritableException if the file cannot be written
   */
  static Journal resume(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    JournalLock lock = JournalLock.take(directory);
    FileChannel channel = null;
    try {
      Content content = content(file);
      try {
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (channel.size() > content.length()) {
          channel.truncate(content.length());
          channel.force(true);
        }
        channel.position(content.length());
      } catch (IOException e) {
        throw new UnwritableException(file, e);
      }
      return new Journal(file, lock, channel, content.entries(), content.length());
    } catch (IOException | RuntimeException e) {
      close(channel, lock, e);
      throw e;
    }
  }

  /**
   * Appends a line and waits until it is on disk. A resumed sweep passes by entries that the
   * journal holds already, the very forks and cells that are left out again: they are not written
   * twice.
   *
   * @throws UnwritableException if it cannot be written; the journal then ends with the line before
   *     it
   */
  void append(Entry entry) throws IOException {
    if (!holds(entry)) {
      appendAll(List.of(entry));
    }
  }

  /**
   * Appends lines and waits until all of them are on disk.
   *
   * @throws UnwritableException if they cannot be written; none of them is then in the journal
   */
  void appendAll(List<? extends Entry> more) throws IOException {
    int length = 0;
    try {
      for (Entry entry : more) {
        ByteBuffer line = JournalLine.of(entry);
        length += line.remaining();
        while (line.hasRemaining()) {
          channel.write(line);
        }
      }
      channel.force(false);
    } catch (IOException e) {
      throw withoutPart(new UnwritableException(file, e));
    }
    end += length;
    entries.addAll(more);
  }

  private boolean holds(Entry entry) {
    return entry instanceof Entry.LeftOut leftOut
        ? entries.stream()
            .anyMatch(held -> held instanceof Entry.LeftOut l && l.cell().equals(leftOut.cell()))
        : entries.stream().anyMatch(held -> held == entry);
  }

  /** Takes away what there is of a line that could not be written. */
  private UnwritableException withoutPart(UnwritableException failure) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      // The part of a line stays, and every reader passes it over.
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** Returns all entries, those from before a resumption first. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * Reads the journal of a run directory, also while the run goes on.
   *
   * @return its entries, in order; a last line that was cut off is not among them
   * @throws IOException if it cannot be read, or if a line is not an entry or not what was written;
   *     the message names the file and the line
   */
  public static List<Entry> read(Path directory) throws IOException {
    return content(directory.resolve(FILE)).entries();
  }

  private record Content(List<Entry> entries, long length) {}

  /** Reads the whole lines of a file; the length is theirs. */
  private static Content content(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Entry> entries = new ArrayList<>();
    boolean checked = false;
    int start = 0;
    for (int end = lineEnd(bytes, 0); end < bytes.length; end = lineEnd(bytes, start)) {
      Entry entry;
      try {
        entry = JournalLine.read(Arrays.copyOfRange(bytes, start, end), checked);
      } catch (JournalLine.DamagedException e) {
        if (end == bytes.length - 1 && !entries.isEmpty()) {
          // The line was being written when the power went: the end of it came first to the disk.
          break;
        }
        throw damaged(file, entries.size() + 1, e.getMessage(), e);
      } catch (CharacterCodingException e) {
        throw damaged(file, entries.size() + 1, "expected text in UTF-8, found other bytes", e);
      } catch (JsonProcessingException e) {
        String found = "expected a journal entry, found: " + e.getOriginalMessage();
        throw damaged(file, entries.size() + 1, found, e);
      }
      if (entries.isEmpty()) {
        checked = format(file, entry) > 1;
      }
      entries.add(entry);
      start = end + 1;
    }
    if (entries.isEmpty()) {
      throw new IOException(file + ", line 1: expected an entry of type 'start'");
    }
    return new Content(entries, start);
  }

  private static int format(Path file, Entry first) throws IOException {
    if (!(first instanceof Entry.Start start)) {
      throw new IOException(file + ", line 1: expected an entry of type 'start'");
    }
    if (start.format() > Entry.FORMAT) {
      throw new IOException(
          file
              + ", line 1: format ("
              + start.format()
              + ") must be at most "
              + Entry.FORMAT
              + ": a newer Ordo wrote it");
    }
    return start.format();
  }

  private static IOException damaged(Path file, int line, String message, IOException cause) {
    return new IOException(file + ", line " + line + ": " + message, cause);
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Brings the name of a new file to the disk too, where the system can. */
  private static void sync(Path directory) throws IOException {
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void close(FileChannel channel, JournalLock lock, Exception failure) {
    try (lock;
        channel) {
      return;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }
}
