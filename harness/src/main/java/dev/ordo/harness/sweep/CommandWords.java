package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a command line apart as a shell does, but for what needs a shell: no variables, no
 * patterns, no pipes.
 *
 * <p>Blanks part words. Within single quotes everything stands for itself; within double quotes a
 * backslash quotes {@code "} and itself; elsewhere it quotes any character. So a command runs on
 * every machine without a shell; who wants one says {@code sh -c '…'}.
 */
final class CommandWords {

  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private CommandWords(String line) {
    this.line = line;
  }

  /**
   * Returns the words of a line, at least one.
   *
   * @throws IllegalArgumentException if there are none, or a quote is left open
   */
  static List<String> of(String line) {
    List<String> words = new CommandWords(line).read();
    if (words.isEmpty()) {
      throw new IllegalArgumentException("--command '" + line + "' must name a program");
    }
    return words;
  }

  private List<String> read() {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == '\'' || c == '"') {
        inWord = true;
        quoted(c);
      } else if (Character.isWhitespace(c)) {
        end();
      } else {
        inWord = true;
        word.append(c == '\\' && at < line.length() ? line.charAt(at++) : c);
      }
    }
    end();
    return words;
  }

  private void quoted(char quote) {
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        return;
      }
      boolean escape = quote == '"' && c == '\\' && at < line.length();
      word.append(escape && "\"\\".indexOf(line.charAt(at)) >= 0 ? line.charAt(at++) : c);
    }
    throw new IllegalArgumentException(
        "--command '" + line + "' must close its quote " + quote + ", found the end");
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
