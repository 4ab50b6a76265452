package dev.ordo.peers;

import java.util.Map;

/** One implementation of what a {@link Row} measures, ready to run. Used by one thread. */
interface Contender extends AutoCloseable {

  /** Does the work once and returns something that depends on it. */
  Object run();

  /**
   * Does the work once and returns what came out, by name; names, shapes and layouts are the same
   * for all contenders of a row.
   */
  Map<String, float[]> output();

  /** Says whether a run allocates on the heap by its nature, once it is compiled too. */
  default boolean allocates() {
    return false;
  }

  /** Returns what is to be known of the machinery behind it, such as versions and threads. */
  default String details() {
    return "";
  }

  @Override
  default void close() {}
}
