package dev.ordo.reports.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a text file of any usual encoding as UTF-8 without a byte order mark.
 *
 * <p>UTF-16 is known from its mark, or from a zero byte beside the first letter. Everything else is
 * UTF-8, and bytes that are none are taken from Windows-1252: older versions of JMH wrote the dot
 * before a metric's name, and {@code µs}, as the machine happened to.
 */
final class Utf8Stream extends PieceStream {

  private static final int CHUNK = 1 << 16;
  private static final int LONGEST = 4;
  private static final Charset WESTERN = Charset.forName("windows-1252");

  private final InputStream in;
  private final byte[] raw = new byte[CHUNK];

  /** Bytes at the beginning of {@code raw} that began a character at the end of the last chunk. */
  private int carried;

  private Utf8Stream(InputStream in) {
    this.in = in;
  }

  /** Returns the UTF-8 of a stream; closing it closes the stream. */
  static InputStream of(InputStream in) throws IOException {
    PushbackInputStream begin = new PushbackInputStream(in, LONGEST);
    byte[] first = begin.readNBytes(LONGEST);
    int a = first.length > 0 ? first[0] & 0xff : -1;
    int b = first.length > 1 ? first[1] & 0xff : -1;
    boolean marked = a == 0xef && b == 0xbb && first.length > 2 && (first[2] & 0xff) == 0xbf;
    boolean big = (a == 0xfe && b == 0xff) || (a == 0 && b > 0);
    boolean little = (a == 0xff && b == 0xfe) || (a > 0 && b == 0);
    begin.unread(first);
    if (big || little) {
      if (a >= 0xfe) {
        begin.skipNBytes(2);
      }
      return new Recoded(begin, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
    }
    if (marked) {
      begin.skipNBytes(3);
    }
    return new Utf8Stream(begin);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  boolean fill() throws IOException {
    int count = in.read(raw, carried, raw.length - carried);
    if (count < 0 && carried == 0) {
      return false;
    }
    int length = carried + Math.max(0, count);
    carried = 0;
    at = 0;
    ready = raw;
    end = length;
    for (int i = 0; i < length; i++) {
      if (raw[i] < 0) {
        repair(i, length, count < 0);
        break;
      }
    }
    return true;
  }

  /** Copies a chunk, replacing what is not UTF-8; an unfinished character waits for more. */
  private void repair(int from, int length, boolean last) {
    byte[] good = new byte[from + 3 * (length - from)];
    System.arraycopy(raw, 0, good, 0, from);
    int to = from;
    int i = from;
    while (i < length) {
      int size = characterAt(i, length);
      if (size < 0 && !last) {
        break;
      }
      if (size > 0) {
        System.arraycopy(raw, i, good, to, size);
        to += size;
        i += size;
      } else {
        byte[] one = new String(raw, i, 1, WESTERN).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(one, 0, good, to, one.length);
        to += one.length;
        i++;
      }
    }
    ready = good;
    end = to;
    carried = length - i;
    System.arraycopy(raw, i, raw, 0, carried);
  }

  /** Returns the bytes of the character there, 0 if it is none, or −1 if more are needed. */
  private int characterAt(int i, int length) {
    int lead = raw[i] & 0xff;
    if (lead < 0x80) {
      return 1;
    }
    int size = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead >= 0xf5) {
      return 0;
    }
    for (int j = 1; j < size; j++) {
      if (i + j >= length) {
        return -1;
      }
      if ((raw[i + j] & 0xc0) != 0x80) {
        return 0;
      }
    }
    // Overlong forms and halves of surrogate pairs are no characters.
    int second = raw[i + 1] & 0xff;
    boolean odd =
        (lead == 0xe0 && second < 0xa0)
            || (lead == 0xed && second >= 0xa0)
            || (lead == 0xf0 && second < 0x90)
            || (lead == 0xf4 && second >= 0x90);
    return odd ? 0 : size;
  }

  /** Text of another encoding, brought to UTF-8 a piece at a time. */
  private static final class Recoded extends PieceStream {

    private final Reader reader;
    private final char[] chars = new char[CHUNK];

    Recoded(InputStream in, Charset charset) {
      reader = new InputStreamReader(in, charset);
    }

    @Override
    boolean fill() throws IOException {
      int count = reader.read(chars, 0, CHUNK - 1);
      if (count < 0) {
        return false;
      }
      if (Character.isHighSurrogate(chars[count - 1])) {
        int other = reader.read();
        if (other >= 0) {
          chars[count++] = (char) other;
        }
      }
      ready = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
      at = 0;
      end = ready.length;
      return true;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
