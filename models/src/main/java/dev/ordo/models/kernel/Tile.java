package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of {@link Gemm}: C = D + A·B for a few rows and one or two vectors of
 * columns.
 *
 * <p>The sums live in local variables from the first to the last step over {@code inner}: a vector
 * that left its method would be boxed. A is (rows, inner) with {@code aStride} floats from row to
 * row; B is (inner, one or two vectors) without gaps, for only then do the compilers move the range
 * checks out of the loop; C and D are (rows, one or two vectors). C may be D.
 */
final class Tile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;

  private Tile() {}

  /** Eight rows of C, two vectors wide. */
  static void rows8x2(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = aOffset + 2 * aStride;
    int a3 = aOffset + 3 * aStride;
    int a4 = aOffset + 4 * aStride;
    int a5 = aOffset + 5 * aStride;
    int a6 = aOffset + 6 * aStride;
    int a7 = aOffset + 7 * aStride;
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, dOffset + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dOffset + dStride);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, dOffset + dStride + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride + LANES);
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, dOffset + 4 * dStride);
    FloatVector s41 = FloatVector.fromArray(SPECIES, d, dOffset + 4 * dStride + LANES);
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, dOffset + 5 * dStride);
    FloatVector s51 = FloatVector.fromArray(SPECIES, d, dOffset + 5 * dStride + LANES);
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, dOffset + 6 * dStride);
    FloatVector s61 = FloatVector.fromArray(SPECIES, d, dOffset + 6 * dStride + LANES);
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, dOffset + 7 * dStride);
    FloatVector s71 = FloatVector.fromArray(SPECIES, d, dOffset + 7 * dStride + LANES);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
      s60 = x6.fma(b0, s60);
      s61 = x6.fma(b1, s61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
      s70 = x7.fma(b0, s70);
      s71 = x7.fma(b1, s71);
    }
    s00.intoArray(c, cOffset);
    s01.intoArray(c, cOffset + LANES);
    s10.intoArray(c, cOffset + cStride);
    s11.intoArray(c, cOffset + cStride + LANES);
    s20.intoArray(c, cOffset + 2 * cStride);
    s21.intoArray(c, cOffset + 2 * cStride + LANES);
    s30.intoArray(c, cOffset + 3 * cStride);
    s31.intoArray(c, cOffset + 3 * cStride + LANES);
    s40.intoArray(c, cOffset + 4 * cStride);
    s41.intoArray(c, cOffset + 4 * cStride + LANES);
    s50.intoArray(c, cOffset + 5 * cStride);
    s51.intoArray(c, cOffset + 5 * cStride + LANES);
    s60.intoArray(c, cOffset + 6 * cStride);
    s61.intoArray(c, cOffset + 6 * cStride + LANES);
    s70.intoArray(c, cOffset + 7 * cStride);
    s71.intoArray(c, cOffset + 7 * cStride + LANES);
  }

  /** Four rows of C, two vectors wide. */
  static void rows4x2(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = aOffset + 2 * aStride;
    int a3 = aOffset + 3 * aStride;
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, dOffset + LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dOffset + dStride);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, dOffset + dStride + LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride);
    FloatVector s21 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride + LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride);
    FloatVector s31 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride + LANES);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
    }
    s00.intoArray(c, cOffset);
    s01.intoArray(c, cOffset + LANES);
    s10.intoArray(c, cOffset + cStride);
    s11.intoArray(c, cOffset + cStride + LANES);
    s20.intoArray(c, cOffset + 2 * cStride);
    s21.intoArray(c, cOffset + 2 * cStride + LANES);
    s30.intoArray(c, cOffset + 3 * cStride);
    s31.intoArray(c, cOffset + 3 * cStride + LANES);
  }

  /** One row of C, two vectors wide; 4 partial sums hide the latency of the additions. */
  static void rows1x2(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      float[] c,
      int cOffset) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s01 = FloatVector.fromArray(SPECIES, d, dOffset + LANES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    int k = 0;
    for (; k < inner - 3; k += 4) {
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      s00 = x0.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL), s00);
      s01 = x0.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES), s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOffset + k + 1]);
      s10 = x1.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + PANEL), s10);
      s11 = x1.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + PANEL + LANES), s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOffset + k + 2]);
      s20 = x2.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + 2 * PANEL), s20);
      s21 = x2.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + 2 * PANEL + LANES), s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOffset + k + 3]);
      s30 = x3.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + 3 * PANEL), s30);
      s31 = x3.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + 3 * PANEL + LANES), s31);
    }
    for (; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      s00 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL), s00);
      s01 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES), s01);
    }
    s00.add(s10).add(s20.add(s30)).intoArray(c, cOffset);
    s01.add(s11).add(s21.add(s31)).intoArray(c, cOffset + LANES);
  }

  /** Eight rows of C, one vector wide. */
  static void rows8x1(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = aOffset + 2 * aStride;
    int a3 = aOffset + 3 * aStride;
    int a4 = aOffset + 4 * aStride;
    int a5 = aOffset + 5 * aStride;
    int a6 = aOffset + 6 * aStride;
    int a7 = aOffset + 7 * aStride;
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dOffset + dStride);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride);
    FloatVector s40 = FloatVector.fromArray(SPECIES, d, dOffset + 4 * dStride);
    FloatVector s50 = FloatVector.fromArray(SPECIES, d, dOffset + 5 * dStride);
    FloatVector s60 = FloatVector.fromArray(SPECIES, d, dOffset + 6 * dStride);
    FloatVector s70 = FloatVector.fromArray(SPECIES, d, dOffset + 7 * dStride);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES);
      s00 = FloatVector.broadcast(SPECIES, a[aOffset + k]).fma(b0, s00);
      s10 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(b0, s10);
      s20 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(b0, s20);
      s30 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(b0, s30);
      s40 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(b0, s40);
      s50 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(b0, s50);
      s60 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(b0, s60);
      s70 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(b0, s70);
    }
    s00.intoArray(c, cOffset);
    s10.intoArray(c, cOffset + cStride);
    s20.intoArray(c, cOffset + 2 * cStride);
    s30.intoArray(c, cOffset + 3 * cStride);
    s40.intoArray(c, cOffset + 4 * cStride);
    s50.intoArray(c, cOffset + 5 * cStride);
    s60.intoArray(c, cOffset + 6 * cStride);
    s70.intoArray(c, cOffset + 7 * cStride);
  }

  /** Four rows of C, one vector wide. */
  static void rows4x1(
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride) {
    int a1 = aOffset + aStride;
    int a2 = aOffset + 2 * aStride;
    int a3 = aOffset + 3 * aStride;
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, dOffset + dStride);
    FloatVector s20 = FloatVector.fromArray(SPECIES, d, dOffset + 2 * dStride);
    FloatVector s30 = FloatVector.fromArray(SPECIES, d, dOffset + 3 * dStride);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES);
      s00 = FloatVector.broadcast(SPECIES, a[aOffset + k]).fma(b0, s00);
      s10 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(b0, s10);
      s20 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(b0, s20);
      s30 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(b0, s30);
    }
    s00.intoArray(c, cOffset);
    s10.intoArray(c, cOffset + cStride);
    s20.intoArray(c, cOffset + 2 * cStride);
    s30.intoArray(c, cOffset + 3 * cStride);
  }

  /** One row of C, one vector wide; 8 partial sums hide the latency of the additions. */
  static void rows1x1(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int inner,
      float[] d,
      int dOffset,
      float[] c,
      int cOffset) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, d, dOffset);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    int k = 0;
    for (; k < inner - 7; k += 8) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES);
      s00 = FloatVector.broadcast(SPECIES, a[aOffset + k]).fma(b0, s00);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + LANES);
      s10 = FloatVector.broadcast(SPECIES, a[aOffset + k + 1]).fma(b1, s10);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 2 * LANES);
      s20 = FloatVector.broadcast(SPECIES, a[aOffset + k + 2]).fma(b2, s20);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 3 * LANES);
      s30 = FloatVector.broadcast(SPECIES, a[aOffset + k + 3]).fma(b3, s30);
      FloatVector b4 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 4 * LANES);
      s40 = FloatVector.broadcast(SPECIES, a[aOffset + k + 4]).fma(b4, s40);
      FloatVector b5 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 5 * LANES);
      s50 = FloatVector.broadcast(SPECIES, a[aOffset + k + 5]).fma(b5, s50);
      FloatVector b6 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 6 * LANES);
      s60 = FloatVector.broadcast(SPECIES, a[aOffset + k + 6]).fma(b6, s60);
      FloatVector b7 = FloatVector.fromArray(SPECIES, b, bOffset + k * LANES + 7 * LANES);
      s70 = FloatVector.broadcast(SPECIES, a[aOffset + k + 7]).fma(b7, s70);
    }
    for (; k < inner; k++) {
      FloatVector x = FloatVector.broadcast(SPECIES, a[aOffset + k]);
      s00 = x.fma(FloatVector.fromArray(SPECIES, b, bOffset + k * LANES), s00);
    }
    s00.add(s10).add(s20.add(s30)).add(s40.add(s50).add(s60.add(s70))).intoArray(c, cOffset);
  }
}
