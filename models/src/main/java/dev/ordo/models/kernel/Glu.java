package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The gated linear unit, a · σ(b) (Dauphin, Fan, Auli and Grangier, 2017). */
public final class Glu {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Glu() {}

  /**
   * Adds the gated linear unit of some rows: y ← y + a · σ(b).
   *
   * @param x shape (rows, 2·width), row-major, each row a then b; not modified
   * @param rows the number of rows
   * @param width the number of values of a row of y
   * @param y shape (rows, width), row-major, overwritten
   * @param yOffset where y begins in its array
   */
  public static void add(float[] x, int rows, int width, float[] y, int yOffset) {
    for (int r = 0; r < rows; r++) {
      int a = r * 2 * width;
      int b = a + width;
      int out = yOffset + r * width;
      int i = 0;
      for (; i <= width - LANES; i += LANES) {
        FloatVector negated = FloatVector.fromArray(SPECIES, x, b + i).neg();
        FloatVector.fromArray(SPECIES, x, a + i)
            .div(negated.lanewise(VectorOperators.EXP).add(1))
            .add(FloatVector.fromArray(SPECIES, y, out + i))
            .intoArray(y, out + i);
      }
      for (; i < width; i++) {
        y[out + i] += (float) (x[a + i] / (1 + Math.exp(-x[b + i])));
      }
    }
  }
}
