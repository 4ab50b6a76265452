package dev.ordo.models.transformer;

import dev.ordo.models.kernel.Attention;

/**
 * A way of running a decoder-only Transformer; all have equal results.
 *
 * @param cached whether a session keeps each layer's keys and values, so that a step computes one
 *     position; without, it keeps the token ids alone, and a step computes every position anew
 * @param attention how attention is computed
 */
record Variant(boolean cached, Attention.Kind attention) {

  static final Variant RECOMPUTED = new Variant(false, Attention.Kind.TILED);
  static final Variant CACHED = new Variant(true, Attention.Kind.TILED);
  static final Variant RECOMPUTED_FULL = new Variant(false, Attention.Kind.FULL_MATRIX);
  static final Variant CACHED_FULL = new Variant(true, Attention.Kind.FULL_MATRIX);

  /** A little less than √2³¹: as many rows of as many scores fit an array. */
  private static final int MOST_FULL_POSITIONS = 46_000;

  static Variant tiled(boolean cached) {
    return cached ? CACHED : RECOMPUTED;
  }

  /** Whether attention keeps a matrix of all scores. */
  boolean full() {
    return attention == Attention.Kind.FULL_MATRIX;
  }

  /** Returns how many positions can be read of those that the weights allow. */
  int positions(int limit) {
    return full() ? Math.min(limit, MOST_FULL_POSITIONS) : limit;
  }

  /**
   * Checks the capacity of a session.
   *
   * @param capacity the number of positions wanted
   * @param limit the number of positions that there are
   * @throws IllegalArgumentException if the capacity is not in 1 … limit
   */
  static void check(int capacity, int limit) {
    if (capacity < 1 || capacity > limit) {
      throw new IllegalArgumentException(
          "capacity (" + capacity + ") must be in 1.." + limit + ", the model's positions");
    }
  }
}
