package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sigmoid linear unit, x · σ(x) with σ(x) = 1 ÷ (1 + e⁻ˣ), also named swish (Elfwing, Uchibe
 * and Doya, 2018).
 */
public final class Silu {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private Silu() {}

  /**
   * Replaces values by their SiLU.
   *
   * @param x values, overwritten
   * @param offset where they begin
   * @param length how many they are
   */
  public static void apply(float[] x, int offset, int length) {
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, offset + i);
      v.div(v.neg().lanewise(VectorOperators.EXP).add(1)).intoArray(x, offset + i);
    }
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
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gate, i);
      FloatVector v = FloatVector.fromArray(SPECIES, y, i);
      v.mul(g).div(g.neg().lanewise(VectorOperators.EXP).add(1)).intoArray(y, i);
    }
    for (; i < length; i++) {
      y[i] *= silu(gate[i]);
    }
  }

  private static float silu(float x) {
    return (float) (x / (1 + Math.exp(-x)));
  }
}
