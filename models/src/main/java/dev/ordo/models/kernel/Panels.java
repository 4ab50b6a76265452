package dev.ordo.models.kernel;

/**
 * The right factor B of products C = D + A·B, copied into panels once and then multiplied often.
 *
 * <p>{@link Product} copies its right factor anew each time, which for a few rows of A costs more
 * than the product itself; {@link Linear} keeps memory of its own. Panels lie in memory that a
 * caller lends.
 */
public final class Panels {

  private final int in;
  private final int out;

  /** B in panels, one after the other, each (in, width of the panel) row-major. */
  private final float[] packed;

  /**
   * Packs a matrix.
   *
   * @param transposed whether it is stored transposed
   * @param in the number of rows of B
   * @param out the number of columns of B
   * @param b B, shape (in, out), or (out, in) if it is transposed; row-major from index 0, not
   *     modified
   * @param memory where the panels go; {@link #size} floats, not to be modified while the panels
   *     are in use
   * @throws IllegalArgumentException if a size is not positive or an array is too short
   */
  public Panels(boolean transposed, int in, int out, float[] b, float[] memory) {
    if (in < 1 || out < 1 || b.length < (long) in * out || memory.length < size(in, out)) {
      throw new IllegalArgumentException(
          "in ("
              + in
              + ") and out ("
              + out
              + ") must be positive and fit b ("
              + b.length
              + " values) and memory ("
              + memory.length
              + ")");
    }
    this.in = in;
    this.out = out;
    packed = memory;
    int next = 0;
    for (int column = 0, width; column < out; column += width, next += in * width) {
      width = width(column, out);
      int first = Math.min(column, out - width);
      if (transposed) {
        for (int j = 0; j < width; j++) {
          for (int i = 0; i < in; i++) {
            packed[next + i * width + j] = b[(first + j) * in + i];
          }
        }
      } else {
        for (int i = 0; i < in; i++) {
          System.arraycopy(b, i * out + first, packed, next + i * width, width);
        }
      }
    }
  }

  /**
   * Returns the floats that the panels of a matrix take.
   *
   * @param in the number of rows of B
   * @param out the number of columns of B
   * @throws IllegalArgumentException if they are 2³¹ or more
   */
  public static int size(int in, int out) {
    long columns = 0;
    for (int column = 0, width; column < out; column += width) {
      width = width(column, out);
      columns += width;
    }
    if (in * columns > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("in × out (" + in * columns + ") must be less than 2³¹");
    }
    return (int) (in * columns);
  }

  /** Returns the width of the panel that begins with the first column not yet covered. */
  private static int width(int column, int out) {
    if (out < Gemm.LANES) {
      return out;
    }
    return out < Gemm.PANEL || out - column <= Gemm.LANES ? Gemm.LANES : Gemm.PANEL;
  }

  /**
   * Computes C = D + A·B. Allocates nothing.
   *
   * @param a A, shape (rows, in) from {@code aOffset}, {@code aStride} floats from row to row
   * @param rows the number of rows; 0 does nothing
   * @param d D, shape (rows, out) from {@code dOffset}, {@code dStride} floats from row to row, 0
   *     to use one row for all; not modified
   * @param c C, shape (rows, out) from {@code cOffset}, {@code cStride} floats from row to row;
   *     overwritten, must overlap neither A nor D
   * @throws IndexOutOfBoundsException if a matrix does not lie within its array
   */
  public void apply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    if (out < Gemm.LANES) {
      narrow(a, aOffset, aStride, rows, d, dOffset, dStride, c, cOffset, cStride);
      return;
    }
    int panel = 0;
    for (int column = 0, width; column < out; column += width, panel += in * width) {
      width = width(column, out);
      // The last panel is moved back so that it ends with the last column: it computes some columns
      // anew, to the same values.
      int first = Math.min(column, out - width);
      Gemm.panel(
          width / Gemm.LANES,
          a,
          aOffset,
          aStride,
          rows,
          packed,
          panel,
          in,
          d,
          dOffset + first,
          dStride,
          c,
          cOffset + first,
          cStride);
    }
  }

  /** Fewer columns than a vector has lanes: the only panel is B itself. */
  private void narrow(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        float sum = d[dOffset + r * dStride + o];
        for (int i = 0; i < in; i++) {
          sum += a[aOffset + r * aStride + i] * packed[i * out + o];
        }
        c[cOffset + r * cStride + o] = sum;
      }
    }
  }
}
