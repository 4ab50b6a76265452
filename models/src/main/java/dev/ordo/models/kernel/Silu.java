package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sigmoid linear unit, x · σ(x) with σ(x) = 1 ÷ (1 + e⁻ˣ), also named swish (Elfwing, Uchibe
 * and Doya, 2018).
 */
public final class Silu {

  /** About what one value costs. */
  private static final double OPERATIONS = 25;

  private Silu() {}

  /**
   * Replaces values by their SiLU.
   *
   * @param x values, overwritten
   * @param offset where they begin
   * @param length how many they are
   */
  public static void apply(float[] x, int offset, int length) {
    int parts = Workers.parts(OPERATIONS * length, length);
    if (parts == 1) {
      applyPart(x, offset, length);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, length, Lanes.COUNT);
          applyPart(x, offset + from, Workers.start(part + 1, parts, length, Lanes.COUNT) - from);
        });
  }

  private static void applyPart(float[] x, int offset, int length) {
    int i = Lanes.VECTORS ? Vectors.apply(x, offset, length) : 0;
    for (; i < length; i++) {
      x[offset + i] = silu(x[offset + i]);
    }
  }

  /**
   * Multiplies values by the SiLU of others: y ← y · silu(gate).
   *
   * @param gate not modified
   * @param y values, overwritten
   * @param length how many there are, from index 0 of both arrays
   */
  public static void gate(float[] gate, float[] y, int length) {
    int parts = Workers.parts(OPERATIONS * length, length);
    if (parts == 1) {
      gatePart(gate, y, 0, length);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, length, Lanes.COUNT);
          gatePart(gate, y, from, Workers.start(part + 1, parts, length, Lanes.COUNT));
        });
  }

  private static void gatePart(float[] gate, float[] y, int from, int to) {
    int i = Lanes.VECTORS ? Vectors.gate(gate, y, from, to) : from;
    for (; i < to; i++) {
      y[i] *= silu(gate[i]);
    }
  }

  private static float silu(float x) {
    return (float) (x / (1 + Math.exp(-x)));
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int apply(float[] x, int offset, int length) {
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, offset + i);
        v.div(v.neg().lanewise(VectorOperators.EXP).add(1)).intoArray(x, offset + i);
      }
      return i;
    }

    static int gate(float[] gate, float[] y, int i, int end) {
      for (; i <= end - LANES; i += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, gate, i);
        FloatVector v = FloatVector.fromArray(SPECIES, y, i);
        v.mul(g).div(g.neg().lanewise(VectorOperators.EXP).add(1)).intoArray(y, i);
      }
      return i;
    }
  }
}
