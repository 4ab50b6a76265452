package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product for so few rows of C that copying B costs more than it saves: each value of B
 * is read in place, once a row.
 */
final class ThinProduct {

  /** The largest number of rows that this is meant for. */
  static final int ROWS = 4;

  private static final ThreadLocal<float[]> ROW = ThreadLocal.withInitial(() -> new float[1024]);

  private ThinProduct() {}

  /** Does what {@link Product#apply} does, for sizes above 0. */
  static void apply(
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
      float[] x = a;
      int from = aOffset + i * aStride;
      if (transposeA) {
        x = row(k);
        from = 0;
        for (int p = 0; p < k; p++) {
          x[p] = a[aOffset + p * aStride + i];
        }
      }
      int to = cOffset + i * cStride;
      if (transposeB) {
        dots(x, from, k, b, bOffset, bStride, n, accumulate, c, to);
      } else {
        sums(x, from, k, b, bOffset, bStride, n, accumulate, c, to);
      }
    }
  }

  private static float[] row(int length) {
    float[] row = ROW.get();
    if (row.length < length) {
      row = new float[length];
      ROW.set(row);
    }
    return row;
  }

  /** Each value of a row of C is the product of a row of op(A) and a row of B. */
  private static void dots(
      float[] x,
      int from,
      int k,
      float[] b,
      int bOffset,
      int bStride,
      int n,
      boolean accumulate,
      float[] c,
      int to) {
    int j = 0;
    if (Lanes.VECTORS) {
      j = Vectors.dots(x, from, k, b, bOffset, bStride, n, accumulate, c, to);
    }
    for (; j < n; j++) {
      int row = bOffset + j * bStride;
      float s0 = 0;
      float s1 = 0;
      int p = 0;
      for (; p < k - 1; p += 2) {
        s0 += x[from + p] * b[row + p];
        s1 += x[from + p + 1] * b[row + p + 1];
      }
      if (p < k) {
        s0 += x[from + p] * b[row + p];
      }
      c[to + j] = accumulate ? c[to + j] + (s0 + s1) : s0 + s1;
    }
  }

  /** A row of C is a sum of rows of B. */
  private static void sums(
      float[] x,
      int from,
      int k,
      float[] b,
      int bOffset,
      int bStride,
      int n,
      boolean accumulate,
      float[] c,
      int to) {
    int first = 0;
    if (Lanes.VECTORS) {
      first = Vectors.sums(x, from, k, b, bOffset, bStride, n, accumulate, c, to);
    }
    for (int j = first; j < n && !accumulate; j++) {
      c[to + j] = 0;
    }
    for (int p = 0; p < k && first < n; p++) {
      float factor = x[from + p];
      int row = bOffset + p * bStride;
      for (int j = first; j < n; j++) {
        c[to + j] += factor * b[row + j];
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Four rows of B at a time, so that their sums do not wait for each other. */
    static int dots(
        float[] x,
        int from,
        int k,
        float[] b,
        int bOffset,
        int bStride,
        int n,
        boolean accumulate,
        float[] c,
        int to) {
      int j = 0;
      for (; j <= n - 4; j += 4) {
        int b0 = bOffset + j * bStride;
        int b1 = b0 + bStride;
        int b2 = b1 + bStride;
        int b3 = b2 + bStride;
        FloatVector v0 = FloatVector.zero(SPECIES);
        FloatVector v1 = FloatVector.zero(SPECIES);
        FloatVector v2 = FloatVector.zero(SPECIES);
        FloatVector v3 = FloatVector.zero(SPECIES);
        int p = 0;
        for (; p <= k - LANES; p += LANES) {
          FloatVector v = FloatVector.fromArray(SPECIES, x, from + p);
          v0 = v.fma(FloatVector.fromArray(SPECIES, b, b0 + p), v0);
          v1 = v.fma(FloatVector.fromArray(SPECIES, b, b1 + p), v1);
          v2 = v.fma(FloatVector.fromArray(SPECIES, b, b2 + p), v2);
          v3 = v.fma(FloatVector.fromArray(SPECIES, b, b3 + p), v3);
        }
        float s0 = v0.reduceLanes(VectorOperators.ADD);
        float s1 = v1.reduceLanes(VectorOperators.ADD);
        float s2 = v2.reduceLanes(VectorOperators.ADD);
        float s3 = v3.reduceLanes(VectorOperators.ADD);
        for (; p < k; p++) {
          float value = x[from + p];
          s0 += value * b[b0 + p];
          s1 += value * b[b1 + p];
          s2 += value * b[b2 + p];
          s3 += value * b[b3 + p];
        }
        c[to + j] = accumulate ? c[to + j] + s0 : s0;
        c[to + j + 1] = accumulate ? c[to + j + 1] + s1 : s1;
        c[to + j + 2] = accumulate ? c[to + j + 2] + s2 : s2;
        c[to + j + 3] = accumulate ? c[to + j + 3] + s3 : s3;
      }
      return j;
    }

    /** Four vectors of columns at a time, then one. */
    static int sums(
        float[] x,
        int from,
        int k,
        float[] b,
        int bOffset,
        int bStride,
        int n,
        boolean accumulate,
        float[] c,
        int to) {
      int j = 0;
      for (; j <= n - 4 * LANES; j += 4 * LANES) {
        FloatVector v0 = FloatVector.zero(SPECIES);
        FloatVector v1 = FloatVector.zero(SPECIES);
        FloatVector v2 = FloatVector.zero(SPECIES);
        FloatVector v3 = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          FloatVector v = FloatVector.broadcast(SPECIES, x[from + p]);
          int row = bOffset + p * bStride + j;
          v0 = v.fma(FloatVector.fromArray(SPECIES, b, row), v0);
          v1 = v.fma(FloatVector.fromArray(SPECIES, b, row + LANES), v1);
          v2 = v.fma(FloatVector.fromArray(SPECIES, b, row + 2 * LANES), v2);
          v3 = v.fma(FloatVector.fromArray(SPECIES, b, row + 3 * LANES), v3);
        }
        int at = to + j;
        if (accumulate) {
          v0.add(FloatVector.fromArray(SPECIES, c, at)).intoArray(c, at);
          v1.add(FloatVector.fromArray(SPECIES, c, at + LANES)).intoArray(c, at + LANES);
          v2.add(FloatVector.fromArray(SPECIES, c, at + 2 * LANES)).intoArray(c, at + 2 * LANES);
          v3.add(FloatVector.fromArray(SPECIES, c, at + 3 * LANES)).intoArray(c, at + 3 * LANES);
        } else {
          v0.intoArray(c, at);
          v1.intoArray(c, at + LANES);
          v2.intoArray(c, at + 2 * LANES);
          v3.intoArray(c, at + 3 * LANES);
        }
      }
      for (; j <= n - LANES; j += LANES) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
          sum =
              FloatVector.broadcast(SPECIES, x[from + p])
                  .fma(FloatVector.fromArray(SPECIES, b, bOffset + p * bStride + j), sum);
        }
        if (accumulate) {
          sum.add(FloatVector.fromArray(SPECIES, c, to + j)).intoArray(c, to + j);
        } else {
          sum.intoArray(c, to + j);
        }
      }
      return j;
    }
  }
}
