package dev.ordo.models.translation;

import dev.ordo.models.kernel.DistanceBias;

/**
 * T5's relative positions: a learned bias for each head and each bucket of distances.
 *
 * <p>Source: Raffel et al., <a href="https://arxiv.org/abs/1910.10683">Exploring the Limits of
 * Transfer Learning with a Unified Text-to-Text Transformer</a> (2020), section 2.1, and the
 * reference's {@code _relative_position_bucket}. Half of the buckets hold one distance each; the
 * others grow logarithmically up to the farthest distance, and the last takes in all beyond. An
 * encoder has as many buckets for keys behind the query as for keys before it.
 */
final class RelativePositions {

  private RelativePositions() {}

  /**
   * Returns the bucket of a distance.
   *
   * @param distance position of the key − position of the query
   * @param both whether keys behind the query have buckets of their own; otherwise they share that
   *     of distance 0, for they are not seen
   * @param buckets the number of buckets
   * @param farthest the distance from which on all fall into the last bucket
   */
  static int bucket(int distance, boolean both, int buckets, int farthest) {
    int half = both ? buckets / 2 : buckets;
    int first = both && distance > 0 ? half : 0;
    int size = both ? Math.abs(distance) : Math.max(-distance, 0);
    int exact = half / 2;
    if (size < exact) {
      return first + size;
    }
    // In single precision, as the reference: at the ends of buckets the rounding decides.
    float logarithm = (float) Math.log((float) size / exact);
    float range = (float) Math.log((double) farthest / exact);
    int bucket = exact + (int) (logarithm / range * (half - exact));
    return first + Math.min(half - 1, bucket);
  }

  /**
   * Returns the buckets of all distances −(reach − 1) … reach − 1.
   *
   * @param reach the number of positions
   */
  static int[] buckets(int reach, boolean both, int buckets, int farthest) {
    int[] all = new int[Math.multiplyExact(2, reach) - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = bucket(i - (reach - 1), both, buckets, farthest);
    }
    return all;
  }

  /**
   * Returns the biases of attention over that many positions.
   *
   * @param table shape (buckets, heads), row-major, not modified
   * @param buckets the bucket of each distance, as {@link #buckets} returns them
   */
  static DistanceBias bias(float[] table, int heads, int[] buckets) {
    float[] values = new float[Math.multiplyExact(heads, buckets.length)];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < buckets.length; i++) {
        values[h * buckets.length + i] = table[buckets[i] * heads + h];
      }
    }
    return new DistanceBias(heads, (buckets.length + 1) / 2, values);
  }
}
