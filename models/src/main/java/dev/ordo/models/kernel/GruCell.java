package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a gated recurrent unit does with a position once the matrix products are there.
 *
 * <p>Source: Cho et al., <a href="https://arxiv.org/abs/1406.1078">Learning Phrase Representations
 * using RNN Encoder–Decoder</a> (2014), equations 5–8, in the form of torch.nn.GRU: the reset gate
 * multiplies the product of the hidden state and not the state itself. With x and u the products of
 * input and hidden state, three gates of {@code width} values each:
 *
 * <pre>
 * r = σ(x₀ + u₀)   z = σ(x₁ + u₁)   n = tanh(x₂ + r·u₂)
 * h = (1 − z)·n + z·h[t−1] = n + z·(h[t−1] − n)
 * </pre>
 */
public final class GruCell {

  /** The number of gates. */
  public static final int GATES = 3;

  private GruCell() {}

  /**
   * Computes a position. Allocates nothing.
   *
   * @param recurrent u, shape (3·width) from {@code recurrentOffset}, not modified
   * @param gates x, shape (3·width) from {@code gatesOffset}; becomes r, z, n
   * @param before h[t−1], shape (width) from {@code beforeOffset}
   * @param hidden where h goes, shape (width) from {@code hiddenOffset}; may be h[t−1]
   * @param width the number of values of a gate
   */
  public static void forward(
      float[] recurrent,
      int recurrentOffset,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] hidden,
      int hiddenOffset,
      int width) {
    int j = 0;
    if (Lanes.VECTORS) {
      j =
          Vectors.forward(
              recurrent,
              recurrentOffset,
              gates,
              gatesOffset,
              before,
              beforeOffset,
              hidden,
              hiddenOffset,
              width);
    }
    for (; j < width; j++) {
      int x = gatesOffset + j;
      int u = recurrentOffset + j;
      double r = sigmoid(gates[x] + recurrent[u]);
      double z = sigmoid(gates[x + width] + recurrent[u + width]);
      double n = Math.tanh(gates[x + 2 * width] + r * recurrent[u + 2 * width]);
      gates[x] = (float) r;
      gates[x + width] = (float) z;
      gates[x + 2 * width] = (float) n;
      hidden[hiddenOffset + j] = (float) (n + z * (before[beforeOffset + j] - n));
    }
  }

  /**
   * Takes a gradient back through a position. Allocates nothing.
   *
   * <pre>
   * δ = dh·(1 − z)·(1 − n²)
   * gates ← δ·u₂·r(1 − r),  dh·(h[t−1] − n)·z(1 − z),  δ·r
   * candidate ← δ
   * dh ← dh·z
   * </pre>
   *
   * @param gates r, z, n of {@link #forward}, shape (3·width) from {@code gatesOffset}; becomes the
   *     gradient of u, of which the first two gates are those of x too
   * @param candidate u₂, shape (width) from {@code candidateOffset}; becomes the gradient of x₂
   * @param before h[t−1], shape (width) from {@code beforeOffset}, not modified
   * @param hiddenGradient dh, shape (width) from {@code hiddenGradientOffset}; becomes the part of
   *     the gradient of h[t−1] that does not go through u
   * @param width the number of values of a gate
   */
  public static void backward(
      float[] gates,
      int gatesOffset,
      float[] candidate,
      int candidateOffset,
      float[] before,
      int beforeOffset,
      float[] hiddenGradient,
      int hiddenGradientOffset,
      int width) {
    int j = 0;
    if (Lanes.VECTORS) {
      j =
          Vectors.backward(
              gates,
              gatesOffset,
              candidate,
              candidateOffset,
              before,
              beforeOffset,
              hiddenGradient,
              hiddenGradientOffset,
              width);
    }
    for (; j < width; j++) {
      int x = gatesOffset + j;
      float r = gates[x];
      float z = gates[x + width];
      float n = gates[x + 2 * width];
      float dh = hiddenGradient[hiddenGradientOffset + j];
      float delta = dh * (1 - z) * (1 - n * n);
      gates[x] = delta * candidate[candidateOffset + j] * (r - r * r);
      gates[x + width] = dh * (before[beforeOffset + j] - n) * (z - z * z);
      gates[x + 2 * width] = delta * r;
      candidate[candidateOffset + j] = delta;
      hiddenGradient[hiddenGradientOffset + j] = dh * z;
    }
  }

  private static double sigmoid(float x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The same, a vector at a time; both methods return the index that they came to. */
  private static final class Vectors {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    static int forward(
        float[] recurrent,
        int recurrentOffset,
        float[] gates,
        int gatesOffset,
        float[] before,
        int beforeOffset,
        float[] hidden,
        int hiddenOffset,
        int width) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector two = FloatVector.broadcast(SPECIES, 2);
      int j = 0;
      for (; j <= width - LANES; j += LANES) {
        int x = gatesOffset + j;
        int u = recurrentOffset + j;
        FloatVector sum =
            FloatVector.fromArray(SPECIES, gates, x)
                .add(FloatVector.fromArray(SPECIES, recurrent, u));
        FloatVector r = one.div(sum.neg().lanewise(VectorOperators.EXP).add(1));
        sum =
            FloatVector.fromArray(SPECIES, gates, x + width)
                .add(FloatVector.fromArray(SPECIES, recurrent, u + width));
        FloatVector z = one.div(sum.neg().lanewise(VectorOperators.EXP).add(1));
        sum =
            FloatVector.fromArray(SPECIES, recurrent, u + 2 * width)
                .fma(r, FloatVector.fromArray(SPECIES, gates, x + 2 * width));
        FloatVector n = two.div(sum.mul(-2).lanewise(VectorOperators.EXP).add(1)).sub(1);
        r.intoArray(gates, x);
        z.intoArray(gates, x + width);
        n.intoArray(gates, x + 2 * width);
        FloatVector.fromArray(SPECIES, before, beforeOffset + j)
            .sub(n)
            .fma(z, n)
            .intoArray(hidden, hiddenOffset + j);
      }
      return j;
    }

    static int backward(
        float[] gates,
        int gatesOffset,
        float[] candidate,
        int candidateOffset,
        float[] before,
        int beforeOffset,
        float[] hiddenGradient,
        int hiddenGradientOffset,
        int width) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      int j = 0;
      for (; j <= width - LANES; j += LANES) {
        int x = gatesOffset + j;
        FloatVector r = FloatVector.fromArray(SPECIES, gates, x);
        FloatVector z = FloatVector.fromArray(SPECIES, gates, x + width);
        FloatVector n = FloatVector.fromArray(SPECIES, gates, x + 2 * width);
        FloatVector dh = FloatVector.fromArray(SPECIES, hiddenGradient, hiddenGradientOffset + j);
        FloatVector delta = dh.mul(one.sub(z)).mul(one.sub(n.mul(n)));
        delta
            .mul(FloatVector.fromArray(SPECIES, candidate, candidateOffset + j))
            .mul(r.sub(r.mul(r)))
            .intoArray(gates, x);
        dh.mul(FloatVector.fromArray(SPECIES, before, beforeOffset + j).sub(n))
            .mul(z.sub(z.mul(z)))
            .intoArray(gates, x + width);
        delta.mul(r).intoArray(gates, x + 2 * width);
        delta.intoArray(candidate, candidateOffset + j);
        dh.mul(z).intoArray(hiddenGradient, hiddenGradientOffset + j);
      }
      return j;
    }
  }
}
