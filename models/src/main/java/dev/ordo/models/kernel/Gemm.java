package dev.ordo.models.kernel;

/**
 * Matrix product on column panels: C = D + A·B, where B is cut into panels one or two vectors wide.
 *
 * <p>As in Goto and van de Geijn, <a href="https://doi.org/10.1145/1356052.1356053">Anatomy of
 * High-Performance Matrix Multiplication</a> (2008): a piece of a panel short enough for the
 * first-level cache is kept there while all rows of A pass by, and a small tile of C is kept in
 * registers. Deviation: A is read in place and not packed, for nothing may be allocated here.
 */
final class Gemm {

  /** The number of floats in a vector; all panel widths are once or twice this. */
  static final int LANES = Lanes.COUNT;

  /** The width of a panel two vectors wide. */
  static final int PANEL = 2 * LANES;

  /**
   * Steps over the inner dimension at a time: 256 rows of a panel 2·16 floats wide are 32 KiB, two
   * thirds of a first-level cache of 48 KiB.
   */
  private static final int DEPTH = 256;

  /** AVX2 has 16 vector registers: 8 rows × 2 sums would not fit. */
  private static final boolean EIGHT_ROWS = LANES != 8;

  private Gemm() {}

  /**
   * Computes the columns of one panel for all rows of A.
   *
   * @param vectors the width of the panel in vectors, 1 or 2
   * @param a A, shape (rows, inner), {@code aStride} floats from row to row
   * @param b the panel of B, shape (inner, vectors·LANES), row-major
   * @param d D, shape (rows, vectors·LANES), {@code dStride} floats from row to row, 0 to use one
   *     row for all
   * @param c C, shape (rows, vectors·LANES), {@code cStride} floats from row to row; overwritten;
   *     may be D, must not overlap A or B
   * @throws IndexOutOfBoundsException if an operand does not lie within its array
   */
  static void panel(
      int vectors,
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int k = 0;
    do {
      int depth = Math.min(DEPTH, inner - k);
      int bk = bOffset + k * vectors * LANES;
      if (k == 0) {
        rows(
            vectors, a, aOffset, aStride, rows, b, bk, depth, d, dOffset, dStride, c, cOffset,
            cStride);
      } else {
        rows(
            vectors,
            a,
            aOffset + k,
            aStride,
            rows,
            b,
            bk,
            depth,
            c,
            cOffset,
            cStride,
            c,
            cOffset,
            cStride);
      }
      k += depth;
    } while (k < inner);
  }

  private static void rows(
      int vectors,
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    if (!Lanes.VECTORS) {
      plain(
          vectors * LANES,
          a,
          aOffset,
          aStride,
          rows,
          b,
          bOffset,
          inner,
          d,
          dOffset,
          dStride,
          c,
          cOffset,
          cStride);
      return;
    }
    int r = 0;
    if (EIGHT_ROWS) {
      for (; r < rows - 7; r += 8) {
        int ar = aOffset + r * aStride;
        int dr = dOffset + r * dStride;
        int cr = cOffset + r * cStride;
        if (vectors == 2) {
          Tile.rows8x2(a, ar, aStride, b, bOffset, inner, d, dr, dStride, c, cr, cStride);
        } else {
          Tile.rows8x1(a, ar, aStride, b, bOffset, inner, d, dr, dStride, c, cr, cStride);
        }
      }
    }
    for (; r < rows - 3; r += 4) {
      int ar = aOffset + r * aStride;
      int dr = dOffset + r * dStride;
      int cr = cOffset + r * cStride;
      if (vectors == 2) {
        Tile.rows4x2(a, ar, aStride, b, bOffset, inner, d, dr, dStride, c, cr, cStride);
      } else {
        Tile.rows4x1(a, ar, aStride, b, bOffset, inner, d, dr, dStride, c, cr, cStride);
      }
    }
    for (; r < rows; r++) {
      int ar = aOffset + r * aStride;
      int dr = dOffset + r * dStride;
      int cr = cOffset + r * cStride;
      if (vectors == 2) {
        Tile.rows1x2(a, ar, b, bOffset, inner, d, dr, c, cr);
      } else {
        Tile.rows1x1(a, ar, b, bOffset, inner, d, dr, c, cr);
      }
    }
  }

  /** Four sums are in flight: one addition has to wait for the one before. */
  private static void plain(
      int width,
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    for (int r = 0; r < rows; r++) {
      int row = aOffset + r * aStride;
      for (int j = 0; j < width; j += 4) {
        int dj = dOffset + r * dStride + j;
        float s0 = d[dj];
        float s1 = d[dj + 1];
        float s2 = d[dj + 2];
        float s3 = d[dj + 3];
        for (int k = 0; k < inner; k++) {
          int bk = bOffset + k * width + j;
          float x = a[row + k];
          s0 += x * b[bk];
          s1 += x * b[bk + 1];
          s2 += x * b[bk + 2];
          s3 += x * b[bk + 3];
        }
        int cj = cOffset + r * cStride + j;
        c[cj] = s0;
        c[cj + 1] = s1;
        c[cj + 2] = s2;
        c[cj + 3] = s3;
      }
    }
  }
}
