package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of {@link Product}: C = A·B or C ← C + A·B for a few rows and two vectors of
 * columns.
 *
 * <p>A is (inner, rows) and B is (inner, two vectors), both without gaps, for only then do the
 * compilers move the range checks out of the loop; C has {@code cStride} floats from row to row.
 * The sums start from zero and C is read last, so that waiting for it delays no product.
 */
final class ProductTile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;

  private ProductTile() {}

  /** Eight rows of C. */
  static void rows8(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int inner,
      boolean add,
      float[] c,
      int cOffset,
      int cStride) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    FloatVector s40 = FloatVector.zero(SPECIES);
    FloatVector s41 = FloatVector.zero(SPECIES);
    FloatVector s50 = FloatVector.zero(SPECIES);
    FloatVector s51 = FloatVector.zero(SPECIES);
    FloatVector s60 = FloatVector.zero(SPECIES);
    FloatVector s61 = FloatVector.zero(SPECIES);
    FloatVector s70 = FloatVector.zero(SPECIES);
    FloatVector s71 = FloatVector.zero(SPECIES);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 6]);
      s60 = x6.fma(b0, s60);
      s61 = x6.fma(b1, s61);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[aOffset + k * 8 + 7]);
      s70 = x7.fma(b0, s70);
      s71 = x7.fma(b1, s71);
    }
    int c1 = cOffset + cStride;
    int c2 = cOffset + 2 * cStride;
    int c3 = cOffset + 3 * cStride;
    int c4 = cOffset + 4 * cStride;
    int c5 = cOffset + 5 * cStride;
    int c6 = cOffset + 6 * cStride;
    int c7 = cOffset + 7 * cStride;
    if (add) {
      s00.add(FloatVector.fromArray(SPECIES, c, cOffset)).intoArray(c, cOffset);
      s01.add(FloatVector.fromArray(SPECIES, c, cOffset + LANES)).intoArray(c, cOffset + LANES);
      s10.add(FloatVector.fromArray(SPECIES, c, c1)).intoArray(c, c1);
      s11.add(FloatVector.fromArray(SPECIES, c, c1 + LANES)).intoArray(c, c1 + LANES);
      s20.add(FloatVector.fromArray(SPECIES, c, c2)).intoArray(c, c2);
      s21.add(FloatVector.fromArray(SPECIES, c, c2 + LANES)).intoArray(c, c2 + LANES);
      s30.add(FloatVector.fromArray(SPECIES, c, c3)).intoArray(c, c3);
      s31.add(FloatVector.fromArray(SPECIES, c, c3 + LANES)).intoArray(c, c3 + LANES);
      s40.add(FloatVector.fromArray(SPECIES, c, c4)).intoArray(c, c4);
      s41.add(FloatVector.fromArray(SPECIES, c, c4 + LANES)).intoArray(c, c4 + LANES);
      s50.add(FloatVector.fromArray(SPECIES, c, c5)).intoArray(c, c5);
      s51.add(FloatVector.fromArray(SPECIES, c, c5 + LANES)).intoArray(c, c5 + LANES);
      s60.add(FloatVector.fromArray(SPECIES, c, c6)).intoArray(c, c6);
      s61.add(FloatVector.fromArray(SPECIES, c, c6 + LANES)).intoArray(c, c6 + LANES);
      s70.add(FloatVector.fromArray(SPECIES, c, c7)).intoArray(c, c7);
      s71.add(FloatVector.fromArray(SPECIES, c, c7 + LANES)).intoArray(c, c7 + LANES);
    } else {
      s00.intoArray(c, cOffset);
      s01.intoArray(c, cOffset + LANES);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + LANES);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + LANES);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + LANES);
      s40.intoArray(c, c4);
      s41.intoArray(c, c4 + LANES);
      s50.intoArray(c, c5);
      s51.intoArray(c, c5 + LANES);
      s60.intoArray(c, c6);
      s61.intoArray(c, c6 + LANES);
      s70.intoArray(c, c7);
      s71.intoArray(c, c7 + LANES);
    }
  }

  /** Four rows of C. */
  static void rows4(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int inner,
      boolean add,
      float[] c,
      int cOffset,
      int cStride) {
    FloatVector s00 = FloatVector.zero(SPECIES);
    FloatVector s01 = FloatVector.zero(SPECIES);
    FloatVector s10 = FloatVector.zero(SPECIES);
    FloatVector s11 = FloatVector.zero(SPECIES);
    FloatVector s20 = FloatVector.zero(SPECIES);
    FloatVector s21 = FloatVector.zero(SPECIES);
    FloatVector s30 = FloatVector.zero(SPECIES);
    FloatVector s31 = FloatVector.zero(SPECIES);
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, bOffset + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[aOffset + k * 4]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[aOffset + k * 4 + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[aOffset + k * 4 + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[aOffset + k * 4 + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
    }
    int c1 = cOffset + cStride;
    int c2 = cOffset + 2 * cStride;
    int c3 = cOffset + 3 * cStride;
    if (add) {
      s00.add(FloatVector.fromArray(SPECIES, c, cOffset)).intoArray(c, cOffset);
      s01.add(FloatVector.fromArray(SPECIES, c, cOffset + LANES)).intoArray(c, cOffset + LANES);
      s10.add(FloatVector.fromArray(SPECIES, c, c1)).intoArray(c, c1);
      s11.add(FloatVector.fromArray(SPECIES, c, c1 + LANES)).intoArray(c, c1 + LANES);
      s20.add(FloatVector.fromArray(SPECIES, c, c2)).intoArray(c, c2);
      s21.add(FloatVector.fromArray(SPECIES, c, c2 + LANES)).intoArray(c, c2 + LANES);
      s30.add(FloatVector.fromArray(SPECIES, c, c3)).intoArray(c, c3);
      s31.add(FloatVector.fromArray(SPECIES, c, c3 + LANES)).intoArray(c, c3 + LANES);
    } else {
      s00.intoArray(c, cOffset);
      s01.intoArray(c, cOffset + LANES);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + LANES);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + LANES);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + LANES);
    }
  }
}
