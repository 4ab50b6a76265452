package dev.ordo.models.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of rows that come a piece at a time: largest score and sum of weights run along.
 *
 * <p>Source: Milakov and Gimelshein, <a href="https://arxiv.org/abs/1805.02867">Online normalizer
 * calculation for softmax</a> (2018), algorithm 3, applied to pieces of more than one score.
 */
final class StreamingSoftmax {

  private StreamingSoftmax() {}

  /** Starts rows that have had no score yet. */
  static void start(float[] maxima, float[] sums, int rows) {
    Arrays.fill(maxima, 0, rows, Float.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, rows, 0);
  }

  /**
   * Replaces the next scores of a row by their weights exp(s·x − m), where m is the largest s·x of
   * the row so far, this piece included.
   *
   * @param x holds the scores; overwritten
   * @param offset where they begin
   * @param visible the number of scores; none leaves maximum and sum as they are
   * @param width at least {@code visible}; the weights of what follows the scores are 0. Values up
   *     to the next whole vector may be overwritten too
   * @param scale s, positive
   * @param maxima holds m of row r at index r; updated
   * @param sums holds the sum of the weights of row r at index r; updated
   * @param r the row
   * @return the factor that all earlier weights of the row, and what was made of them, must be
   *     multiplied by; 0 if there were none
   */
  static float row(
      float[] x,
      int offset,
      int visible,
      int width,
      float scale,
      float[] maxima,
      float[] sums,
      int r) {
    int end = offset + visible;
    if (visible == 0) {
      Arrays.fill(x, offset, offset + width, 0);
      return 1;
    }
    float before = maxima[r];
    float max;
    float sum;
    if (Lanes.VECTORS) {
      // exp(-∞) is 0: no row needs a loop for what is left of a vector.
      int padded = Vectors.padded(visible);
      Arrays.fill(x, end, offset + padded, Float.NEGATIVE_INFINITY);
      max = Math.max(before, scale * Vectors.largest(x, offset, padded));
      sum = Vectors.weigh(x, offset, padded, scale, max);
      end = offset + padded;
    } else {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = offset; i < end; i++) {
        largest = Math.max(largest, x[i]);
      }
      max = Math.max(before, scale * largest);
      sum = 0;
      for (int i = offset; i < end; i++) {
        x[i] = (float) Math.exp(scale * x[i] - max);
        sum += x[i];
      }
    }
    if (end < offset + width) {
      Arrays.fill(x, end, offset + width, 0);
    }
    float kept = before == max ? 1 : (float) Math.exp(before - max);
    maxima[r] = max;
    sums[r] = sums[r] * kept + sum;
    return kept;
  }

  /** Multiplies values by a factor. */
  static void scale(float[] x, int offset, int count, float factor) {
    int i = Lanes.VECTORS ? Vectors.scale(x, offset, count, factor) : 0;
    for (; i < count; i++) {
      x[offset + i] *= factor;
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int padded(int count) {
      return SPECIES.loopBound(count + LANES - 1);
    }

    static float largest(float[] x, int offset, int count) {
      FloatVector highest0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector highest1 = highest0;
      int i = 0;
      for (; i <= count - 2 * LANES; i += 2 * LANES) {
        highest0 = highest0.max(FloatVector.fromArray(SPECIES, x, offset + i));
        highest1 = highest1.max(FloatVector.fromArray(SPECIES, x, offset + i + LANES));
      }
      if (i < count) {
        highest0 = highest0.max(FloatVector.fromArray(SPECIES, x, offset + i));
      }
      return highest0.max(highest1).reduceLanes(VectorOperators.MAX);
    }

    static float weigh(float[] x, int offset, int count, float scale, float max) {
      FloatVector factors = FloatVector.broadcast(SPECIES, scale);
      FloatVector shift = FloatVector.broadcast(SPECIES, -max);
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < count; i += LANES) {
        FloatVector weights =
            FloatVector.fromArray(SPECIES, x, offset + i)
                .fma(factors, shift)
                .lanewise(VectorOperators.EXP);
        weights.intoArray(x, offset + i);
        sums = sums.add(weights);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static int scale(float[] x, int offset, int count, float factor) {
      int bound = SPECIES.loopBound(count);
      for (int i = 0; i < bound; i += LANES) {
        FloatVector.fromArray(SPECIES, x, offset + i).mul(factor).intoArray(x, offset + i);
      }
      return bound;
    }
  }
}
