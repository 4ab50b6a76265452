package dev.ordo.models.kernel;

import java.util.Arrays;

/**
 * The general matrix product, C = op(A)·op(B) or C ← C + op(A)·op(B), where op(X) is X or its
 * transpose.
 *
 * <p>As in Goto and van de Geijn, <a href="https://doi.org/10.1145/1356052.1356053">Anatomy of
 * High-Performance Matrix Multiplication</a> (2008): a block of B is copied into panels two vectors
 * wide, one of which at a time stays in the first-level cache while the rows of A pass by. A is
 * read in place; its transpose is copied into rows, a block that fits into the second-level cache
 * at a time.
 *
 * <p>Blocks are copied into memory that each thread keeps for its next product.
 */
public final class Product {

  /** Columns of B in a block: with {@link Gemm#DEPTH} rows 2 MiB. */
  private static final int COLUMNS = 2048;

  /** Rows of A in a block: with {@link Gemm#DEPTH} columns 256 KiB. */
  private static final int ROWS = 256;

  /** A vector more than a row has: rows a power of two apart would evict each other. */
  private static final int ROW_STRIDE = Gemm.DEPTH + Gemm.LANES;

  private static final float[] ZEROS = new float[Gemm.PANEL];

  private static final ThreadLocal<Product> BLOCKS = ThreadLocal.withInitial(Product::new);

  /** Shape (panels, depth, PANEL). */
  private float[] packedB = {};

  /** Shape (rows, ROW_STRIDE). */
  private float[] packedA = {};

  /** The columns of C that do not fill a panel, shape (rows, PANEL). */
  private float[] edge = {};

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
    for (int p = 0; p < k; p += Gemm.DEPTH) {
      int depth = Math.min(Gemm.DEPTH, k - p);
      boolean add = accumulate || p > 0;
      for (int j = 0; j < n; j += COLUMNS) {
        int columns = Math.min(COLUMNS, n - j);
        if (transposeB) {
          packTransposedB(b, bOffset + j * bStride + p, bStride, depth, columns);
        } else {
          packB(b, bOffset + p * bStride + j, bStride, depth, columns);
        }
        for (int i = 0; i < m; i += ROWS) {
          int rows = Math.min(ROWS, m - i);
          int to = cOffset + i * cStride + j;
          if (transposeA) {
            packTransposedA(a, aOffset + p * aStride + i, aStride, depth, rows);
            block(packedA, 0, ROW_STRIDE, rows, depth, columns, add, c, to, cStride);
          } else {
            int from = aOffset + i * aStride + p;
            block(a, from, aStride, rows, depth, columns, add, c, to, cStride);
          }
        }
      }
    }
  }

  /** Multiplies a block of A, row-major, by the packed block of B. */
  private void block(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      int columns,
      boolean add,
      float[] c,
      int cOffset,
      int cStride) {
    int whole = columns - columns % Gemm.PANEL;
    for (int j = 0; j < whole; j += Gemm.PANEL) {
      int cj = cOffset + j;
      Gemm.rows(
          2,
          a,
          aOffset,
          aStride,
          rows,
          packedB,
          j * depth,
          depth,
          add ? c : ZEROS,
          add ? cj : 0,
          add ? cStride : 0,
          c,
          cj,
          cStride);
    }
    int rest = columns - whole;
    if (rest == 0) {
      return;
    }
    edge = atLeast(edge, rows * Gemm.PANEL);
    Arrays.fill(edge, 0, rows * Gemm.PANEL, 0);
    for (int r = 0; r < rows && add; r++) {
      System.arraycopy(c, cOffset + r * cStride + whole, edge, r * Gemm.PANEL, rest);
    }
    Gemm.rows(
        rest > Gemm.LANES ? 2 : 1,
        a,
        aOffset,
        aStride,
        rows,
        packedB,
        whole * depth,
        depth,
        edge,
        0,
        Gemm.PANEL,
        edge,
        0,
        Gemm.PANEL);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(edge, r * Gemm.PANEL, c, cOffset + r * cStride + whole, rest);
    }
  }

  private void packB(float[] b, int from, int stride, int depth, int columns) {
    packedB = atLeast(packedB, (columns + Gemm.PANEL - 1) / Gemm.PANEL * Gemm.PANEL * depth);
    for (int j = 0; j < columns; j += Gemm.PANEL) {
      int width = width(columns - j);
      int taken = Math.min(width, columns - j);
      int to = j * depth;
      for (int p = 0; p < depth; p++, to += width) {
        System.arraycopy(b, from + p * stride + j, packedB, to, taken);
        Arrays.fill(packedB, to + taken, to + width, 0);
      }
    }
  }

  private void packTransposedB(float[] b, int from, int stride, int depth, int columns) {
    packedB = atLeast(packedB, (columns + Gemm.PANEL - 1) / Gemm.PANEL * Gemm.PANEL * depth);
    for (int j = 0; j < columns; j += Gemm.PANEL) {
      int width = width(columns - j);
      int taken = Math.min(width, columns - j);
      int panel = j * depth;
      for (int i = 0; i < taken; i++) {
        int row = from + (j + i) * stride;
        for (int p = 0; p < depth; p++) {
          packedB[panel + p * width + i] = b[row + p];
        }
      }
      for (int i = taken; i < width; i++) {
        for (int p = 0; p < depth; p++) {
          packedB[panel + p * width + i] = 0;
        }
      }
    }
  }

  private void packTransposedA(float[] a, int from, int stride, int depth, int rows) {
    packedA = atLeast(packedA, rows * ROW_STRIDE);
    for (int p = 0; p < depth; p++) {
      int row = from + p * stride;
      for (int i = 0; i < rows; i++) {
        packedA[i * ROW_STRIDE + p] = a[row + i];
      }
    }
  }

  /** Returns the width of a panel that takes in at most {@code columns} columns. */
  private static int width(int columns) {
    return columns > Gemm.LANES ? Gemm.PANEL : Gemm.LANES;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length >= length ? array : new float[length];
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
