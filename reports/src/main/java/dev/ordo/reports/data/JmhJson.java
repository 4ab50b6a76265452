package dev.ordo.reports.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The JSON of JMH: streamed, token by token. */
final class JmhJson {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  /** Cells that name their JVM are told apart by it. */
  private static final String JVM = "jvm";

  private JmhJson() {}

  /**
   * Reads all elements of a file in their order.
   *
   * @throws ResultFileException if the text is no JSON, or no array of JMH results
   */
  static void read(Path file, InputStream in, MeasurementsBuilder builder) throws IOException {
    try (JsonParser parser = MAPPER.getFactory().createParser(in)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY) {
        throw new ResultFileException(
            file, "not a JMH result file: expected an array of results, found " + name(first));
      }
      int index = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JmhElement element = new JmhElement(file, index, parser);
        Entry entry = element.read();
        if (!entry.cell().benchmark().startsWith(Measurements.CONTROL + ".")) {
          builder.add(entry);
        }
        if (!element.jvm().isEmpty() && !entry.cell().params().containsKey(JVM)) {
          builder.measuredOn("JVM", element.jvm());
        }
        index++;
      }
      if (parser.nextToken() != null) {
        throw new ResultFileException(file, "expected the end of the file after the array");
      }
    } catch (JsonProcessingException broken) {
      throw notJson(file, broken);
    }
  }

  /** Returns what to say of text that is no JSON. */
  static ResultFileException notJson(Path file, JsonProcessingException broken) {
    return new ResultFileException(
        file, "not JSON: " + oneLine(broken.getOriginalMessage()) + place(broken), broken);
  }

  private static String place(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\s+", " ");
    // Jackson appends the place where the enclosing array began: the end of the file says enough.
    int start = line.indexOf(" (start marker at");
    return start < 0 ? line : line.substring(0, start);
  }

  static String name(JsonToken token) {
    if (token == null) {
      return "an empty file";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "a number";
    };
  }
}
