package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * The general matrix product, C = op(A)·op(B) or C ← C + op(A)·op(B), where op(X) is X or its
 * transpose.
 *
 * <p>As in Goto and van de Geijn, <a href="https://doi.org/10.1145/1356052.1356053">Anatomy of
 * High-Performance Matrix Multiplication</a> (2008): a block of B is copied into panels two vectors
 * wide and a block of A into strips of a few rows, both padded with zeros; one panel at a time
 * stays in the first-level cache while the strips pass by from the second. Blocks are copied into
 * memory that each thread keeps for its next product. Very few rows of C are not worth the copies:
 * {@link ThinProduct} does those.
 *
 * <p>Every element of C is the sum of the same products in the same order, however many {@link
 * Workers} there are.
 */
public final class Product {

  /** Columns of op(A) and rows of op(B) in a block: a panel 2·16 floats wide has 32 KiB. */
  private static final int DEPTH = 256;

  /** Columns of op(B) in a block, 2 MiB. */
  private static final int COLUMNS = 2048;

  /** Rows of op(A) in a block, 256 KiB. */
  private static final int ROWS = 256;

  private static final int STRIP = Strips.HEIGHT;

  private static final int PANEL = Gemm.PANEL;

  private static final ThreadLocal<Product> BLOCKS = ThreadLocal.withInitial(Product::new);

  /** Shape (panels, depth, PANEL). */
  private float[] packedB = {};

  /** Shape (strips, depth, STRIP). */
  private float[] packedA = {};

  /** A tile of which only a part lies in C, shape (STRIP, PANEL). */
  private final float[] edge = new float[STRIP * PANEL];

  private Product() {}

  /**
   * Multiplies two matrices. Allocates nothing once this thread has multiplied matrices as large.
   *
   * @param transposeA whether A is stored transposed
   * @param transposeB whether B is stored transposed
   * @param m the number of rows of C and of op(A)
   * @param n the number of columns of C and of op(B)
   * @param k the number of columns of op(A) and of rows of op(B); 0 gives a sum of nothing
   * @param a A, row-major, shape (m, k), or (k, m) if it is transposed; not modified
   * @param aOffset where A begins in its array
   * @param aStride floats from row to row of A as it is stored
   * @param b B, row-major, shape (k, n), or (n, k) if it is transposed; not modified
   * @param bOffset where B begins in its array
   * @param bStride floats from row to row of B as it is stored
   * @param accumulate whether the product is added to C or replaces it
   * @param c C, row-major, shape (m, n); must not overlap A or B
   * @param cOffset where C begins in its array
   * @param cStride floats from row to row of C
   * @throws IllegalArgumentException if m, n or k is negative, or a stride is less than a row
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
    checkSize("m", m);
    checkSize("n", n);
    checkSize("k", k);
    check("a", transposeA ? k : m, transposeA ? m : k, a, aOffset, aStride);
    check("b", transposeB ? n : k, transposeB ? k : n, b, bOffset, bStride);
    check("c", m, n, c, cOffset, cStride);
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      for (int r = 0; r < m && !accumulate; r++) {
        Arrays.fill(c, cOffset + r * cStride, cOffset + r * cStride + n, 0);
      }
      return;
    }
    if (m <= ThinProduct.ROWS) {
      ThinProduct.apply(
          transposeA,
          transposeB,
          m,
          n,
          k,
          a,
          aOffset,
          aStride,
          b,
          bOffset,
          bStride,
          accumulate,
          c,
          cOffset,
          cStride);
      return;
    }
    boolean byRows = m >= n;
    int most = byRows ? (m + STRIP - 1) / STRIP : (n + PANEL - 1) / PANEL;
    int parts = Workers.parts(2.0 * m * n * k, most);
    if (parts == 1) {
      BLOCKS
          .get()
          .multiply(
              transposeA,
              transposeB,
              m,
              n,
              k,
              a,
              aOffset,
              aStride,
              b,
              bOffset,
              bStride,
              accumulate,
              c,
              cOffset,
              cStride);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int i = byRows ? Workers.start(part, parts, m, STRIP) : 0;
          int rows = byRows ? Workers.start(part + 1, parts, m, STRIP) - i : m;
          int j = byRows ? 0 : Workers.start(part, parts, n, PANEL);
          int columns = byRows ? n : Workers.start(part + 1, parts, n, PANEL) - j;
          BLOCKS
              .get()
              .multiply(
                  transposeA,
                  transposeB,
                  rows,
                  columns,
                  k,
                  a,
                  aOffset + (transposeA ? i : i * aStride),
                  aStride,
                  b,
                  bOffset + (transposeB ? j * bStride : j),
                  bStride,
                  accumulate,
                  c,
                  cOffset + i * cStride + j,
                  cStride);
        });
  }

  private void multiply(
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
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      boolean add = accumulate || p > 0;
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        int bFrom = bOffset + (transposeB ? j * bStride + p : p * bStride + j);
        packedB = Strips.pack(!transposeB, b, bFrom, bStride, depth, columns, PANEL, packedB);
        for (int i = 0; i < m; i += ROWS) {
          int rows = Math.min(ROWS, m - i);
          int aFrom = aOffset + (transposeA ? p * aStride + i : i * aStride + p);
          packedA = Strips.pack(transposeA, a, aFrom, aStride, depth, rows, STRIP, packedA);
          block(rows, columns, depth, add, c, cOffset + i * cStride + j, cStride);
        }
      }
    }
  }

  /** Multiplies the packed blocks. */
  private void block(
      int rows, int columns, int depth, boolean add, float[] c, int cOffset, int cStride) {
    for (int j = 0; j < columns; j += PANEL) {
      int panel = j * depth;
      int width = Math.min(PANEL, columns - j);
      for (int i = 0; i < rows; i += STRIP) {
        int strip = i * depth;
        int height = Math.min(STRIP, rows - i);
        int to = cOffset + i * cStride + j;
        if (width == PANEL && height == STRIP) {
          Strips.multiply(packedA, strip, packedB, panel, depth, add, c, to, cStride);
        } else {
          Strips.multiply(packedA, strip, packedB, panel, depth, false, edge, 0, PANEL);
          for (int r = 0; r < height; r++) {
            for (int s = 0; s < width; s++) {
              float sum = edge[r * PANEL + s];
              c[to + r * cStride + s] = add ? sum + c[to + r * cStride + s] : sum;
            }
          }
        }
      }
    }
  }

  private static void checkSize(String name, int size) {
    if (size < 0) {
      throw new IllegalArgumentException(name + " (" + size + ") must not be negative");
    }
  }

  private static void check(
      String name, int rows, int columns, float[] array, int offset, int stride) {
    if (stride < columns) {
      throw new IllegalArgumentException(
          name + "Stride (" + stride + ") must be at least " + columns);
    }
    if (rows == 0 || columns == 0) {
      return;
    }
    long end = offset + (rows - 1L) * stride + columns;
    if (offset < 0 || end > array.length) {
      throw new IndexOutOfBoundsException(
          name + " (" + offset + ".." + end + ") must lie in its array of " + array.length);
    }
  }
}
