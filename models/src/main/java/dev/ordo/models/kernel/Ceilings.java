package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops that do nothing but what a machine is to be measured at: multiply-adds without memory, and
 * reading and writing of arrays with hardly any arithmetic.
 */
public final class Ceilings {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Chains that need not wait for each other: two units of four cycles each, and some more. */
  private static final int CHAINS = 12;

  private Ceilings() {}

  /** Returns the number of floating-point operations of one step of {@link #multiplyAdd}. */
  public static int flopsPerStep() {
    return 2 * CHAINS * LANES;
  }

  /** Returns the number of floats that one instruction takes. */
  public static int lanes() {
    return LANES;
  }

  /**
   * Does x ← x·m + c over and over, in {@value #CHAINS} chains of vectors.
   *
   * @param steps how often each chain does so
   * @param start the first x of the first chain; the others follow it
   * @return the sum of all x, so that none can be left out
   */
  public static float multiplyAdd(int steps, float start) {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector c = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector x0 = FloatVector.broadcast(SPECIES, start);
    FloatVector x1 = x0.add(1);
    FloatVector x2 = x0.add(2);
    FloatVector x3 = x0.add(3);
    FloatVector x4 = x0.add(4);
    FloatVector x5 = x0.add(5);
    FloatVector x6 = x0.add(6);
    FloatVector x7 = x0.add(7);
    FloatVector x8 = x0.add(8);
    FloatVector x9 = x0.add(9);
    FloatVector x10 = x0.add(10);
    FloatVector x11 = x0.add(11);
    for (int i = 0; i < steps; i++) {
      x0 = x0.fma(m, c);
      x1 = x1.fma(m, c);
      x2 = x2.fma(m, c);
      x3 = x3.fma(m, c);
      x4 = x4.fma(m, c);
      x5 = x5.fma(m, c);
      x6 = x6.fma(m, c);
      x7 = x7.fma(m, c);
      x8 = x8.fma(m, c);
      x9 = x9.fma(m, c);
      x10 = x10.fma(m, c);
      x11 = x11.fma(m, c);
    }
    return x0.add(x1)
        .add(x2.add(x3))
        .add(x4.add(x5))
        .add(x6.add(x7))
        .add(x8.add(x9))
        .add(x10.add(x11))
        .reduceLanes(VectorOperators.ADD);
  }

  /**
   * Reads an array once.
   *
   * @param a shape (n)
   * @return the sum of its elements
   */
  public static float sum(float[] a) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, a, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, a, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, a, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, a, i + 3 * LANES));
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      sum += a[i];
    }
    return sum;
  }

  /**
   * The triad of McCalpin's STREAM: a ← b + s·c.
   *
   * @param a shape (n), written
   * @param b shape (n), read
   * @param c shape (n), read
   */
  public static void triad(float[] a, float[] b, float[] c, float s) {
    FloatVector factor = FloatVector.broadcast(SPECIES, s);
    int i = 0;
    for (; i <= a.length - LANES; i += LANES) {
      FloatVector.fromArray(SPECIES, c, i)
          .fma(factor, FloatVector.fromArray(SPECIES, b, i))
          .intoArray(a, i);
    }
    for (; i < a.length; i++) {
      a[i] = b[i] + s * c[i];
    }
  }
}
