package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The gradient of the gated linear unit y = a · σ(b): da = dy·σ(b), db = dy·a·σ(b)(1 − σ(b)). */
public final class GluGradient {

  private GluGradient() {}

  /**
   * Adds the gradients of some rows. Allocates nothing.
   *
   * @param x shape (rows, 2·width), row-major, each row a then b; not modified
   * @param dy shape (rows, width), row-major, not modified
   * @param rows the number of rows
   * @param width the number of values of a row of y
   * @param dx shape (rows, 2·width), row-major; da and db are added to it
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void add(float[] x, float[] dy, int rows, int width, float[] dx) {
    for (int r = 0; r < rows; r++) {
      int a = r * 2 * width;
      int b = a + width;
      int out = r * width;
      for (int i = Lanes.VECTORS ? Vectors.row(x, dy, a, b, out, width, dx) : 0; i < width; i++) {
        float gate = (float) (1 / (1 + Math.exp(-x[b + i])));
        float da = dy[out + i] * gate;
        dx[a + i] += da;
        dx[b + i] += da * x[a + i] * (1 - gate);
      }
    }
  }

  /** The loop over whole vectors of a row; returns the first value that is left. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int row(float[] x, float[] dy, int a, int b, int out, int width, float[] dx) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int i = 0;
      for (; i <= width - Lanes.COUNT; i += Lanes.COUNT) {
        FloatVector negated = FloatVector.fromArray(SPECIES, x, b + i).neg();
        FloatVector gate = one.div(negated.lanewise(VectorOperators.EXP).add(1));
        FloatVector da = FloatVector.fromArray(SPECIES, dy, out + i).mul(gate);
        FloatVector.fromArray(SPECIES, dx, a + i).add(da).intoArray(dx, a + i);
        FloatVector db = da.mul(FloatVector.fromArray(SPECIES, x, a + i)).mul(one.sub(gate));
        FloatVector.fromArray(SPECIES, dx, b + i).add(db).intoArray(dx, b + i);
      }
      return i;
    }
  }
}
