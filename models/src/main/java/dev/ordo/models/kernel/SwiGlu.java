package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gated unit of Llama, silu(g)·u with silu(g) = g·σ(g) (Shazeer, <a
 * href="https://arxiv.org/abs/2002.05202">GLU Variants Improve Transformer</a>, 2020, equation 6).
 */
public final class SwiGlu {

  private SwiGlu() {}

  /**
   * Computes y = silu(g)·u for some rows. Allocates nothing.
   *
   * @param x shape (rows, 2·width), row-major, each row g then u; not modified
   * @param rows the number of rows
   * @param width the number of values of a row of y
   * @param y shape (rows, width), row-major, overwritten
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void apply(float[] x, int rows, int width, float[] y) {
    for (int r = 0; r < rows; r++) {
      int from = 2 * r * width;
      int to = r * width;
      int i = Lanes.VECTORS ? Vectors.apply(x, from, width, y, to) : 0;
      for (; i < width; i++) {
        float g = x[from + i];
        y[to + i] = (float) (g * x[from + width + i] / (1 + Math.exp(-g)));
      }
    }
  }

  /**
   * Adds the gradient with respect to g and u: with σ = σ(g), du += dy·gσ and dg +=
   * dy·u·σ(1 + g(1 − σ)).
   *
   * @param x as for {@link #apply}
   * @param dy shape (rows, width), not modified
   * @param dx shape (rows, 2·width), added to
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static void backward(float[] x, int rows, int width, float[] dy, float[] dx) {
    for (int r = 0; r < rows; r++) {
      int from = 2 * r * width;
      int to = r * width;
      int i = Lanes.VECTORS ? Vectors.backward(x, from, width, dy, to, dx) : 0;
      for (; i < width; i++) {
        float g = x[from + i];
        float gate = (float) (1 / (1 + Math.exp(-g)));
        dx[from + i] += dy[to + i] * x[from + width + i] * gate * (1 + g * (1 - gate));
        dx[from + width + i] += dy[to + i] * g * gate;
      }
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    static int apply(float[] x, int from, int width, float[] y, int to) {
      int bound = SPECIES.loopBound(width);
      for (int i = 0; i < bound; i += SPECIES.length()) {
        FloatVector g = FloatVector.fromArray(SPECIES, x, from + i);
        FloatVector u = FloatVector.fromArray(SPECIES, x, from + width + i);
        g.mul(u).div(g.neg().lanewise(VectorOperators.EXP).add(1)).intoArray(y, to + i);
      }
      return bound;
    }

    static int backward(float[] x, int from, int width, float[] dy, int to, float[] dx) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int bound = SPECIES.loopBound(width);
      for (int i = 0; i < bound; i += SPECIES.length()) {
        FloatVector g = FloatVector.fromArray(SPECIES, x, from + i);
        FloatVector u = FloatVector.fromArray(SPECIES, x, from + width + i);
        FloatVector d = FloatVector.fromArray(SPECIES, dy, to + i);
        FloatVector gate = one.div(g.neg().lanewise(VectorOperators.EXP).add(one));
        FloatVector slope = one.sub(gate).fma(g, one).mul(gate);
        d.mul(u).fma(slope, FloatVector.fromArray(SPECIES, dx, from + i)).intoArray(dx, from + i);
        d.mul(g)
            .fma(gate, FloatVector.fromArray(SPECIES, dx, from + width + i))
            .intoArray(dx, from + width + i);
      }
      return bound;
    }
  }
}
