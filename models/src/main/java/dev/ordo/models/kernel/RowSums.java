package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the rows of a matrix, such as the gradient of a bias. Split over {@link Workers} by
 * columns.
 */
public final class RowSums {

  /** Columns that the vector loop takes at a time. */
  private static final int UNIT = 4 * Lanes.COUNT;

  private RowSums() {}

  /**
   * Adds all rows of a matrix: y ← y + Σ x[r]. Allocates nothing.
   *
   * @param x shape (rows, columns) from index 0, {@code stride} floats from row to row; not
   *     modified
   * @param rows the number of rows; 0 does nothing
   * @param y shape (columns) from {@code yOffset}, added to; must not overlap x
   * @throws IndexOutOfBoundsException if x or y does not lie within its array
   */
  public static void add(float[] x, int stride, int rows, int columns, float[] y, int yOffset) {
    int parts = Workers.parts((double) rows * columns, (columns + UNIT - 1) / UNIT);
    if (parts == 1) {
      add(x, stride, rows, 0, columns, y, yOffset);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, columns, UNIT);
          add(x, stride, rows, from, Workers.start(part + 1, parts, columns, UNIT), y, yOffset);
        });
  }

  private static void add(
      float[] x, int stride, int rows, int from, int columns, float[] y, int yOffset) {
    for (int i = Lanes.VECTORS ? Vectors.add(x, stride, rows, from, columns, y, yOffset) : from;
        i < columns;
        i++) {
      float sum = y[yOffset + i];
      for (int r = 0; r < rows; r++) {
        sum += x[r * stride + i];
      }
      y[yOffset + i] = sum;
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Four vectors of columns at a time, then one; returns the column that it came to. */
    static int add(
        float[] x, int stride, int rows, int first, int columns, float[] y, int yOffset) {
      int i = first;
      for (; i <= columns - 4 * LANES; i += 4 * LANES) {
        int to = yOffset + i;
        FloatVector s0 = FloatVector.fromArray(SPECIES, y, to);
        FloatVector s1 = FloatVector.fromArray(SPECIES, y, to + LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, y, to + 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, y, to + 3 * LANES);
        for (int r = 0, from = i; r < rows; r++, from += stride) {
          s0 = s0.add(FloatVector.fromArray(SPECIES, x, from));
          s1 = s1.add(FloatVector.fromArray(SPECIES, x, from + LANES));
          s2 = s2.add(FloatVector.fromArray(SPECIES, x, from + 2 * LANES));
          s3 = s3.add(FloatVector.fromArray(SPECIES, x, from + 3 * LANES));
        }
        s0.intoArray(y, to);
        s1.intoArray(y, to + LANES);
        s2.intoArray(y, to + 2 * LANES);
        s3.intoArray(y, to + 3 * LANES);
      }
      for (; i <= columns - LANES; i += LANES) {
        FloatVector sum = FloatVector.fromArray(SPECIES, y, yOffset + i);
        for (int r = 0, from = i; r < rows; r++, from += stride) {
          sum = sum.add(FloatVector.fromArray(SPECIES, x, from));
        }
        sum.intoArray(y, yOffset + i);
      }
      return i;
    }
  }
}
