package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Root-mean-square normalisation, y = w · x ÷ √(mean(x²) + ε) (Zhang and Sennrich, 2019, equation
 * 4). Immutable.
 */
public final class RmsNorm {

  /** About what one value costs. */
  private static final double OPERATIONS = 5;

  private final float[] weight;
  private final float epsilon;

  /**
   * Makes a normalisation.
   *
   * @param weight w, shape (width), copied
   * @param epsilon ε
   * @throws IllegalArgumentException if epsilon is not positive
   */
  public RmsNorm(float[] weight, float epsilon) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon (" + epsilon + ") must be positive");
    }
    this.weight = weight.clone();
    this.epsilon = epsilon;
  }

  /**
   * Normalises some rows. Allocates nothing.
   *
   * @param x shape (rows, width), row-major, not modified
   * @param xOffset where x begins in its array
   * @param rows the number of rows
   * @param y shape (rows, width), row-major, overwritten; may be x
   * @param yOffset where y begins in its array
   * @throws IndexOutOfBoundsException if x or y does not lie within its array
   */
  public void apply(float[] x, int xOffset, int rows, float[] y, int yOffset) {
    int parts = Workers.parts(OPERATIONS * rows * weight.length, rows);
    if (parts == 1) {
      rows(x, xOffset, 0, rows, y, yOffset);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, rows, 1);
          rows(x, xOffset, from, Workers.start(part + 1, parts, rows, 1), y, yOffset);
        });
  }

  private void rows(float[] x, int xOffset, int first, int end, float[] y, int yOffset) {
    int width = weight.length;
    int whole = Lanes.VECTORS ? width - width % Lanes.COUNT : 0;
    for (int r = first; r < end; r++) {
      int from = xOffset + r * width;
      int to = yOffset + r * width;
      float squares = whole > 0 ? Vectors.squares(x, from, whole) : 0;
      for (int i = whole; i < width; i++) {
        squares += x[from + i] * x[from + i];
      }
      float scale = (float) (1 / Math.sqrt(squares / width + epsilon));
      if (whole > 0) {
        Vectors.scale(x, from, whole, scale, weight, y, to);
      }
      for (int i = whole; i < width; i++) {
        y[to + i] = x[from + i] * scale * weight[i];
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static float squares(float[] x, int from, int length) {
      FloatVector sums = FloatVector.zero(SPECIES);
      for (int i = 0; i < length; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, from + i);
        sums = v.fma(v, sums);
      }
      return sums.reduceLanes(VectorOperators.ADD);
    }

    static void scale(
        float[] x, int from, int length, float scale, float[] weight, float[] y, int to) {
      for (int i = 0; i < length; i += LANES) {
        FloatVector.fromArray(SPECIES, x, from + i)
            .mul(scale)
            .mul(FloatVector.fromArray(SPECIES, weight, i))
            .intoArray(y, to + i);
      }
    }
  }
}
