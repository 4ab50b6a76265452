package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The innermost loops of {@link Ssd}, on vectors where there are any. */
final class SsdLoops {

  /** Decays this small are zero: products of them would be subnormal, which is slow. */
  static final float TINY = 1e-30f;

  private SsdLoops() {}

  /**
   * One step of a vector of channels of a head: S ← d·S + B·input, out = C·S.
   *
   * @param at where the first state of the vector lies; those of a channel are {@code width} apart
   */
  static void recur(
      float[] xbc,
      int b,
      int c,
      int states,
      float d,
      float[] input,
      float[] out,
      int column,
      float[] from,
      float[] to,
      int at,
      int width) {
    if (Lanes.VECTORS) {
      Vectors.recur(xbc, b, c, states, d, input, out, column, from, to, at, width);
      return;
    }
    for (int p = 0; p < Lanes.COUNT; p++) {
      float sum = 0;
      for (int n = 0; n < states; n++) {
        int i = at + n * width + p;
        to[i] = d * from[i] + xbc[b + n] * input[column + p];
        sum += xbc[c + n] * to[i];
      }
      out[column + p] = sum;
    }
  }

  /** y = factor · x. */
  static void scale(float[] x, int xOffset, int length, float factor, float[] y, int at) {
    int i = Lanes.VECTORS ? Vectors.scale(x, xOffset, length, factor, y, at) : 0;
    for (; i < length; i++) {
      y[at + i] = factor * x[xOffset + i];
    }
  }

  /** y = a + factor · x. */
  static void add(
      float[] a, int aOffset, float[] x, int xOffset, float factor, int length, float[] y, int at) {
    int i = Lanes.VECTORS ? Vectors.add(a, aOffset, x, xOffset, factor, length, y, at) : 0;
    for (; i < length; i++) {
      y[at + i] = a[aOffset + i] + factor * x[xOffset + i];
    }
  }

  /** y = a · b, b from its start. */
  static void multiply(float[] a, int aOffset, float[] b, int length, float[] y, int at) {
    int i = Lanes.VECTORS ? Vectors.multiply(a, aOffset, b, length, y, at) : 0;
    for (; i < length; i++) {
      y[at + i] = a[aOffset + i] * b[i];
    }
  }

  /** w ← w · d, what is tiny becoming 0. */
  static void fade(float[] w, int length, float d) {
    int i = Lanes.VECTORS ? Vectors.fade(w, length, d) : 0;
    for (; i < length; i++) {
      w[i] = Math.max(w[i] * d - TINY, 0);
    }
  }

  /** The loops on whole vectors; each of those that return an index leaves the rest. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int scale(float[] x, int xOffset, int length, float factor, float[] y, int at) {
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, xOffset + i).mul(factor).intoArray(y, at + i);
      }
      return i;
    }

    static int add(
        float[] a,
        int aOffset,
        float[] x,
        int xOffset,
        float factor,
        int length,
        float[] y,
        int at) {
      FloatVector f = FloatVector.broadcast(SPECIES, factor);
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, x, xOffset + i)
            .fma(f, FloatVector.fromArray(SPECIES, a, aOffset + i))
            .intoArray(y, at + i);
      }
      return i;
    }

    static int multiply(float[] a, int aOffset, float[] b, int length, float[] y, int at) {
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, a, aOffset + i)
            .mul(FloatVector.fromArray(SPECIES, b, i))
            .intoArray(y, at + i);
      }
      return i;
    }

    static int fade(float[] w, int length, float d) {
      FloatVector factor = FloatVector.broadcast(SPECIES, d);
      FloatVector tiny = FloatVector.broadcast(SPECIES, -TINY);
      int i = 0;
      for (; i <= length - LANES; i += LANES) {
        FloatVector.fromArray(SPECIES, w, i).fma(factor, tiny).max(0).intoArray(w, i);
      }
      return i;
    }

    static void recur(
        float[] xbc,
        int b,
        int c,
        int states,
        float d,
        float[] input,
        float[] out,
        int column,
        float[] from,
        float[] to,
        int at,
        int width) {
      FloatVector x = FloatVector.fromArray(SPECIES, input, column);
      FloatVector decay = FloatVector.broadcast(SPECIES, d);
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      for (int n = 0; n < states; n += 2) {
        int i = at + n * width;
        FloatVector s0 = FloatVector.fromArray(SPECIES, from, i).fma(decay, x.mul(xbc[b + n]));
        FloatVector s1 =
            FloatVector.fromArray(SPECIES, from, i + width).fma(decay, x.mul(xbc[b + n + 1]));
        s0.intoArray(to, i);
        s1.intoArray(to, i + width);
        sum0 = s0.fma(FloatVector.broadcast(SPECIES, xbc[c + n]), sum0);
        sum1 = s1.fma(FloatVector.broadcast(SPECIES, xbc[c + n + 1]), sum1);
      }
      sum0.add(sum1).intoArray(out, column);
    }
  }
}
