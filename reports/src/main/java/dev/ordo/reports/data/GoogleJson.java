package dev.ordo.reports.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The JSON of google/benchmark 1.x ({@code --benchmark_format=json}): an object whose {@code
 * benchmarks} holds one element a repetition. Aggregates (mean, median, BigO …) are passed over.
 * Streamed, so that only one element is in memory as a tree at a time.
 */
final class GoogleJson {

  private final Path file;
  private final MeasurementsBuilder builder;
  private int repetitions;
  private int aggregates;
  private boolean repeated;

  GoogleJson(Path file, MeasurementsBuilder builder) {
    this.file = file;
    this.builder = builder;
  }

  /**
   * Reads all elements of the file in their order.
   *
   * @throws ResultFileException if the text is no JSON, holds no {@code benchmarks}, or holds
   *     aggregates alone
   */
  void read(InputStream in) throws IOException {
    boolean found = false;
    try (JsonParser parser = JmhJson.MAPPER.getFactory().createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("benchmarks")) {
          found = true;
          readArray(parser, value);
        } else if (field.equals("context")) {
          JsonNode context = JmhJson.MAPPER.readTree(parser);
          if (context.path("host_name").isTextual()) {
            builder.measuredOn("host", JmhElement.shortened(context.get("host_name").textValue()));
          }
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new ResultFileException(file, "expected the end of the file after the object");
      }
    } catch (JsonProcessingException broken) {
      throw JmhJson.notJson(file, broken);
    }
    if (!found) {
      throw new ResultFileException(
          file, "not a google/benchmark result file: benchmarks: expected an array, found nothing");
    }
    if (repetitions == 0 && aggregates > 0) {
      throw new ResultFileException(
          file,
          "benchmarks: expected repetitions, found aggregates alone (measure without"
              + " --benchmark_report_aggregates_only)");
    }
    if (repeated) {
      builder.note(
          file
              + " holds repetitions within one process; taken as forks they may be more alike than"
              + " forks are, and intervals too narrow.");
    }
  }

  private void readArray(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw new ResultFileException(
          file,
          "not a google/benchmark result file: benchmarks: expected an array, found "
              + JmhJson.name(value));
    }
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode node = JmhJson.MAPPER.readTree(parser);
      GoogleElement element = new GoogleElement(file, index, node);
      if (element.aggregate()) {
        aggregates++;
      } else if (element.failed()) {
        repetitions++;
        builder.note(element.label() + " is left out: " + element.failure() + ".");
      } else {
        repetitions++;
        builder.add(element.read());
        repeated |= node.path("repetitions").asInt(1) > 1;
      }
      index++;
    }
  }
}
