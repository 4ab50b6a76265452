package dev.ordo.models.kernel;

import java.util.Arrays;

/** The product of two matrices, either of which may be given transposed. */
public final class Product {

  private Product() {}

  /**
   * Computes C = op(A)·op(B), or adds it to C.
   *
   * @param transposeA whether A is stored as its transpose, shape (k, m) instead of (m, k)
   * @param transposeB whether B is stored as its transpose, shape (n, k) instead of (k, n)
   * @param m rows of C
   * @param n columns of C
   * @param k the inner size; 0 leaves zeros, or C as it is
   * @param a A, row-major with {@code aStride} floats from row to row, not modified
   * @param b B, row-major with {@code bStride} floats from row to row, not modified
   * @param accumulate whether to add to C instead of overwriting it
   * @param c C, shape (m, n), row-major with {@code cStride} floats from row to row; must not
   *     overlap A or B
   * @throws IndexOutOfBoundsException if a matrix does not lie within its array
   */
  public static void apply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      boolean accumulate,
      float[] c,
      int cOffset,
      int cStride) {
    for (int i = 0; i < m; i++) {
      int row = cOffset + i * cStride;
      if (!accumulate) {
        Arrays.fill(c, row, row + n, 0);
      }
      for (int p = 0; p < k; p++) {
        float factor = transposeA ? a[aOffset + p * aStride + i] : a[aOffset + i * aStride + p];
        for (int j = 0; j < n; j++) {
          c[row + j] +=
              factor * (transposeB ? b[bOffset + j * bStride + p] : b[bOffset + p * bStride + j]);
        }
      }
    }
  }
}
