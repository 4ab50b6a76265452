package dev.ordo.harness.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * An entry as a line of a journal: a JSON object whose last member, {@code crc}, is the CRC-32C
 * (RFC 3720, appendix B.4) of the UTF-8 text of the object without it, as eight hexadecimal digits.
 */
final class JournalLine {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final Pattern CHECKED =
      Pattern.compile("(.*),\"crc\":\"([0-9a-f]{8})\"}", Pattern.DOTALL);

  /** A line does not say what was written. */
  static final class DamagedException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedException(String expected, String found) {
      super("expected checksum " + expected + ", found " + found);
    }
  }

  private JournalLine() {}

  /** Returns the line of an entry, with the line break at its end. */
  static ByteBuffer of(Entry entry) throws JsonProcessingException {
    String text = JSON.writeValueAsString(entry);
    String line = text.substring(0, text.length() - 1) + ",\"crc\":\"" + checksum(text) + "\"}\n";
    return ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a line.
   *
   * @param bytes the line, without the line break
   * @param checked whether it must have a checksum; one that it has is checked in any case
   * @throws DamagedException if the checksum is missing or another
   * @throws CharacterCodingException if the line is not UTF-8
   * @throws JsonProcessingException if it is not an entry
   */
  static Entry read(byte[] bytes, boolean checked) throws IOException {
    String line;
    try {
      line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      if (checked) {
        throw new DamagedException("of a text in UTF-8", "other bytes");
      }
      throw e;
    }
    Matcher parts = CHECKED.matcher(line);
    if (!parts.matches()) {
      if (checked) {
        throw new DamagedException("as the line's last member", "none");
      }
      return JSON.readValue(line, Entry.class);
    }
    String content = parts.group(1) + "}";
    if (!checksum(content).equals(parts.group(2))) {
      throw new DamagedException(parts.group(2), checksum(content));
    }
    return JSON.readValue(content, Entry.class);
  }

  private static String checksum(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }
}
