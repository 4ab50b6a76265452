package dev.ordo.reports.data;

import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes come in pieces that are made as a whole. */
abstract class PieceStream extends InputStream {

  /** The piece; its bytes from {@link #at} to {@link #end} are yet to be read. */
  byte[] ready = {};

  int at;
  int end;

  /**
   * Makes the next piece ready, which may be empty.
   *
   * @return false where there is none
   */
  abstract boolean fill() throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (at == end) {
      if (!fill()) {
        return -1;
      }
    }
    int count = Math.min(length, end - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }
}
