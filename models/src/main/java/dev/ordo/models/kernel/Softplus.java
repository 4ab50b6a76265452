package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The softplus function, ln(1 + eˣ), to a relative error of about 4e-7.
 *
 * <p>Computed as max(x, 0) + ln(1 + t) with t = e^−|x| ≤ 1, and ln(1 + t) = 2 artanh(s) with s = t
 * ÷ (2 + t) ≤ ⅓, whose series is cut after s¹³.
 */
public final class Softplus {

  /** About what one value costs. */
  private static final double OPERATIONS = 40;

  private Softplus() {}

  /**
   * Replaces values by their softplus.
   *
   * @param x values, overwritten
   * @param offset where they begin
   * @param length how many they are
   */
  public static void apply(float[] x, int offset, int length) {
    int parts = Workers.parts(OPERATIONS * length, length);
    if (parts == 1) {
      part(x, offset, length);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, length, Lanes.COUNT);
          part(x, offset + from, Workers.start(part + 1, parts, length, Lanes.COUNT) - from);
        });
  }

  private static void part(float[] x, int offset, int length) {
    int i = Lanes.VECTORS ? Vectors.apply(x, offset, length) : 0;
    for (; i < length; i++) {
      double v = x[offset + i];
      x[offset + i] = (float) (Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))));
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int apply(float[] x, int offset, int length) {
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, offset + i);
        FloatVector t = v.abs().neg().lanewise(VectorOperators.EXP);
        FloatVector s = t.div(t.add(2));
        FloatVector q = s.mul(s);
        FloatVector p = q.mul(2f / 13).add(2f / 11);
        p = p.fma(q, FloatVector.broadcast(SPECIES, 2f / 9));
        p = p.fma(q, FloatVector.broadcast(SPECIES, 2f / 7));
        p = p.fma(q, FloatVector.broadcast(SPECIES, 2f / 5));
        p = p.fma(q, FloatVector.broadcast(SPECIES, 2f / 3));
        p = p.fma(q, FloatVector.broadcast(SPECIES, 2));
        p.fma(s, v.max(0)).intoArray(x, offset + i);
      }
      return i;
    }
  }
}
