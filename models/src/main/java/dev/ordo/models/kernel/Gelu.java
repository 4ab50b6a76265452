package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Gaussian error linear unit x·Φ(x), exactly and in GPT-2's approximation by tanh.
 *
 * <p>Source: Hendrycks and Gimpel, <a href="https://arxiv.org/abs/1606.08415">Gaussian Error Linear
 * Units</a> (2016), section 2. Both are within 1e-6 · max(1, |x|) of their formula.
 */
public final class Gelu {

  /** About what one value costs. */
  private static final double OPERATIONS = 30;

  /** −2·√(2/π): the factor of x in −2u, where the tanh form takes tanh u. */
  private static final float LINEAR = (float) (-2 * Math.sqrt(2 / Math.PI));

  /** The factor of x³ in −2u. */
  private static final float CUBIC = (float) (-2 * Math.sqrt(2 / Math.PI) * 0.044715);

  /** √½, which turns the normal distribution's argument into that of erf. */
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  // Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26, halved:
  // ½ erfc z = (A1 t + A2 t² + … + A5 t⁵) exp(−z²) with t = 1 / (1 + P z), error below 0.8e-7.
  private static final float P = 0.3275911f;
  private static final float A1 = (float) (0.5 * 0.254829592);
  private static final float A2 = (float) (0.5 * -0.284496736);
  private static final float A3 = (float) (0.5 * 1.421413741);
  private static final float A4 = (float) (0.5 * -1.453152027);
  private static final float A5 = (float) (0.5 * 1.061405429);

  private Gelu() {}

  /**
   * Replaces values by ½x(1 + tanh(√(2/π)(x + 0.044715x³))), which Hugging Face calls {@code
   * gelu_new}. Allocates nothing.
   *
   * @param x values, overwritten
   * @param offset the first
   * @param count how many
   * @throws IndexOutOfBoundsException if they do not lie within the array
   */
  public static void tanh(float[] x, int offset, int count) {
    int parts = Workers.parts(OPERATIONS * count, count);
    if (parts == 1) {
      tanhPart(x, offset, count);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, count, Lanes.COUNT);
          tanhPart(x, offset + from, Workers.start(part + 1, parts, count, Lanes.COUNT) - from);
        });
  }

  private static void tanhPart(float[] x, int offset, int count) {
    int end = offset + count;
    int i = Lanes.VECTORS ? Vectors.tanh(x, offset, end) : offset;
    for (; i < end; i++) {
      float exponent = (x[i] * x[i] * CUBIC + LINEAR) * x[i];
      x[i] = (float) (x[i] / (1 + Math.exp(exponent)));
    }
  }

  /**
   * Replaces values by x·Φ(x) = ½x(1 + erf(x/√2)). Allocates nothing.
   *
   * @param x values, overwritten
   * @param offset the first
   * @param count how many
   * @throws IndexOutOfBoundsException if they do not lie within the array
   */
  public static void erf(float[] x, int offset, int count) {
    int parts = Workers.parts(OPERATIONS * count, count);
    if (parts == 1) {
      erfPart(x, offset, count);
      return;
    }
    Workers.each(
        parts,
        part -> {
          int from = Workers.start(part, parts, count, Lanes.COUNT);
          erfPart(x, offset + from, Workers.start(part + 1, parts, count, Lanes.COUNT) - from);
        });
  }

  private static void erfPart(float[] x, int offset, int count) {
    int end = offset + count;
    int i = Lanes.VECTORS ? Vectors.erf(x, offset, end) : offset;
    for (; i < end; i++) {
      float z = Math.abs(x[i]) * ROOT_HALF;
      float t = 1 / (z * P + 1);
      double tail = ((((A5 * t + A4) * t + A3) * t + A2) * t + A1) * t * Math.exp(-z * z);
      x[i] = (float) (Math.max(x[i], 0) - Math.abs(x[i]) * tail);
    }
  }

  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int tanh(float[] x, int i, int end) {
      // ½(1 + tanh u) = 1 / (1 + exp(−2u)), which loses nothing to cancellation where u is
      // negative.
      for (; i <= end - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector exponent = v.mul(v).mul(CUBIC).add(LINEAR).mul(v);
        v.div(exponent.lanewise(VectorOperators.EXP).add(1)).intoArray(x, i);
      }
      return i;
    }

    static int erf(float[] x, int i, int end) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      for (; i <= end - LANES; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, i);
        FloatVector size = v.abs();
        FloatVector z = size.mul(ROOT_HALF);
        FloatVector t = one.div(z.mul(P).add(1));
        FloatVector tail =
            t.mul(A5)
                .add(A4)
                .mul(t)
                .add(A3)
                .mul(t)
                .add(A2)
                .mul(t)
                .add(A1)
                .mul(t)
                .mul(z.mul(z).neg().lanewise(VectorOperators.EXP));
        // x·Φ(x) is x − |x|·tail above 0 and −|x|·tail below.
        v.max(0).sub(size.mul(tail)).intoArray(x, i);
      }
      return i;
    }
  }
}
