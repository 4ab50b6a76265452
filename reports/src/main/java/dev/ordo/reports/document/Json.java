package dev.ordo.reports.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.fit.Interval;
import java.util.Optional;

/** How data files are written as JSON: two blanks a level, {@code null} for what is not finite. */
final class Json {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private Json() {}

  /** Returns a new printer, which has a state of its own. */
  static DefaultPrettyPrinter printer() {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return printer;
  }

  /** Returns an object as the text of a file. */
  static String text(ObjectNode root) {
    try {
      return MAPPER.writer(printer()).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** Writes an interval; {@code null} where there is none, and for an end that is not finite. */
  static void interval(ObjectNode node, String name, Optional<Interval> interval) {
    interval.ifPresentOrElse(known -> interval(node, name, known), () -> node.putNull(name));
  }

  /** Writes an interval; {@code null} for an end that is not finite. */
  static void interval(ObjectNode node, String name, Interval interval) {
    interval(node.putObject(name), interval);
  }

  /** Writes the parts of an interval into a node of its own. */
  static void interval(ObjectNode node, Interval interval) {
    number(node, "value", interval.value());
    number(node, "low", interval.low());
    number(node, "high", interval.high());
    number(node, "confidence", interval.confidence());
  }

  /** Writes a number; {@code null} for one that is not finite. */
  static void number(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
