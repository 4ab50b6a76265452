package dev.ordo.peers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A row of the table: contenders that do the same work, and the one that the others are held
 * against.
 *
 * @param id its name on the command line and in result files
 * @param title what is measured, with its sizes
 * @param contenders how to make each contender, by name; in the order of the table
 * @param reference the name of the peer
 * @param kind what is compared
 * @param tolerance the largest difference between outputs, as a part of the largest expected value
 * @param goal the ratio to reach, or for {@link Kind#ALLOCATION} the bytes to stay under
 * @param work what one run does, so that work over nanoseconds is a rate in {@code unit}; for
 *     {@link Kind#ALLOCATION} the number of tokens
 * @param unit the unit of that rate
 * @param missing why the row cannot be measured here
 */
record Row(
    String id,
    String title,
    Map<String, Supplier<Contender>> contenders,
    String reference,
    Kind kind,
    double tolerance,
    double goal,
    double work,
    String unit,
    Optional<String> missing) {

  /** What the contenders of a row are compared by. */
  enum Kind {
    /** Time, for the same outputs. */
    TIME,
    /** Time, where the reference moves the same bytes and computes something else. */
    BANDWIDTH,
    /** Bytes allocated for each token; there is no reference. */
    ALLOCATION
  }

  Row {
    contenders = Collections.unmodifiableMap(new LinkedHashMap<>(contenders));
    Objects.requireNonNull(kind, "kind");
    if ((kind != Kind.ALLOCATION) != contenders.containsKey(reference)) {
      throw new IllegalArgumentException(
          "row '" + id + "': reference '" + reference + "' must be one of " + contenders.keySet());
    }
  }

  /** Returns a row whose contenders do the same work in different time. */
  static Row time(
      String id,
      String title,
      Map<String, Supplier<Contender>> contenders,
      String reference,
      double tolerance,
      double goal,
      double work,
      String unit) {
    return new Row(
        id, title, contenders, reference, Kind.TIME, tolerance, goal, work, unit, Optional.empty());
  }

  /** Returns this row as one that cannot be measured. */
  Row without(String reason) {
    return new Row(
        id, title, contenders, reference, kind, tolerance, goal, work, unit, Optional.of(reason));
  }

  /**
   * Makes a contender.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Contender open(String contender) {
    Supplier<Contender> supplier = contenders.get(contender);
    if (supplier == null) {
      throw new IllegalArgumentException(
          "contender '"
              + contender
              + "' of row '"
              + id
              + "' must be one of "
              + contenders.keySet());
    }
    return supplier.get();
  }
}
