package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gated unit of Llama, y = silu(g)·u with silu(g) = g·σ(g) (Shazeer, <a
 * href="https://arxiv.org/abs/2002.05202">GLU Variants Improve Transformer</a>, 2020, equation 6).
 */
public final class SwiGlu {

  private SwiGlu() {}

  /**
   * Computes y from rows that hold g and u side by side. Allocates nothing.
   *
   * @param x shape (rows, 2·width), row-major, each row g then u; not modified
   * @param rows the number of rows
   * @param width the number of values of a row of y
   * @param y shape (rows, width), row-major, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void apply(float[] x, int rows, int width, float[] y) {
    for (int r = 0; r < rows; r++) {
      apply(x, 2 * r * width, x, (2 * r + 1) * width, width, y, r * width);
    }
  }

  /**
   * Computes y from values g and u. Allocates nothing.
   *
   * @param g not modified
   * @param u not modified
   * @param count how many there are of each, from index 0 on
   * @param y overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void apply(float[] g, float[] u, int count, float[] y) {
    apply(g, 0, u, 0, count, y, 0);
  }

  private static void apply(
      float[] g, int gOffset, float[] u, int uOffset, int count, float[] y, int yOffset) {
    int i = Lanes.VECTORS ? Vectors.apply(g, gOffset, u, uOffset, count, y, yOffset) : 0;
    for (; i < count; i++) {
      float x = g[gOffset + i];
      y[yOffset + i] = (float) (x * u[uOffset + i] / (1 + Math.exp(-x)));
    }
  }

  /**
   * Adds the gradients with respect to g and u: with σ = σ(g), du += dy·gσ and dg += dy·u·σ(1 + g(1
   * − σ)). Allocates nothing.
   *
   * @param g not modified
   * @param u not modified
   * @param dy the gradient with respect to y, not modified
   * @param dg added to
   * @param du added to
   * @param count how many values there are of each, from index 0 on
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void backward(float[] g, float[] u, float[] dy, float[] dg, float[] du, int count) {
    for (int i = Lanes.VECTORS ? Vectors.backward(g, u, dy, dg, du, count) : 0; i < count; i++) {
      float gate = (float) (1 / (1 + Math.exp(-g[i])));
      dg[i] += dy[i] * u[i] * gate * (1 + g[i] * (1 - gate));
      du[i] += dy[i] * g[i] * gate;
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int apply(
        float[] g, int gOffset, float[] u, int uOffset, int count, float[] y, int yOffset) {
      int bound = SPECIES.loopBound(count);
      for (int i = 0; i < bound; i += SPECIES.length()) {
        FloatVector x = FloatVector.fromArray(SPECIES, g, gOffset + i);
        x.mul(FloatVector.fromArray(SPECIES, u, uOffset + i))
            .div(x.neg().lanewise(VectorOperators.EXP).add(1))
            .intoArray(y, yOffset + i);
      }
      return bound;
    }

    static int backward(float[] g, float[] u, float[] dy, float[] dg, float[] du, int count) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int bound = SPECIES.loopBound(count);
      for (int i = 0; i < bound; i += SPECIES.length()) {
        FloatVector x = FloatVector.fromArray(SPECIES, g, i);
        FloatVector d = FloatVector.fromArray(SPECIES, dy, i);
        FloatVector gate = one.div(x.neg().lanewise(VectorOperators.EXP).add(one));
        FloatVector slope = one.sub(gate).fma(x, one).mul(gate);
        d.mul(FloatVector.fromArray(SPECIES, u, i))
            .fma(slope, FloatVector.fromArray(SPECIES, dg, i))
            .intoArray(dg, i);
        d.mul(x).fma(gate, FloatVector.fromArray(SPECIES, du, i)).intoArray(du, i);
      }
      return bound;
    }
  }
}
