package dev.ordo.models.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of the JSON that safetensors headers are made of (RFC 8259, objects, arrays,
 * strings and whole numbers; a fraction, {@code true}, {@code false} or {@code null} has no place
 * there).
 *
 * <p>Values become {@code Map<String, Object>} in file order, {@code List<Object>}, {@code String}
 * and {@code Long}.
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

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Reads one object and nothing after it but white space.
   *
   * @throws SyntaxException if the text is anything else
   */
  static Map<String, Object> object(String text) throws SyntaxException {
    Json json = new Json(text);
    json.space();
    Map<String, Object> value = json.map(0);
    json.space();
    if (json.at < text.length()) {
      throw json.expected("the end of the header");
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
    if (c == '-' || digit(c)) {
      return number();
    }
    throw expected("an object, array, string or whole number");
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

  private Long number() throws SyntaxException {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (digit(peek())) {
      at++;
    }
    String digits = text.substring(start, at);
    char next = peek();
    if (next == '.' || next == 'e' || next == 'E' || !digits.matches("-?(0|[1-9][0-9]*)")) {
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
