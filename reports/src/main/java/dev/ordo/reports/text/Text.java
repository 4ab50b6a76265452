package dev.ordo.reports.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names and sentences from outside, made fit for a terminal, a chart or a page.
 *
 * <p>Widths are columns of a terminal (Unicode Standard Annex 11): wide and full-width characters
 * and emoji count 2, combining marks 0. A sequence that some terminals join to one emoji counts as
 * the sum of its parts, so that a text is never wider than it was counted.
 */
public final class Text {

  private static final String ELLIPSIS = "…";

  private Text() {}

  /**
   * Returns {@code text} with everything that could steer a terminal or break XML replaced: white
   * space of every kind becomes one blank; control characters, marks that turn the direction of
   * writing, lone surrogates and non-characters become {@code �}.
   */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c)) {
                clean.append(' ');
              } else {
                clean.appendCodePoint(isPrintable(c) ? c : 0xFFFD);
              }
            });
    return clean.toString();
  }

  private static boolean isPrintable(int c) {
    boolean turnsDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean nonCharacter = c == 0xFFFE || c == 0xFFFF;
    int type = Character.getType(c);
    return !turnsDirection
        && !nonCharacter
        && type != Character.CONTROL
        && type != Character.SURROGATE;
  }

  /** Returns the number of terminal columns that {@code text} takes. */
  public static int width(String text) {
    int width = 0;
    int before = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      // The emoji variation selector widens the narrow character before it.
      int columns = c == 0xFE0F && before == 1 ? 1 : width(c);
      width += columns;
      before = columns;
      i += Character.charCount(c);
    }
    return width;
  }

  private static int width(int c) {
    int type = Character.getType(c);
    boolean invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
    if (invisible || type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    int width = UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH);
    boolean wide =
        width == UCharacter.EastAsianWidth.WIDE
            || width == UCharacter.EastAsianWidth.FULLWIDTH
            || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_PRESENTATION);
    return wide ? 2 : 1;
  }

  /** Returns {@code text} cut to at most {@code columns}, with {@code …} at the end where cut. */
  public static String head(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    return columns < 1 ? "" : prefix(text, columns - 1) + ELLIPSIS;
  }

  /**
   * Returns {@code text} cut to at most {@code columns}, with {@code …} in the middle where cut:
   * names made of parameters often differ in their last part only.
   */
  public static String middle(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    if (columns < 3) {
      return head(text, columns);
    }
    int tail = (columns - 1) / 2;
    return prefix(text, columns - 1 - tail) + ELLIPSIS + suffix(text, tail);
  }

  /**
   * Breaks a sentence into lines at blanks, and inside words that are longer than a line.
   *
   * @param text one paragraph
   * @param columns the most that a line may take, at least 10
   * @param indent what every line but the first begins with
   * @throws IllegalArgumentException if {@code columns} is less than 10 or leaves no room beside
   *     {@code indent}
   */
  public static List<String> wrap(String text, int columns, String indent) {
    if (columns < 10 || width(indent) > columns - 4) {
      throw new IllegalArgumentException(
          "columns (" + columns + ") must be at least 10 and hold the indent and 4 more");
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      String rest = word;
      while (true) {
        String joined = line.isEmpty() || line.toString().equals(indent) ? rest : " " + rest;
        if (width(line + joined) <= columns) {
          line.append(joined);
          break;
        }
        if (line.isEmpty() || line.toString().equals(indent)) {
          int room = columns - width(line.toString());
          String part = prefix(rest, room);
          if (part.isEmpty()) {
            part = rest.substring(0, rest.offsetByCodePoints(0, 1));
          }
          line.append(part);
          rest = rest.substring(part.length());
        }
        lines.add(line.toString());
        line = new StringBuilder(indent);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /** Returns the longest start of {@code text}, in whole characters, within {@code columns}. */
  private static String prefix(String text, int columns) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = 0;
    for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
      if (width(text.substring(0, next)) > columns) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }

  private static String suffix(String text, int columns) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int start = text.length();
    characters.last();
    for (int before = characters.previous();
        before != BreakIterator.DONE;
        before = characters.previous()) {
      if (width(text.substring(before)) > columns) {
        break;
      }
      start = before;
    }
    return text.substring(start);
  }
}
