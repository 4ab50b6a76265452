package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The logarithm of a softmax's sum and the exponentials it is made of, row by row. */
public final class LogLoss {

  private LogLoss() {}

  /**
   * Returns ln Σ exp(x) over a row, without overflow.
   *
   * @param x values, not modified
   * @param offset the first
   * @param count how many, positive
   * @throws IndexOutOfBoundsException if they do not lie within the array
   */
  public static float logSum(float[] x, int offset, int count) {
    int whole = Lanes.VECTORS ? Vectors.whole(count) : 0;
    float max = whole > 0 ? Vectors.max(x, offset, whole) : Float.NEGATIVE_INFINITY;
    for (int i = offset + whole; i < offset + count; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = Lanes.VECTORS ? Vectors.sum(x, offset, whole, max) : 0;
    for (int i = offset + whole; i < offset + count; i++) {
      sum += Math.exp(x[i] - max);
    }
    return (float) (max + Math.log(sum));
  }

  /**
   * Adds exp(x − shift) · factor.
   *
   * @param x values, not modified
   * @param offset the first, in both arrays
   * @param count how many
   * @param y added to
   * @throws IndexOutOfBoundsException if they do not lie within the arrays
   */
  public static void addExp(
      float[] x, int offset, int count, float shift, float factor, float[] y) {
    int end = offset + count;
    int i = Lanes.VECTORS ? Vectors.addExp(x, offset, end, shift, factor, y) : offset;
    for (; i < end; i++) {
      y[i] += (float) (Math.exp(x[i] - shift) * factor);
    }
  }

  /**
   * Writes exp(x − shift) · factor.
   *
   * @param x values, not modified
   * @param offset the first, in both arrays
   * @param count how many
   * @param y overwritten
   * @throws IndexOutOfBoundsException if they do not lie within the arrays
   */
  public static void scaledExp(
      float[] x, int offset, int count, float shift, float factor, float[] y) {
    int end = offset + count;
    int i = Lanes.VECTORS ? Vectors.scaledExp(x, offset, end, shift, factor, y) : offset;
    for (; i < end; i++) {
      y[i] = (float) (Math.exp(x[i] - shift) * factor);
    }
  }

  /**
   * Replaces values by exp(x − shift).
   *
   * @param x values, overwritten
   * @param offset the first
   * @param count how many
   * @throws IndexOutOfBoundsException if they do not lie within the array
   */
  static void exp(float[] x, int offset, int count, float shift) {
    int end = offset + count;
    for (int i = Lanes.VECTORS ? Vectors.exp(x, offset, end, shift) : offset; i < end; i++) {
      x[i] = (float) Math.exp(x[i] - shift);
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int whole(int count) {
      return count - count % LANES;
    }

    static double sum(float[] x, int offset, int count, float max) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = offset; i < offset + count; i += LANES) {
        sums =
            sums.add(FloatVector.fromArray(SPECIES, x, i).sub(max).lanewise(VectorOperators.EXP));
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static float max(float[] x, int offset, int count) {
      FloatVector highest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      for (int i = offset; i < offset + count; i += LANES) {
        highest = highest.max(FloatVector.fromArray(SPECIES, x, i));
      }
      return highest.reduceLanes(VectorOperators.MAX);
    }

    static int scaledExp(float[] x, int offset, int end, float shift, float factor, float[] y) {
      int i = offset;
      for (; i <= end - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, i)
            .sub(shift)
            .lanewise(VectorOperators.EXP)
            .mul(factor)
            .intoArray(y, i);
      }
      return i;
    }

    static int exp(float[] x, int offset, int end, float shift) {
      int i = offset;
      for (; i <= end - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, i)
            .sub(shift)
            .lanewise(VectorOperators.EXP)
            .intoArray(x, i);
      }
      return i;
    }

    static int addExp(float[] x, int offset, int end, float shift, float factor, float[] y) {
      FloatVector factors = FloatVector.broadcast(SPECIES, factor);
      int i = offset;
      for (; i <= end - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, i)
            .sub(shift)
            .lanewise(VectorOperators.EXP)
            .fma(factors, FloatVector.fromArray(SPECIES, y, i))
            .intoArray(y, i);
      }
      return i;
    }
  }
}
