package dev.ordo.harness.cli;

import dev.ordo.reports.document.AttentionFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tokens that were given as text or as ids.
 *
 * @param ids the token ids; shape (L), not modified
 * @param text whether they are bytes of text
 */
record TokenInput(int[] ids, boolean text) {

  /** A picture has fewer cells; the numbers of one head would still be 16 million. */
  private static final int MOST_TOKENS = 4096;

  /**
   * Reads what was given.
   *
   * @param name what errors call the tokens
   * @param text each byte of its UTF-8 form is a token; null where ids are given
   * @param ids not read where there is a text
   * @throws IllegalArgumentException if there are no tokens or too many
   */
  static TokenInput of(String name, String text, List<Integer> ids) {
    int[] tokens;
    if (text != null) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      tokens = IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
    } else {
      tokens = ids.stream().mapToInt(Integer::intValue).toArray();
    }
    if (tokens.length < 1 || tokens.length > MOST_TOKENS) {
      throw new IllegalArgumentException(
          name + " (" + tokens.length + ") must be in 1.." + MOST_TOKENS);
    }
    return new TokenInput(tokens, text != null);
  }

  /**
   * Labels positions: bytes of text by their character, where they are one, all others by their id,
   * and a start token as such.
   *
   * @param positions these tokens, or a start token and then these
   */
  AttentionFiles.Positions label(int[] positions) {
    List<String> labels = new ArrayList<>();
    if (positions.length > ids.length) {
      labels.add("start");
    }
    for (int token : ids) {
      boolean character = text && token > ' ' && token < 0x7F;
      labels.add(character ? String.valueOf((char) token) : "#" + token);
    }
    return new AttentionFiles.Positions(positions, labels);
  }
}
