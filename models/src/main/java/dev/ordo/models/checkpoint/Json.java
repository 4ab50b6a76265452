package dev.ordo.models.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A strict reader of JSON (RFC 8259), in two dialects: safetensors headers consist of objects,
 * arrays, strings and whole numbers, and a fraction, {@code true}, {@code false} or {@code null}
 * has no place there; configurations may hold all of these, and {@code Infinity} as Python writes
 * it.
 *
 * <p>Values become {@code Map<String, Object>} in file order, {@code List<Object>}, {@code String},
 * {@code Long}, and in configurations {@code Double}, {@code Boolean} and null.
 */
final class Json {

  /** A text that is not such JSON. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String problem, int offset) {
      super(problem + " at character " + offset);
    }
  }

  private static final int DEEPEST = 16;
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,29})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,29})(?:\\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,9})?");

  private final String text;
  private final boolean header;
  private int at;

  private Json(String text, boolean header) {
    this.text = text;
    this.header = header;
  }

  /**
   * Reads the one object of a safetensors header, and nothing after it but white space.
   *
   * @throws SyntaxException if the text is anything else
   */
  static Map<String, Object> header(String text) throws SyntaxException {
    return new Json(text, true).only("the end of the header");
  }

  /**
   * Reads the one object of a configuration file, and nothing after it but white space.
   *
   * @throws SyntaxException if the text is anything else, or a number is beyond a double
   */
  static Map<String, Object> configuration(String text) throws SyntaxException {
    return new Json(text, false).only("the end of the file");
  }

  private Map<String, Object> only(String end) throws SyntaxException {
    space();
    Map<String, Object> value = map(0);
    space();
    if (at < text.length()) {
      throw expected(end);
    }
    return value;
  }

  private Object value(int depth) throws SyntaxException {
    if (depth > DEEPEST) {
      throw new SyntaxException("more than " + DEEPEST + " nested levels", at);
    }
    char c = peek();
    if (c == '{') {
      return map(depth);
    }
    if (c == '[') {
      return list(depth);
    }
    if (c == '"') {
      return string();
    }
    if (!header && word("-Infinity")) {
      return Double.NEGATIVE_INFINITY;
    }
    if (c == '-' || digit(c)) {
      return header ? wholeNumber() : number();
    }
    if (header) {
      throw expected("an object, array, string or whole number");
    }
    if (word("Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    if (word("true")) {
      return true;
    }
    if (word("false")) {
      return false;
    }
    if (word("null")) {
      return null;
    }
    throw expected("a value");
  }

  private boolean word(String word) {
    boolean found = text.startsWith(word, at);
    at += found ? word.length() : 0;
    return found;
  }

  private Map<String, Object> map(int depth) throws SyntaxException {
    Map<String, Object> map = new LinkedHashMap<>();
    take('{');
    space();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      int start = at;
      String key = string();
      if (map.containsKey(key)) {
        throw new SyntaxException("name '" + key + "' occurs twice, the second", start);
      }
      space();
      take(':');
      space();
      map.put(key, value(depth + 1));
      space();
      if (peek() == '}') {
        at++;
        return map;
      }
      take(',');
      space();
    }
  }

  private List<Object> list(int depth) throws SyntaxException {
    List<Object> list = new ArrayList<>();
    take('[');
    space();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      list.add(value(depth + 1));
      space();
      if (peek() == ']') {
        at++;
        return list;
      }
      take(',');
      space();
    }
  }

  private String string() throws SyntaxException {
    take('"');
    StringBuilder string = new StringBuilder();
    while (true) {
      char c = peek();
      if (c < ' ') {
        throw expected("the rest of a string");
      }
      at++;
      if (c == '"') {
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws SyntaxException {
    char c = peek();
    int which = "\"\\/bfnrt".indexOf(c);
    if (which >= 0) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(which);
    }
    if (c != 'u') {
      throw expected("an escape");
    }
    at++;
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw expected("a hexadecimal digit");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  /** Returns a Long where the number is whole and fits one, else a Double. */
  private Object number() throws SyntaxException {
    int start = at;
    while (digit(peek()) || (peek() != 0 && "+-.eE".indexOf(peek()) >= 0)) {
      at++;
    }
    String number = text.substring(start, at);
    if (!NUMBER.matcher(number).matches()) {
      throw new SyntaxException("a number that is not JSON's", start);
    }
    if (WHOLE.matcher(number).matches()) {
      try {
        return Long.valueOf(number);
      } catch (NumberFormatException e) {
        throw new SyntaxException("a number that does not fit 64 bits", start);
      }
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw new SyntaxException("a number that does not fit a double", start);
    }
    return value;
  }

  private Long wholeNumber() throws SyntaxException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (digit(peek())) {
      at++;
    }
    String digits = text.substring(start, at);
    char next = peek();
    if (next == '.' || next == 'e' || next == 'E' || !WHOLE.matcher(digits).matches()) {
      throw new SyntaxException("a number that is not whole", start);
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new SyntaxException("a number that does not fit 64 bits", start);
    }
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Returns the character at hand, NUL at the end: no rule accepts a NUL. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void take(char c) throws SyntaxException {
    if (peek() != c) {
      throw expected("'" + c + "'");
    }
    at++;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private SyntaxException expected(String what) {
    String found =
        at >= text.length()
            ? "the end"
            : peek() < ' ' || peek() > '~'
                ? String.format("U+%04X", (int) peek())
                : "'" + peek() + "'";
    return new SyntaxException("expected " + what + ", found " + found, at);
  }
}
