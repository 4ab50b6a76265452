package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Root-mean-square normalisation, y = w · x ÷ √(mean(x²) + ε) (Zhang and Sennrich, 2019, equation
 * 4). Immutable.
 */
public final class RmsNorm {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

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
    int width = weight.length;
    for (int r = 0; r < rows; r++) {
      int from = xOffset + r * width;
      int to = yOffset + r * width;
      float scale = (float) (1 / Math.sqrt(squares(x, from) / width + epsilon));
      int i = 0;
      for (; i <= width - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, from + i)
            .mul(scale)
            .mul(FloatVector.fromArray(SPECIES, weight, i))
            .intoArray(y, to + i);
      }
      for (; i < width; i++) {
        y[to + i] = x[from + i] * scale * weight[i];
      }
    }
  }

  private float squares(float[] x, int from) {
    int width = weight.length;
    FloatVector sums = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i <= width - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, from + i);
      sums = v.fma(v, sums);
    }
    float sum = sums.reduceLanes(VectorOperators.ADD);
    for (; i < width; i++) {
      sum += x[from + i] * x[from + i];
    }
    return sum;
  }
}
