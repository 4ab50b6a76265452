package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rotary position embedding: pairs of a head's values are turned by angles that grow with the
 * position. Immutable.
 *
 * <p>Source: Su et al., <a href="https://arxiv.org/abs/2104.09864">RoFormer: Enhanced Transformer
 * with Rotary Position Embedding</a> (2021), equation 34, in the half-split form of Llama's
 * reference: the pair j of a head of width w are its values j and j + w/2, and at position p
 *
 * <pre>
 * (a, b) → (a·cos pθⱼ − b·sin pθⱼ,  b·cos pθⱼ + a·sin pθⱼ)
 * </pre>
 */
public final class Rope {

  private final int half;
  private final int capacity;

  /** Shape (capacity, half). */
  private final float[] cosines;

  /** Shape (capacity, half). */
  private final float[] sines;

  /**
   * Computes the angles of the first positions; pθ is rounded to a float, as in the reference.
   *
   * @param frequencies θ, shape (w/2), in radians a position; not modified
   * @param capacity the number of positions
   * @throws IllegalArgumentException if there is no frequency or no position, or too many for an
   *     array
   */
  public Rope(float[] frequencies, int capacity) {
    half = frequencies.length;
    if (half < 1 || capacity < 1 || (long) half * capacity > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "frequencies ("
              + half
              + ") and capacity ("
              + capacity
              + ") must be positive and their product less than 2³¹ − 8");
    }
    this.capacity = capacity;
    cosines = new float[capacity * half];
    sines = new float[capacity * half];
    for (int p = 0; p < capacity; p++) {
      for (int j = 0; j < half; j++) {
        float angle = p * frequencies[j];
        cosines[p * half + j] = (float) Math.cos(angle);
        sines[p * half + j] = (float) Math.sin(angle);
      }
    }
  }

  /** Returns w, the width of a head. */
  public int width() {
    return 2 * half;
  }

  /**
   * Turns the heads of some successive positions. Allocates nothing.
   *
   * @param position the first position
   * @param rows the number of positions
   * @param x heads of w values, one after the other, overwritten
   * @param offset where the first head of the first position begins
   * @param stride floats from position to position
   * @param heads the number of heads a position
   * @throws IndexOutOfBoundsException if the positions are not in 0 … capacity−1 or x is too short
   */
  public void apply(int position, int rows, float[] x, int offset, int stride, int heads) {
    turn(position, rows, x, offset, stride, heads, 1);
  }

  /**
   * Undoes {@link #apply}, which is also how a gradient goes back through it: a rotation's inverse
   * is its transpose.
   *
   * @throws IndexOutOfBoundsException as {@link #apply}
   */
  public void undo(int position, int rows, float[] x, int offset, int stride, int heads) {
    turn(position, rows, x, offset, stride, heads, -1);
  }

  private void turn(
      int position, int rows, float[] x, int offset, int stride, int heads, float sign) {
    PositionRange.check(position, rows, capacity);
    for (int r = 0; r < rows; r++) {
      int angles = (position + r) * half;
      for (int h = 0; h < heads; h++) {
        int at = offset + r * stride + h * 2 * half;
        int j = Lanes.VECTORS ? Vectors.turn(cosines, sines, angles, x, at, half, sign) : 0;
        for (; j < half; j++) {
          float a = x[at + j];
          float b = x[at + half + j];
          float cosine = cosines[angles + j];
          float sine = sign * sines[angles + j];
          x[at + j] = a * cosine - b * sine;
          x[at + half + j] = b * cosine + a * sine;
        }
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int turn(
        float[] cosines, float[] sines, int angles, float[] x, int at, int half, float sign) {
      int bound = SPECIES.loopBound(half);
      for (int j = 0; j < bound; j += SPECIES.length()) {
        FloatVector a = FloatVector.fromArray(SPECIES, x, at + j);
        FloatVector b = FloatVector.fromArray(SPECIES, x, at + half + j);
        FloatVector cosine = FloatVector.fromArray(SPECIES, cosines, angles + j);
        FloatVector sine = FloatVector.fromArray(SPECIES, sines, angles + j).mul(sign);
        a.mul(cosine).sub(b.mul(sine)).intoArray(x, at + j);
        b.mul(cosine).add(a.mul(sine)).intoArray(x, at + half + j);
      }
      return bound;
    }
  }
}
