package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gate y = x·silu(z) and its gradients, dx += dy·silu(z) and dz += dy·x·silu′(z) with silu′ =
 * σ(1 + z(1 − σ)).
 */
public final class GateGradient {

  private GateGradient() {}

  /**
   * Computes y for a row.
   *
   * @param x not modified, from {@code at} on
   * @param z not modified, from {@code zAt} on
   * @param y overwritten, from {@code at} on; may be x
   * @param count the number of values
   */
  public static void forward(float[] x, int at, float[] z, int zAt, float[] y, int count) {
    for (int i = Lanes.VECTORS ? Vectors.forward(x, at, z, zAt, y, count) : 0; i < count; i++) {
      y[at + i] = (float) (x[at + i] * z[zAt + i] / (1 + Math.exp(-z[zAt + i])));
    }
  }

  /**
   * Adds the gradients of a row.
   *
   * @param x from {@code at} on, not modified
   * @param z from {@code zAt} on, not modified
   * @param dy from {@code at} on, not modified
   * @param dx from {@code at} on, added to
   * @param dz from {@code zAt} on, added to
   * @param count the number of values
   */
  public static void backward(
      float[] x, int at, float[] z, int zAt, float[] dy, float[] dx, float[] dz, int count) {
    int i = Lanes.VECTORS ? Vectors.backward(x, at, z, zAt, dy, dx, dz, count) : 0;
    for (; i < count; i++) {
      float value = z[zAt + i];
      float sigma = (float) (1 / (1 + Math.exp(-value)));
      dx[at + i] += dy[at + i] * value * sigma;
      dz[zAt + i] += dy[at + i] * x[at + i] * sigma * (1 + value * (1 - sigma));
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int forward(float[] x, int at, float[] z, int zAt, float[] y, int count) {
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + i);
        FloatVector.fromArray(SPECIES, x, at + i)
            .mul(g)
            .div(g.neg().lanewise(VectorOperators.EXP).add(1))
            .intoArray(y, at + i);
      }
      return i;
    }

    static int backward(
        float[] x, int at, float[] z, int zAt, float[] dy, float[] dx, float[] dz, int count) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector g = FloatVector.fromArray(SPECIES, z, zAt + i);
        FloatVector d = FloatVector.fromArray(SPECIES, dy, at + i);
        FloatVector sigma = one.div(g.neg().lanewise(VectorOperators.EXP).add(one));
        FloatVector gate = g.mul(sigma);
        d.fma(gate, FloatVector.fromArray(SPECIES, dx, at + i)).intoArray(dx, at + i);
        // σ(1 + z(1 − σ)) = σ + silu(z)·(1 − σ)
        FloatVector slope = one.sub(sigma).fma(gate, sigma);
        d.mul(FloatVector.fromArray(SPECIES, x, at + i))
            .fma(slope, FloatVector.fromArray(SPECIES, dz, zAt + i))
            .intoArray(dz, zAt + i);
      }
      return i;
    }
  }
}
