package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The exponential function on vectors, to base 2.
 *
 * <p>z = n + f with n whole and |f| ≤ ½; 2ᶠ is a polynomial and n is added to the exponent bits.
 * All of it is inlined arithmetic: no call into a vector mathematics library, which not every
 * platform has, and no conversion between shapes. C2 inlines {@link #of}, so its vectors are not
 * boxed.
 */
final class Exp2 {

  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** 1 ÷ ln 2: eˣ = 2^(x·LOG2_E). */
  static final float LOG2_E = 1.442695f;

  /** The smallest argument of {@link #of}. */
  static final float LOWEST = -126;

  /** The largest argument of {@link #of}. */
  static final float HIGHEST = 126;

  /** 1.5 · 2²³: adding it rounds to a whole number and leaves that number in the low bits. */
  private static final float ROUND = 12582912;

  /** Minimax on |f| ≤ ½ with constant term 1: relative error 1e-7, and none as f goes to 0. */
  private static final float C1 = 0.693147f;

  private static final float C2 = 0.24022242f;
  private static final float C3 = 0.05550734f;
  private static final float C4 = 0.009671513f;
  private static final float C5 = 0.0013264727f;

  private Exp2() {}

  /** Returns 2ᶻ for lanes in {@link #LOWEST} … {@link #HIGHEST}; nothing is said of others. */
  static FloatVector of(FloatVector z) {
    FloatVector shifted = z.add(ROUND);
    FloatVector f = z.sub(shifted.sub(ROUND));
    FloatVector p = f.mul(C5).add(C4);
    p = p.fma(f, FloatVector.broadcast(SPECIES, C3));
    p = p.fma(f, FloatVector.broadcast(SPECIES, C2));
    p = p.fma(f, FloatVector.broadcast(SPECIES, C1));
    p = p.fma(f, FloatVector.broadcast(SPECIES, 1));
    return p.reinterpretAsInts()
        .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23))
        .reinterpretAsFloats();
  }

  /** Returns e⁻ˣ for any x, held within the range of positive normal numbers. */
  static FloatVector expOfNegated(FloatVector x) {
    return of(x.mul(-LOG2_E).max(LOWEST).min(HIGHEST));
  }
}
