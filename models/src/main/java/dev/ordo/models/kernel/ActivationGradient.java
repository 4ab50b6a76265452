package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradients of elementwise functions: dx += dy · f′(x). All arrays have {@code count} values or
 * more; none but dx is modified.
 */
public final class ActivationGradient {

  /** √(2/π), the factor of the linear term inside GPT-2's tanh. */
  private static final float LINEAR = (float) Math.sqrt(2 / Math.PI);

  private static final float CUBIC = 0.044715f;

  /** 1/√(2π): the height of the normal density. */
  private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

  /** About what one value of GELU costs. */
  private static final double GELU_OPERATIONS = 30;

  private ActivationGradient() {}

  /** Adds that of y = max(0, x), with f′(0) = 0. */
  public static void relu(float[] y, float[] dy, float[] dx, int count) {
    for (int i = 0; i < count; i++) {
      dx[i] += y[i] > 0 ? dy[i] : 0;
    }
  }

  /** Adds that of softplus, y = ln(1 + exp x): f′ = 1 − exp(−y). */
  public static void softplus(float[] y, float[] dy, float[] dx, int count) {
    for (int i = Lanes.VECTORS ? Vectors.softplus(y, dy, dx, count) : 0; i < count; i++) {
      dx[i] += (float) (dy[i] * -Math.expm1(-y[i]));
    }
  }

  /** Adds that of SiLU, x·σ(x): f′ = σ(1 + x(1 − σ)). */
  public static void silu(float[] x, float[] dy, float[] dx, int count) {
    for (int i = Lanes.VECTORS ? Vectors.silu(x, dy, dx, count) : 0; i < count; i++) {
      float gate = (float) (1 / (1 + Math.exp(-x[i])));
      dx[i] += dy[i] * gate * (1 + x[i] * (1 - gate));
    }
  }

  /**
   * Multiplies dy by that of GELU by tanh, x·σ(2u) with u = √(2/π)(x + 0.044715x³): f′ = σ +
   * 2x·u′·σ(1 − σ). Here dx takes the place of dy.
   */
  public static void geluTanh(float[] x, float[] dy, int count) {
    int parts = Workers.parts(GELU_OPERATIONS * count, count);
    if (parts == 1) {
      geluTanh(x, dy, 0, count);
      return;
    }
    Workers.each(
        parts,
        part ->
            geluTanh(
                x,
                dy,
                Workers.start(part, parts, count, Lanes.COUNT),
                Workers.start(part + 1, parts, count, Lanes.COUNT)));
  }

  private static void geluTanh(float[] x, float[] dy, int from, int to) {
    for (int i = Lanes.VECTORS ? Vectors.geluTanh(x, dy, from, to) : from; i < to; i++) {
      float square = x[i] * x[i];
      double gate = 1 / (1 + Math.exp(-2 * LINEAR * x[i] * (1 + CUBIC * square)));
      double slope = LINEAR * (1 + 3 * CUBIC * square);
      dy[i] = (float) (dy[i] * gate * (1 + 2 * x[i] * slope * (1 - gate)));
    }
  }

  /**
   * Adds that of GELU, x·Φ(x): f′ = Φ(x) + x·φ(x).
   *
   * @param y x·Φ(x), which tells Φ(x) but where x is next to nothing
   */
  public static void geluErf(float[] x, float[] y, float[] dy, float[] dx, int count) {
    for (int i = Lanes.VECTORS ? Vectors.geluErf(x, y, dy, dx, count) : 0; i < count; i++) {
      double density = DENSITY * Math.exp(-0.5 * x[i] * x[i]);
      double below = Math.abs(x[i]) < SMALL ? 0.5 + DENSITY * x[i] : y[i] / x[i];
      dx[i] += (float) (dy[i] * (below + x[i] * density));
    }
  }

  /** Below this |x|, Φ(x) is ½ + φ(0)·x to within 1e-7. */
  private static final float SMALL = 0.01f;

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int softplus(float[] y, float[] dy, float[] dx, int count) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector above = FloatVector.fromArray(SPECIES, y, i).neg();
        FloatVector slope = one.sub(above.lanewise(VectorOperators.EXP));
        FloatVector.fromArray(SPECIES, dy, i)
            .fma(slope, FloatVector.fromArray(SPECIES, dx, i))
            .intoArray(dx, i);
      }
      return i;
    }

    static int silu(float[] x, float[] dy, float[] dx, int count) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector gate = one.div(v.neg().lanewise(VectorOperators.EXP).add(one));
        FloatVector slope = one.sub(gate).fma(v, one).mul(gate);
        FloatVector.fromArray(SPECIES, dy, i)
            .fma(slope, FloatVector.fromArray(SPECIES, dx, i))
            .intoArray(dx, i);
      }
      return i;
    }

    static int geluTanh(float[] x, float[] dy, int from, int to) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int i = from;
      for (; i <= to - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector square = v.mul(v);
        FloatVector exponent = square.mul(CUBIC).add(one).mul(v).mul(-2 * LINEAR);
        FloatVector gate = one.div(exponent.lanewise(VectorOperators.EXP).add(one));
        FloatVector slope = square.mul(3 * CUBIC).add(one).mul(v).mul(2 * LINEAR);
        FloatVector.fromArray(SPECIES, dy, i)
            .mul(one.sub(gate).fma(slope, one).mul(gate))
            .intoArray(dy, i);
      }
      return i;
    }

    static int geluErf(float[] x, float[] y, float[] dy, float[] dx, int count) {
      FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
      int i = 0;
      for (; i <= count - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector density = v.mul(v).mul(-0.5f).lanewise(VectorOperators.EXP).mul(DENSITY);
        FloatVector below =
            FloatVector.fromArray(SPECIES, y, i)
                .div(v)
                .blend(v.fma(FloatVector.broadcast(SPECIES, DENSITY), half), v.abs().lt(SMALL));
        FloatVector.fromArray(SPECIES, dy, i)
            .fma(v.fma(density, below), FloatVector.fromArray(SPECIES, dx, i))
            .intoArray(dx, i);
      }
      return i;
    }
  }
}
