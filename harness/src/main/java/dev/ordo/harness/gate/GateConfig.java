package dev.ordo.harness.gate;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a repository says of its gate, in {@code ordo.yml}.
 *
 * <pre>
 *   margin: 5%                 # a change of cost that is too small to count
 *   alpha: 0.05                # of gates on the same code at most this part may fail
 *   inconclusive: pass         # or fail
 *   ignore: ["*.train", "transformer.generate@4096"]
 *   laws:
 *     mamba.decode: O(1)
 *     parser.*: O(n)
 * </pre>
 *
 * <p>A law may also stand beside {@code margin}, without {@code laws}.
 *
 * @param margin the margin; absent where it is not said
 * @param alpha the level; absent where it is not said
 * @param inconclusiveFails whether an inconclusive gate fails; absent where it is not said
 * @param ignored the cells that are left out
 * @param declared the laws that must hold
 */
public record GateConfig(
    OptionalDouble margin,
    OptionalDouble alpha,
    Optional<Boolean> inconclusiveFails,
    List<NamePattern> ignored,
    List<Declaration> declared) {

  /** The name under which the file is sought. */
  public static final String FILE = "ordo.yml";

  /** Nothing said. */
  public static final GateConfig NONE =
      new GateConfig(
          OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), List.of(), List.of());

  private static final String KEYS = "margin, alpha, inconclusive, ignore, laws";

  /** Copies the lists. */
  public GateConfig {
    ignored = List.copyOf(ignored);
    declared = List.copyOf(declared);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, is no YAML, or says something that is not understood;
   *     the message names file, line, key, and what was expected and found
   */
  public static GateConfig read(Path file) throws IOException {
    return new Reader(file).read();
  }

  /** Reads {@code 5%} or {@code 0.05}; nothing if it is neither. */
  public static OptionalDouble part(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    String digits = percent ? number.substring(0, number.length() - 1).strip() : number;
    return digits.matches("\\d+(\\.\\d*)?|\\.\\d+")
        ? OptionalDouble.of(Double.parseDouble(digits) / (percent ? 100 : 1))
        : OptionalDouble.empty();
  }

  /** Walks over the tokens, which know their lines. */
  private static final class Reader {

    private final Path file;
    private final List<NamePattern> ignored = new ArrayList<>();
    private final List<Declaration> declared = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private OptionalDouble margin = OptionalDouble.empty();
    private OptionalDouble alpha = OptionalDouble.empty();
    private Optional<Boolean> inconclusiveFails = Optional.empty();
    private JsonParser yaml;

    Reader(Path file) {
      this.file = file;
    }

    GateConfig read() throws IOException {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      try (JsonParser parser = new YAMLFactory().createParser(text)) {
        yaml = parser;
        JsonToken first = yaml.nextToken();
        if (first != null && first != JsonToken.VALUE_NULL) {
          if (first != JsonToken.START_OBJECT) {
            throw wrong("the file", "keys with values (" + KEYS + ")", described(first));
          }
          while (yaml.nextToken() == JsonToken.FIELD_NAME) {
            entry(yaml.currentName());
          }
          JsonToken after = yaml.nextToken();
          if (after != null) {
            throw wrong("the file", "one document", "another one behind it");
          }
        }
      } catch (JsonProcessingException broken) {
        JsonLocation place = broken.getLocation();
        String message = broken.getOriginalMessage();
        throw new IOException(
            file
                + (place == null ? "" : ":" + place.getLineNr())
                + ": not YAML: "
                + (message == null ? "" : message.lines().findFirst().orElse("")),
            broken);
      }
      return new GateConfig(margin, alpha, inconclusiveFails, ignored, declared);
    }

    private void entry(String key) throws IOException {
      once(key);
      int line = line();
      JsonToken value = yaml.nextToken();
      switch (key) {
        case "margin" -> margin = OptionalDouble.of(share(key, 1e6));
        case "alpha" -> alpha = OptionalDouble.of(level(key));
        case "inconclusive" -> inconclusiveFails = Optional.of(failOrPass(key));
        case "ignore" -> ignore(value);
        case "laws" -> laws(value);
        default -> {
          Optional<DeclaredLaw> law =
              value == JsonToken.VALUE_STRING
                  ? DeclaredLaw.parse(yaml.getText())
                  : Optional.empty();
          if (law.isEmpty()) {
            throw new IOException(
                file
                    + ":"
                    + line
                    + ": unknown key '"
                    + key
                    + "': expected one of "
                    + KEYS
                    + ", or a pattern with a law like O(n)");
          }
          declare(key, line, law.get());
        }
      }
    }

    private void once(String key) throws IOException {
      if (!seen.add(key)) {
        throw new IOException(
            place() + ": key '" + key + "' must stand there once, found it twice");
      }
    }

    private double share(String key, double most) throws IOException {
      String text = scalar(key, "a number like 5% or 0.05");
      OptionalDouble part = part(text);
      if (part.isEmpty() || part.getAsDouble() >= most) {
        throw wrong("key '" + key + "'", "a number like 5% or 0.05", "'" + text + "'");
      }
      return part.getAsDouble();
    }

    private double level(String key) throws IOException {
      double level = share(key, 1e6);
      if (!(level > 0 && level <= 0.5)) {
        throw wrong("key '" + key + "'", "a number above 0 and at most 0.5", "'" + level + "'");
      }
      return level;
    }

    private boolean failOrPass(String key) throws IOException {
      String text = scalar(key, "fail or pass").toLowerCase(Locale.ROOT);
      if (!text.equals("fail") && !text.equals("pass")) {
        throw wrong("key '" + key + "'", "fail or pass", "'" + text + "'");
      }
      return text.equals("fail");
    }

    private void ignore(JsonToken value) throws IOException {
      if (value == JsonToken.START_ARRAY) {
        while (yaml.nextToken() != JsonToken.END_ARRAY) {
          ignored.add(pattern(scalar("ignore", "patterns")));
        }
      } else {
        ignored.add(pattern(scalar("ignore", "a list of patterns")));
      }
    }

    private void laws(JsonToken value) throws IOException {
      if (value != JsonToken.START_OBJECT) {
        throw wrong("key 'laws'", "patterns with laws, as mamba.decode: O(1)", described(value));
      }
      while (yaml.nextToken() == JsonToken.FIELD_NAME) {
        String key = yaml.currentName();
        int line = line();
        once(key);
        yaml.nextToken();
        String text = scalar(key, "a law like O(n)");
        Optional<DeclaredLaw> law = DeclaredLaw.parse(text);
        if (law.isEmpty()) {
          throw wrong(
              "law of '" + key + "'",
              "one like O(1), O(log n), O(n), O(n log n), O(n^2)",
              "'" + text + "'");
        }
        declare(key, line, law.get());
      }
    }

    private void declare(String key, int line, DeclaredLaw law) throws IOException {
      declared.add(new Declaration(pattern(key), law, file + ":" + line));
    }

    private NamePattern pattern(String text) throws IOException {
      if (text.isBlank()) {
        throw wrong("pattern", "a name", "nothing");
      }
      return NamePattern.of(text);
    }

    private String scalar(String key, String expected) throws IOException {
      JsonToken token = yaml.currentToken();
      if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
        throw wrong("key '" + key + "'", expected, described(token));
      }
      return yaml.getText();
    }

    private static String described(JsonToken token) {
      if (token == null || token == JsonToken.VALUE_NULL) {
        return "nothing";
      }
      return switch (token) {
        case START_ARRAY -> "a list";
        case START_OBJECT -> "keys with values";
        default -> "a single value";
      };
    }

    private IOException wrong(String what, String expected, String found) {
      return new IOException(place() + ": " + what + ": expected " + expected + ", found " + found);
    }

    private String place() {
      return file + ":" + line();
    }

    private int line() {
      return yaml.currentTokenLocation().getLineNr();
    }
  }
}
