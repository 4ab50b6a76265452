package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The copies behind {@link Strips#pack}, by vectors. Copying single floats takes as long as all the
 * products that a strip is used for where a matrix is narrow.
 *
 * <p>All vectors are of the preferred width, also where half of one would do: a second width in the
 * same JVM makes JDK 17 box the vectors of all other kernels.
 */
final class StripCopies {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;
  private static final int HEIGHT = Strips.HEIGHT;

  private StripCopies() {}

  /** Copies {@code depth} rows of a panel's width. */
  static void panel(float[] x, int from, int stride, int depth, float[] to, int first) {
    for (int p = 0; p < depth; p++) {
      int row = from + p * stride;
      int at = first + p * PANEL;
      for (int i = 0; i < PANEL; i += LANES) {
        FloatVector.fromArray(SPECIES, x, row + i).intoArray(to, at + i);
      }
    }
  }

  /**
   * Copies rows of a strip's height. What a vector has beyond them is overwritten by the next row.
   *
   * @return how many of the {@code depth} rows were copied: all but the last, unless x ends before
   *     a vector does
   */
  static int strip(float[] x, int from, int stride, int depth, float[] to, int first) {
    int last = x.length - Math.max(LANES, HEIGHT);
    int p = 0;
    for (int row = from; p < depth - 1 && row <= last; p++, row += stride) {
      int at = first + p * HEIGHT;
      for (int i = 0; i < HEIGHT; i += LANES) {
        FloatVector.fromArray(SPECIES, x, row + i).intoArray(to, at + i);
      }
    }
    return p;
  }

  /**
   * Copies a strip's height of rows of x into as many columns.
   *
   * @return how many of the {@code depth} columns of x were copied: whole vectors, if a strip is
   *     half a vector of 16 high
   */
  static int transposed(float[] x, int from, int stride, int depth, float[] to, int first) {
    return LANES == 16 ? Squares.transpose(x, from, stride, depth, to, first) : 0;
  }

  /**
   * Copies a panel's width of rows of x into as many columns.
   *
   * @return how many of the {@code depth} columns of x were copied: whole vectors, of 16 floats
   *     only
   */
  static int transposedPanel(float[] x, int from, int stride, int depth, float[] to, int first) {
    if (LANES != 16) {
      return 0;
    }
    Squares.transposePanel(x, from, stride, depth, to, first);
    return Squares.transposePanel(x, from + LANES * stride, stride, depth, to, first + LANES);
  }

  /**
   * Squares of a matrix, mirrored at their diagonals: vectors exchange halves, quarters and so on
   * down to single lanes, a permutation and a selection each.
   */
  private static final class Squares {

    private static final VectorShuffle<Float> SWAP8 = VectorShuffle.fromOp(SPECIES, i -> i ^ 8);
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(SPECIES, i -> i ^ 4);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(SPECIES, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(SPECIES, i -> i ^ 1);
    private static final VectorMask<Float> LOW8 = VectorMask.fromLong(SPECIES, 0x00ff);
    private static final VectorMask<Float> HIGH8 = VectorMask.fromLong(SPECIES, 0xff00);
    private static final VectorMask<Float> LOW4 = VectorMask.fromLong(SPECIES, 0x0f0f);
    private static final VectorMask<Float> HIGH4 = VectorMask.fromLong(SPECIES, 0xf0f0);
    private static final VectorMask<Float> LOW2 = VectorMask.fromLong(SPECIES, 0x3333);
    private static final VectorMask<Float> HIGH2 = VectorMask.fromLong(SPECIES, 0xcccc);
    private static final VectorMask<Float> LOW1 = VectorMask.fromLong(SPECIES, 0x5555);
    private static final VectorMask<Float> HIGH1 = VectorMask.fromLong(SPECIES, 0xaaaa);

    /** Eight rows of 16 columns, into a strip. */
    static int transpose(float[] x, int from, int stride, int depth, float[] to, int first) {
      int whole = depth / LANES * LANES;
      for (int p = 0; p < whole; p += LANES) {
        int row = from + p;
        FloatVector r0 = FloatVector.fromArray(SPECIES, x, row);
        FloatVector r1 = FloatVector.fromArray(SPECIES, x, row + stride);
        FloatVector r2 = FloatVector.fromArray(SPECIES, x, row + 2 * stride);
        FloatVector r3 = FloatVector.fromArray(SPECIES, x, row + 3 * stride);
        FloatVector r4 = FloatVector.fromArray(SPECIES, x, row + 4 * stride);
        FloatVector r5 = FloatVector.fromArray(SPECIES, x, row + 5 * stride);
        FloatVector r6 = FloatVector.fromArray(SPECIES, x, row + 6 * stride);
        FloatVector r7 = FloatVector.fromArray(SPECIES, x, row + 7 * stride);
        FloatVector a0 = r0.blend(r4.rearrange(SWAP4), HIGH4);
        FloatVector a4 = r4.blend(r0.rearrange(SWAP4), LOW4);
        FloatVector a1 = r1.blend(r5.rearrange(SWAP4), HIGH4);
        FloatVector a5 = r5.blend(r1.rearrange(SWAP4), LOW4);
        FloatVector a2 = r2.blend(r6.rearrange(SWAP4), HIGH4);
        FloatVector a6 = r6.blend(r2.rearrange(SWAP4), LOW4);
        FloatVector a3 = r3.blend(r7.rearrange(SWAP4), HIGH4);
        FloatVector a7 = r7.blend(r3.rearrange(SWAP4), LOW4);
        FloatVector b0 = a0.blend(a2.rearrange(SWAP2), HIGH2);
        FloatVector b2 = a2.blend(a0.rearrange(SWAP2), LOW2);
        FloatVector b1 = a1.blend(a3.rearrange(SWAP2), HIGH2);
        FloatVector b3 = a3.blend(a1.rearrange(SWAP2), LOW2);
        FloatVector b4 = a4.blend(a6.rearrange(SWAP2), HIGH2);
        FloatVector b6 = a6.blend(a4.rearrange(SWAP2), LOW2);
        FloatVector b5 = a5.blend(a7.rearrange(SWAP2), HIGH2);
        FloatVector b7 = a7.blend(a5.rearrange(SWAP2), LOW2);
        FloatVector c0 = b0.blend(b1.rearrange(SWAP1), HIGH1);
        FloatVector c1 = b1.blend(b0.rearrange(SWAP1), LOW1);
        FloatVector c2 = b2.blend(b3.rearrange(SWAP1), HIGH1);
        FloatVector c3 = b3.blend(b2.rearrange(SWAP1), LOW1);
        FloatVector c4 = b4.blend(b5.rearrange(SWAP1), HIGH1);
        FloatVector c5 = b5.blend(b4.rearrange(SWAP1), LOW1);
        FloatVector c6 = b6.blend(b7.rearrange(SWAP1), HIGH1);
        FloatVector c7 = b7.blend(b6.rearrange(SWAP1), LOW1);
        int at = first + p * HEIGHT;
        c0.blend(c1.rearrange(SWAP8), HIGH8).intoArray(to, at);
        c1.blend(c0.rearrange(SWAP8), LOW8).intoArray(to, at + 8 * HEIGHT);
        c2.blend(c3.rearrange(SWAP8), HIGH8).intoArray(to, at + 2 * HEIGHT);
        c3.blend(c2.rearrange(SWAP8), LOW8).intoArray(to, at + 10 * HEIGHT);
        c4.blend(c5.rearrange(SWAP8), HIGH8).intoArray(to, at + 4 * HEIGHT);
        c5.blend(c4.rearrange(SWAP8), LOW8).intoArray(to, at + 12 * HEIGHT);
        c6.blend(c7.rearrange(SWAP8), HIGH8).intoArray(to, at + 6 * HEIGHT);
        c7.blend(c6.rearrange(SWAP8), LOW8).intoArray(to, at + 14 * HEIGHT);
      }
      return whole;
    }

    /** Sixteen rows of 16 columns, into columns of a panel. */
    static int transposePanel(float[] x, int from, int stride, int depth, float[] to, int first) {
      int whole = depth / LANES * LANES;
      for (int p = 0; p < whole; p += LANES) {
        int row = from + p;
        FloatVector r0 = FloatVector.fromArray(SPECIES, x, row);
        FloatVector r1 = FloatVector.fromArray(SPECIES, x, row + stride);
        FloatVector r2 = FloatVector.fromArray(SPECIES, x, row + 2 * stride);
        FloatVector r3 = FloatVector.fromArray(SPECIES, x, row + 3 * stride);
        FloatVector r4 = FloatVector.fromArray(SPECIES, x, row + 4 * stride);
        FloatVector r5 = FloatVector.fromArray(SPECIES, x, row + 5 * stride);
        FloatVector r6 = FloatVector.fromArray(SPECIES, x, row + 6 * stride);
        FloatVector r7 = FloatVector.fromArray(SPECIES, x, row + 7 * stride);
        FloatVector r8 = FloatVector.fromArray(SPECIES, x, row + 8 * stride);
        FloatVector r9 = FloatVector.fromArray(SPECIES, x, row + 9 * stride);
        FloatVector r10 = FloatVector.fromArray(SPECIES, x, row + 10 * stride);
        FloatVector r11 = FloatVector.fromArray(SPECIES, x, row + 11 * stride);
        FloatVector r12 = FloatVector.fromArray(SPECIES, x, row + 12 * stride);
        FloatVector r13 = FloatVector.fromArray(SPECIES, x, row + 13 * stride);
        FloatVector r14 = FloatVector.fromArray(SPECIES, x, row + 14 * stride);
        FloatVector r15 = FloatVector.fromArray(SPECIES, x, row + 15 * stride);
        FloatVector a0 = r0.blend(r8.rearrange(SWAP8), HIGH8);
        FloatVector a8 = r8.blend(r0.rearrange(SWAP8), LOW8);
        FloatVector a1 = r1.blend(r9.rearrange(SWAP8), HIGH8);
        FloatVector a9 = r9.blend(r1.rearrange(SWAP8), LOW8);
        FloatVector a2 = r2.blend(r10.rearrange(SWAP8), HIGH8);
        FloatVector a10 = r10.blend(r2.rearrange(SWAP8), LOW8);
        FloatVector a3 = r3.blend(r11.rearrange(SWAP8), HIGH8);
        FloatVector a11 = r11.blend(r3.rearrange(SWAP8), LOW8);
        FloatVector a4 = r4.blend(r12.rearrange(SWAP8), HIGH8);
        FloatVector a12 = r12.blend(r4.rearrange(SWAP8), LOW8);
        FloatVector a5 = r5.blend(r13.rearrange(SWAP8), HIGH8);
        FloatVector a13 = r13.blend(r5.rearrange(SWAP8), LOW8);
        FloatVector a6 = r6.blend(r14.rearrange(SWAP8), HIGH8);
        FloatVector a14 = r14.blend(r6.rearrange(SWAP8), LOW8);
        FloatVector a7 = r7.blend(r15.rearrange(SWAP8), HIGH8);
        FloatVector a15 = r15.blend(r7.rearrange(SWAP8), LOW8);
        FloatVector b0 = a0.blend(a4.rearrange(SWAP4), HIGH4);
        FloatVector b4 = a4.blend(a0.rearrange(SWAP4), LOW4);
        FloatVector b1 = a1.blend(a5.rearrange(SWAP4), HIGH4);
        FloatVector b5 = a5.blend(a1.rearrange(SWAP4), LOW4);
        FloatVector b2 = a2.blend(a6.rearrange(SWAP4), HIGH4);
        FloatVector b6 = a6.blend(a2.rearrange(SWAP4), LOW4);
        FloatVector b3 = a3.blend(a7.rearrange(SWAP4), HIGH4);
        FloatVector b7 = a7.blend(a3.rearrange(SWAP4), LOW4);
        FloatVector b8 = a8.blend(a12.rearrange(SWAP4), HIGH4);
        FloatVector b12 = a12.blend(a8.rearrange(SWAP4), LOW4);
        FloatVector b9 = a9.blend(a13.rearrange(SWAP4), HIGH4);
        FloatVector b13 = a13.blend(a9.rearrange(SWAP4), LOW4);
        FloatVector b10 = a10.blend(a14.rearrange(SWAP4), HIGH4);
        FloatVector b14 = a14.blend(a10.rearrange(SWAP4), LOW4);
        FloatVector b11 = a11.blend(a15.rearrange(SWAP4), HIGH4);
        FloatVector b15 = a15.blend(a11.rearrange(SWAP4), LOW4);
        FloatVector c0 = b0.blend(b2.rearrange(SWAP2), HIGH2);
        FloatVector c2 = b2.blend(b0.rearrange(SWAP2), LOW2);
        FloatVector c1 = b1.blend(b3.rearrange(SWAP2), HIGH2);
        FloatVector c3 = b3.blend(b1.rearrange(SWAP2), LOW2);
        FloatVector c4 = b4.blend(b6.rearrange(SWAP2), HIGH2);
        FloatVector c6 = b6.blend(b4.rearrange(SWAP2), LOW2);
        FloatVector c5 = b5.blend(b7.rearrange(SWAP2), HIGH2);
        FloatVector c7 = b7.blend(b5.rearrange(SWAP2), LOW2);
        FloatVector c8 = b8.blend(b10.rearrange(SWAP2), HIGH2);
        FloatVector c10 = b10.blend(b8.rearrange(SWAP2), LOW2);
        FloatVector c9 = b9.blend(b11.rearrange(SWAP2), HIGH2);
        FloatVector c11 = b11.blend(b9.rearrange(SWAP2), LOW2);
        FloatVector c12 = b12.blend(b14.rearrange(SWAP2), HIGH2);
        FloatVector c14 = b14.blend(b12.rearrange(SWAP2), LOW2);
        FloatVector c13 = b13.blend(b15.rearrange(SWAP2), HIGH2);
        FloatVector c15 = b15.blend(b13.rearrange(SWAP2), LOW2);
        int at = first + p * PANEL;
        c0.blend(c1.rearrange(SWAP1), HIGH1).intoArray(to, at);
        c1.blend(c0.rearrange(SWAP1), LOW1).intoArray(to, at + PANEL);
        c2.blend(c3.rearrange(SWAP1), HIGH1).intoArray(to, at + 2 * PANEL);
        c3.blend(c2.rearrange(SWAP1), LOW1).intoArray(to, at + 3 * PANEL);
        c4.blend(c5.rearrange(SWAP1), HIGH1).intoArray(to, at + 4 * PANEL);
        c5.blend(c4.rearrange(SWAP1), LOW1).intoArray(to, at + 5 * PANEL);
        c6.blend(c7.rearrange(SWAP1), HIGH1).intoArray(to, at + 6 * PANEL);
        c7.blend(c6.rearrange(SWAP1), LOW1).intoArray(to, at + 7 * PANEL);
        c8.blend(c9.rearrange(SWAP1), HIGH1).intoArray(to, at + 8 * PANEL);
        c9.blend(c8.rearrange(SWAP1), LOW1).intoArray(to, at + 9 * PANEL);
        c10.blend(c11.rearrange(SWAP1), HIGH1).intoArray(to, at + 10 * PANEL);
        c11.blend(c10.rearrange(SWAP1), LOW1).intoArray(to, at + 11 * PANEL);
        c12.blend(c13.rearrange(SWAP1), HIGH1).intoArray(to, at + 12 * PANEL);
        c13.blend(c12.rearrange(SWAP1), LOW1).intoArray(to, at + 13 * PANEL);
        c14.blend(c15.rearrange(SWAP1), HIGH1).intoArray(to, at + 14 * PANEL);
        c15.blend(c14.rearrange(SWAP1), LOW1).intoArray(to, at + 15 * PANEL);
      }
      return whole;
    }
  }
}
