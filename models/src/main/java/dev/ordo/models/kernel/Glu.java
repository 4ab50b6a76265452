package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The gated linear unit, a · σ(b) (Dauphin, Fan, Auli and Grangier, 2017). */
public final class Glu {

  /** About what one value costs. */
  private static final double OPERATIONS = 25;

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
    int parts = Workers.parts(OPERATIONS * rows * width, rows);
    if (parts == 1) {
      rows(x, 0, rows, width, y, yOffset);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, rows, 1);
          rows(x, from, Workers.start(part + 1, parts, rows, 1), width, y, yOffset);
        });
  }

  private static void rows(float[] x, int from, int to, int width, float[] y, int yOffset) {
    for (int r = from; r < to; r++) {
      int a = r * 2 * width;
      int b = a + width;
      int out = yOffset + r * width;
      int i = Lanes.VECTORS ? Vectors.row(x, a, b, width, y, out) : 0;
      for (; i < width; i++) {
        y[out + i] += (float) (x[a + i] / (1 + Math.exp(-x[b + i])));
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int row(float[] x, int a, int b, int width, float[] y, int out) {
      int i = 0;
      for (; i <= width - LANES; i += LANES) {
        FloatVector negated = FloatVector.fromArray(SPECIES, x, b + i).neg();
        FloatVector.fromArray(SPECIES, x, a + i)
            .div(negated.lanewise(VectorOperators.EXP).add(1))
            .add(FloatVector.fromArray(SPECIES, y, out + i))
            .intoArray(y, out + i);
      }
      return i;
    }
  }
}
