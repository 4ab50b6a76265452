package dev.ordo.models.kernel;

/**
 * Blocks of a matrix in the order in which a product reads them: a few rows side by side, step by
 * step along the dimension that is summed over.
 */
final class Strips {

  /** Rows of a strip: 8 rows × 2 sums need more vector registers than the 16 of AVX2. */
  static final int HEIGHT = Gemm.LANES == 8 ? 4 : 8;

  private static final int PANEL = Gemm.PANEL;

  private Strips() {}

  /**
   * Multiplies a strip by a panel: C = A·B or C ← C + A·B, shape (HEIGHT, PANEL).
   *
   * @param depth the number of columns of A and of rows of B
   */
  static void multiply(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int depth,
      boolean add,
      float[] c,
      int cOffset,
      int cStride) {
    if (Lanes.VECTORS) {
      if (HEIGHT == 8) {
        ProductTile.rows8(a, aOffset, b, bOffset, depth, add, c, cOffset, cStride);
      } else {
        ProductTile.rows4(a, aOffset, b, bOffset, depth, add, c, cOffset, cStride);
      }
      return;
    }
    for (int r = 0; r < HEIGHT; r++) {
      for (int j = 0; j < PANEL; j += 4) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        for (int p = 0; p < depth; p++) {
          float x = a[aOffset + p * HEIGHT + r];
          int at = bOffset + p * PANEL + j;
          s0 += x * b[at];
          s1 += x * b[at + 1];
          s2 += x * b[at + 2];
          s3 += x * b[at + 3];
        }
        int to = cOffset + r * cStride + j;
        c[to] = add ? c[to] + s0 : s0;
        c[to + 1] = add ? c[to + 1] + s1 : s1;
        c[to + 2] = add ? c[to + 2] + s2 : s2;
        c[to + 3] = add ? c[to + 3] + s3 : s3;
      }
    }
  }

  /**
   * Copies a block of a matrix into strips of shape (depth, width), the last one padded with zeros.
   *
   * @param across whether a row of x runs across the strips; if not, it runs along their depth
   * @param count how many rows or columns the strips have together
   * @param strips where to copy to
   * @return {@code strips}, or a longer array if that was too short
   */
  static float[] pack(
      boolean across,
      float[] x,
      int from,
      int stride,
      int depth,
      int count,
      int width,
      float[] strips) {
    float[] to = atLeast(strips, (count + width - 1) / width * width * depth);
    for (int s = 0; s < count; s += width) {
      int taken = Math.min(width, count - s);
      int first = s * depth;
      if (across) {
        across(x, from + s, stride, depth, taken, width, to, first);
      } else if (taken == width && width % 8 == 0) {
        int row = from + s * stride;
        int done = 0;
        if (Lanes.VECTORS && width == PANEL) {
          done = StripCopies.transposedPanel(x, row, stride, depth, to, first);
        } else if (Lanes.VECTORS && width == HEIGHT) {
          done = StripCopies.transposed(x, row, stride, depth, to, first);
        }
        for (int i = 0; i < width; i += 8) {
          transpose8(x, row + i * stride, stride, done, depth, to, first + i, width);
        }
      } else {
        for (int i = 0; i < width; i++) {
          int row = from + (s + i) * stride;
          for (int p = 0; p < depth; p++) {
            to[first + p * width + i] = i < taken ? x[row + p] : 0;
          }
        }
      }
    }
    return to;
  }

  /** Copies rows of x that run across a strip. */
  private static void across(
      float[] x, int from, int stride, int depth, int taken, int width, float[] to, int first) {
    int p = 0;
    if (Lanes.VECTORS && taken == width) {
      if (width == PANEL) {
        StripCopies.panel(x, from, stride, depth, to, first);
        return;
      }
      p = StripCopies.strip(x, from, stride, depth, to, first);
    }
    for (; p < depth; p++) {
      int at = first + p * width;
      System.arraycopy(x, from + p * stride, to, at, taken);
      for (int i = taken; i < width; i++) {
        to[at + i] = 0;
      }
    }
  }

  /** Copies eight rows of x, from column {@code start} on, into eight neighbouring columns. */
  private static void transpose8(
      float[] x, int from, int stride, int start, int depth, float[] to, int first, int width) {
    int x1 = from + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    int x4 = x3 + stride;
    int x5 = x4 + stride;
    int x6 = x5 + stride;
    int x7 = x6 + stride;
    for (int p = start; p < depth; p++) {
      int at = first + p * width;
      to[at] = x[from + p];
      to[at + 1] = x[x1 + p];
      to[at + 2] = x[x2 + p];
      to[at + 3] = x[x3 + p];
      to[at + 4] = x[x4 + p];
      to[at + 5] = x[x5 + p];
      to[at + 6] = x[x6 + p];
      to[at + 7] = x[x7 + p];
    }
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }
}
