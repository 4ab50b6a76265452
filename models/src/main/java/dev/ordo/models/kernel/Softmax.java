package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softmax of rows, exp(s·(x − max)) over its sum. The division is left to the caller, who often
 * has fewer numbers to divide than there are scores.
 */
public final class Softmax {

  private static final int LANES = Lanes.COUNT;

  private Softmax() {}

  /**
   * Replaces causal rows of scores by exp(s·(x − max)): row r has {@code first + r} scores, and
   * what follows them in the row becomes 0. Allocates nothing.
   *
   * @param x shape (rows, width), row-major with {@code stride} floats from row to row;
   *     overwritten. What lies behind a row's scores is not read
   * @param offset where x begins in its array
   * @param stride at least {@code width}
   * @param rows the number of rows
   * @param first the number of scores in the first row, at least 1; in the last row at most {@code
   *     width}
   * @param width the length of all rows; a multiple of the vector length saves work
   * @param scale s, positive; every score is multiplied by it
   * @param inverses shape (rows), overwritten: one over the sum of each row
   * @param inversesOffset where these begin in their array
   * @throws IndexOutOfBoundsException if x or {@code inverses} does not lie within its array
   */
  public static void causal(
      float[] x,
      int offset,
      int stride,
      int rows,
      int first,
      int width,
      float scale,
      float[] inverses,
      int inversesOffset) {
    for (int r = 0; r < rows; r++) {
      int row = offset + r * stride;
      int scores = row + first + r;
      int filled = Math.min(row + width, row + roundUp(first + r));
      for (int i = scores; i < filled; i++) {
        x[i] = Float.NEGATIVE_INFINITY;
      }
      inverses[inversesOffset + r] = 1 / row(x, row, filled, scale);
      for (int i = filled; i < row + width; i++) {
        x[i] = 0;
      }
    }
  }

  /**
   * Replaces the scores in {@code from … to} by their exponentials and returns the sum of these.
   */
  private static float row(float[] x, int from, int to, float scale) {
    int whole = Lanes.VECTORS ? from + (to - from) / LANES * LANES : from;
    float max = whole > from ? Vectors.max(x, from, whole) : Float.NEGATIVE_INFINITY;
    for (int i = whole; i < to; i++) {
      max = Math.max(max, x[i]);
    }
    float sum = whole > from ? Vectors.exponentials(x, from, whole, scale, -max * scale) : 0;
    for (int i = whole; i < to; i++) {
      x[i] = (float) Math.exp((x[i] - max) * scale);
      sum += x[i];
    }
    return sum;
  }

  private static int roundUp(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static float max(float[] x, int from, int to) {
      FloatVector highest0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      FloatVector highest1 = highest0;
      int i = from;
      for (; i <= to - 2 * LANES; i += 2 * LANES) {
        highest0 = highest0.max(FloatVector.fromArray(SPECIES, x, i));
        highest1 = highest1.max(FloatVector.fromArray(SPECIES, x, i + LANES));
      }
      if (i < to) {
        highest0 = highest0.max(FloatVector.fromArray(SPECIES, x, i));
      }
      return highest0.max(highest1).reduceLanes(VectorOperators.MAX);
    }

    static float exponentials(float[] x, int from, int to, float scale, float negatedMax) {
      FloatVector factors = FloatVector.broadcast(SPECIES, scale);
      FloatVector shift = FloatVector.broadcast(SPECIES, negatedMax);
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = from; i < to; i += LANES) {
        FloatVector weights =
            FloatVector.fromArray(SPECIES, x, i).fma(factors, shift).lanewise(VectorOperators.EXP);
        weights.intoArray(x, i);
        sums = sums.add(weights);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }
  }
}
