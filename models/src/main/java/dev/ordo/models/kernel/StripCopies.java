package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The copies behind {@link Strips#pack}, by vectors: whole rows, and transposed squares.
 *
 * <p>Eight rows are transposed by three exchanges of halves, quarters and eighths, a permutation
 * and a selection each. Copying single floats takes as long as all the products that a strip is
 * used for where a matrix is narrow.
 */
final class StripCopies {

  /** The side of a square that is transposed at once. */
  static final int SIDE = 8;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = 2 * LANES;

  /** As wide as a strip, or half as wide where vectors are short. */
  private static final VectorSpecies<Float> PART =
      LANES < 8
          ? SPECIES
          : VectorSpecies.of(float.class, VectorShape.forBitSize(Float.SIZE * Strips.HEIGHT));

  private StripCopies() {}

  /** Copies {@code depth} rows of {@code width} floats, a strip's height or a panel's width. */
  static void rows(float[] x, int from, int stride, int depth, float[] to, int first, int width) {
    if (width == PANEL) {
      for (int p = 0; p < depth; p++) {
        int row = from + p * stride;
        int at = first + p * PANEL;
        FloatVector.fromArray(SPECIES, x, row).intoArray(to, at);
        FloatVector.fromArray(SPECIES, x, row + LANES).intoArray(to, at + LANES);
      }
      return;
    }
    for (int p = 0; p < depth; p++) {
      int row = from + p * stride;
      int at = first + p * Strips.HEIGHT;
      for (int i = 0; i < Strips.HEIGHT; i += PART.length()) {
        FloatVector.fromArray(PART, x, row + i).intoArray(to, at + i);
      }
    }
  }

  /**
   * Copies eight rows of x into eight neighbouring columns, {@code width} floats from row to row.
   *
   * @return how many columns of x were copied: a multiple of {@link #SIDE}
   */
  static int transposed(
      float[] x, int from, int stride, int depth, float[] to, int first, int width) {
    return LANES < SIDE ? 0 : Squares.transpose(x, from, stride, depth, to, first, width);
  }

  private static final class Squares {

    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> SWAP4 = VectorShuffle.fromOp(EIGHT, i -> i ^ 4);
    private static final VectorShuffle<Float> SWAP2 = VectorShuffle.fromOp(EIGHT, i -> i ^ 2);
    private static final VectorShuffle<Float> SWAP1 = VectorShuffle.fromOp(EIGHT, i -> i ^ 1);
    private static final VectorMask<Float> LOW4 = VectorMask.fromLong(EIGHT, 0b00001111);
    private static final VectorMask<Float> HIGH4 = VectorMask.fromLong(EIGHT, 0b11110000);
    private static final VectorMask<Float> LOW2 = VectorMask.fromLong(EIGHT, 0b00110011);
    private static final VectorMask<Float> HIGH2 = VectorMask.fromLong(EIGHT, 0b11001100);
    private static final VectorMask<Float> LOW1 = VectorMask.fromLong(EIGHT, 0b01010101);
    private static final VectorMask<Float> HIGH1 = VectorMask.fromLong(EIGHT, 0b10101010);

    static int transpose(
        float[] x, int from, int stride, int depth, float[] to, int first, int width) {
      int whole = depth / SIDE * SIDE;
      for (int p = 0; p < whole; p += SIDE) {
        int row = from + p;
        FloatVector r0 = FloatVector.fromArray(EIGHT, x, row);
        FloatVector r1 = FloatVector.fromArray(EIGHT, x, row + stride);
        FloatVector r2 = FloatVector.fromArray(EIGHT, x, row + 2 * stride);
        FloatVector r3 = FloatVector.fromArray(EIGHT, x, row + 3 * stride);
        FloatVector r4 = FloatVector.fromArray(EIGHT, x, row + 4 * stride);
        FloatVector r5 = FloatVector.fromArray(EIGHT, x, row + 5 * stride);
        FloatVector r6 = FloatVector.fromArray(EIGHT, x, row + 6 * stride);
        FloatVector r7 = FloatVector.fromArray(EIGHT, x, row + 7 * stride);
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
        int at = first + p * width;
        b0.blend(b1.rearrange(SWAP1), HIGH1).intoArray(to, at);
        b1.blend(b0.rearrange(SWAP1), LOW1).intoArray(to, at + width);
        b2.blend(b3.rearrange(SWAP1), HIGH1).intoArray(to, at + 2 * width);
        b3.blend(b2.rearrange(SWAP1), LOW1).intoArray(to, at + 3 * width);
        b4.blend(b5.rearrange(SWAP1), HIGH1).intoArray(to, at + 4 * width);
        b5.blend(b4.rearrange(SWAP1), LOW1).intoArray(to, at + 5 * width);
        b6.blend(b7.rearrange(SWAP1), HIGH1).intoArray(to, at + 6 * width);
        b7.blend(b6.rearrange(SWAP1), LOW1).intoArray(to, at + 7 * width);
      }
      return whole;
    }
  }
}
