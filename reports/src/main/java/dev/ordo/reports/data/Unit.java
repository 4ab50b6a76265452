package dev.ordo.reports.data;

import java.util.Objects;

/**
 * What a value is a number of. Values inside Ordo are in a unit's base: nanoseconds per operation
 * for time, bytes for memory, plain counts for the rest.
 *
 * @param symbol how the base unit is written, for example {@code ns/op}
 * @param dimension what is measured
 */
public record Unit(String symbol, Dimension dimension) {

  /** Time of one operation, in nanoseconds. */
  public static final Unit NANOS_PER_OP = new Unit("ns/op", Dimension.TIME);

  /** Memory of one operation, in bytes. */
  public static final Unit BYTES_PER_OP = new Unit("B/op", Dimension.MEMORY);

  /** An amount of memory, in bytes. */
  public static final Unit BYTES = new Unit("B", Dimension.MEMORY);

  /** What a unit measures. */
  public enum Dimension {
    /** A duration. */
    TIME,
    /** An amount of memory. */
    MEMORY,
    /** Anything else. */
    OTHER
  }

  /** Checks that every part is there. */
  public Unit {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(dimension, "dimension");
  }
}
