package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The append-only record of a sweep: one line of JSON an entry, on disk before the next begins. */
public final class Journal implements AutoCloseable {

  /** The name of the file in a run directory. */
  public static final String FILE = "journal.jsonl";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins a journal.
   *
   * @param directory an existing directory without a journal
   * @throws IOException if the file is there already or cannot be made
   */
  static Journal create(Path directory) throws IOException {
    return new Journal(
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Appends a line and waits until it is on disk.
   *
   * @throws IOException if it cannot be written
   */
  void append(Entry entry) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((JSON.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
    channel.force(false);
  }

  /**
   * Reads the journal of a run directory.
   *
   * @return its entries, in order; a last line that was cut off is not among them
   * @throws IOException if it cannot be read, or if a line is not an entry; the message names the
   *     file and the line
   */
  public static List<Entry> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected text in UTF-8, found other bytes", e);
    }
    List<Entry> entries = new ArrayList<>();
    int line = 1;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      try {
        entries.add(JSON.readValue(text.substring(start, end), Entry.class));
      } catch (JsonProcessingException e) {
        throw new IOException(
            file
                + ", line "
                + line
                + ": expected a journal entry, found: "
                + e.getOriginalMessage(),
            e);
      }
      start = end + 1;
      line++;
    }
    if (entries.isEmpty() || !(entries.get(0) instanceof Entry.Start)) {
      throw new IOException(file + ", line 1: expected an entry of type 'start'");
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
