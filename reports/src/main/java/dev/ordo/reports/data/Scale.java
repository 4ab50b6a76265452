package dev.ordo.reports.data;

import java.util.Map;
import java.util.Optional;

/**
 * The way from a value in a file's unit to the base unit: nanoseconds per operation for anything
 * that is a time or a throughput, bytes for memory, and the value itself otherwise.
 *
 * @param unit the base unit
 * @param factor base units in one unit of the file
 * @param inverted whether the file counts operations per time instead of time per operation
 */
record Scale(Unit unit, double factor, boolean inverted) {

  private static final Map<String, Double> NANOS =
      Map.ofEntries(
          Map.entry("ns", 1.0),
          Map.entry("us", 1e3),
          Map.entry("µs", 1e3),
          Map.entry("μs", 1e3),
          Map.entry("ms", 1e6),
          Map.entry("s", 1e9),
          Map.entry("sec", 1e9),
          Map.entry("min", 60e9),
          Map.entry("hr", 3600e9),
          Map.entry("h", 3600e9),
          Map.entry("hour", 3600e9),
          Map.entry("day", 86400e9));

  /** JMH's own memory units are powers of 1024. */
  private static final Map<String, Double> BYTES =
      Map.of("B", 1.0, "KB", 1024.0, "MB", 1024.0 * 1024, "GB", 1024.0 * 1024 * 1024);

  /**
   * Returns the scale of a time or throughput unit, {@code ops/day} … {@code ns/op}, if it is one.
   */
  static Optional<Scale> ofTime(String text) {
    String symbol = text.strip();
    int slash = symbol.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String above = symbol.substring(0, slash);
    String below = symbol.substring(slash + 1);
    if ((above.equals("ops") || above.equals("op")) && NANOS.containsKey(below)) {
      return Optional.of(new Scale(Unit.NANOS_PER_OP, NANOS.get(below), true));
    }
    if ((below.equals("op") || below.equals("ops")) && NANOS.containsKey(above)) {
      return Optional.of(new Scale(Unit.NANOS_PER_OP, NANOS.get(above), false));
    }
    return Optional.empty();
  }

  /** Returns the scale of any unit; one that is neither time nor memory is kept. */
  static Scale of(String text) {
    Optional<Scale> time = ofTime(text);
    if (time.isPresent()) {
      return time.get();
    }
    String symbol = text.strip();
    if (symbol.endsWith("/op") && BYTES.containsKey(symbol.substring(0, symbol.length() - 3))) {
      double factor = BYTES.get(symbol.substring(0, symbol.length() - 3));
      return new Scale(Unit.BYTES_PER_OP, factor, false);
    }
    if (BYTES.containsKey(symbol)) {
      return new Scale(Unit.BYTES, BYTES.get(symbol), false);
    }
    return new Scale(new Unit(symbol, Unit.Dimension.OTHER), 1, false);
  }

  /** Returns a value of the file in the base unit; a throughput of zero becomes infinite. */
  double toBase(double value) {
    return inverted ? factor / value : factor * value;
  }
}
