package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a long short-term memory does with a position once the matrix products are there.
 *
 * <p>Source: Hochreiter and Schmidhuber, <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Long
 * Short-Term Memory</a> (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000), gates
 * in the order of torch.nn.LSTM. With x and r the products of input and hidden state, four gates of
 * {@code width} values each:
 *
 * <pre>
 * i = σ(x₀ + r₀)   f = σ(x₁ + r₁)   g = tanh(x₂ + r₂)   o = σ(x₃ + r₃)
 * c = f·c[t−1] + i·g
 * h = o·tanh(c)
 * </pre>
 */
public final class LstmCell {

  /** The number of gates. */
  public static final int GATES = 4;

  private LstmCell() {}

  /**
   * Computes a position. Allocates nothing.
   *
   * @param recurrent r, shape (4·width) from {@code recurrentOffset}, not modified
   * @param gates x, shape (4·width) from {@code gatesOffset}; becomes i, f, g, o
   * @param before c[t−1], shape (width) from {@code beforeOffset}
   * @param after where c goes, shape (width) from {@code afterOffset}; may be c[t−1]
   * @param hidden where h goes, shape (width) from {@code hiddenOffset}
   * @param width the number of values of a gate
   */
  public static void forward(
      float[] recurrent,
      int recurrentOffset,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] after,
      int afterOffset,
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
              after,
              afterOffset,
              hidden,
              hiddenOffset,
              width);
    }
    for (; j < width; j++) {
      int x = gatesOffset + j;
      int r = recurrentOffset + j;
      double i = sigmoid(gates[x] + recurrent[r]);
      double f = sigmoid(gates[x + width] + recurrent[r + width]);
      double g = Math.tanh(gates[x + 2 * width] + recurrent[r + 2 * width]);
      double o = sigmoid(gates[x + 3 * width] + recurrent[r + 3 * width]);
      double c = f * before[beforeOffset + j] + i * g;
      gates[x] = (float) i;
      gates[x + width] = (float) f;
      gates[x + 2 * width] = (float) g;
      gates[x + 3 * width] = (float) o;
      after[afterOffset + j] = (float) c;
      hidden[hiddenOffset + j] = (float) (o * Math.tanh(c));
    }
  }

  /**
   * Takes gradients back through a position. Allocates nothing.
   *
   * <pre>
   * δc = dc + dh·o·(1 − tanh²(c))
   * gates ← δc·g·i(1 − i),  δc·c[t−1]·f(1 − f),  δc·i·(1 − g²),  dh·tanh(c)·o(1 − o)
   * dc ← δc·f
   * </pre>
   *
   * @param gates i, f, g, o of {@link #forward}, shape (4·width) from {@code gatesOffset}; becomes
   *     the gradient of x, which is that of r too
   * @param before c[t−1], shape (width) from {@code beforeOffset}, not modified
   * @param cell c, shape (width) from {@code cellOffset}, not modified
   * @param hiddenGradient dh, shape (width) from {@code hiddenGradientOffset}, not modified
   * @param cellGradient dc as the position after leaves it, shape (width) from {@code
   *     cellGradientOffset}; becomes the gradient of c[t−1]
   * @param width the number of values of a gate
   */
  public static void backward(
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cell,
      int cellOffset,
      float[] hiddenGradient,
      int hiddenGradientOffset,
      float[] cellGradient,
      int cellGradientOffset,
      int width) {
    int j = 0;
    if (Lanes.VECTORS) {
      j =
          Vectors.backward(
              gates,
              gatesOffset,
              before,
              beforeOffset,
              cell,
              cellOffset,
              hiddenGradient,
              hiddenGradientOffset,
              cellGradient,
              cellGradientOffset,
              width);
    }
    for (; j < width; j++) {
      int x = gatesOffset + j;
      float i = gates[x];
      float f = gates[x + width];
      float g = gates[x + 2 * width];
      float o = gates[x + 3 * width];
      float dh = hiddenGradient[hiddenGradientOffset + j];
      float tanh = (float) Math.tanh(cell[cellOffset + j]);
      float dc = cellGradient[cellGradientOffset + j] + dh * o * (1 - tanh * tanh);
      gates[x] = dc * g * (i - i * i);
      gates[x + width] = dc * before[beforeOffset + j] * (f - f * f);
      gates[x + 2 * width] = dc * i * (1 - g * g);
      gates[x + 3 * width] = dh * tanh * (o - o * o);
      cellGradient[cellGradientOffset + j] = dc * f;
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
        float[] after,
        int afterOffset,
        float[] hidden,
        int hiddenOffset,
        int width) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector two = FloatVector.broadcast(SPECIES, 2);
      int j = 0;
      for (; j <= width - LANES; j += LANES) {
        int x = gatesOffset + j;
        int r = recurrentOffset + j;
        FloatVector sum =
            FloatVector.fromArray(SPECIES, gates, x)
                .add(FloatVector.fromArray(SPECIES, recurrent, r));
        FloatVector i = one.div(sum.neg().lanewise(VectorOperators.EXP).add(1));
        sum =
            FloatVector.fromArray(SPECIES, gates, x + width)
                .add(FloatVector.fromArray(SPECIES, recurrent, r + width));
        FloatVector f = one.div(sum.neg().lanewise(VectorOperators.EXP).add(1));
        sum =
            FloatVector.fromArray(SPECIES, gates, x + 2 * width)
                .add(FloatVector.fromArray(SPECIES, recurrent, r + 2 * width));
        FloatVector g = two.div(sum.mul(-2).lanewise(VectorOperators.EXP).add(1)).sub(1);
        sum =
            FloatVector.fromArray(SPECIES, gates, x + 3 * width)
                .add(FloatVector.fromArray(SPECIES, recurrent, r + 3 * width));
        FloatVector o = one.div(sum.neg().lanewise(VectorOperators.EXP).add(1));
        FloatVector c = FloatVector.fromArray(SPECIES, before, beforeOffset + j).fma(f, i.mul(g));
        FloatVector tanh = two.div(c.mul(-2).lanewise(VectorOperators.EXP).add(1)).sub(1);
        i.intoArray(gates, x);
        f.intoArray(gates, x + width);
        g.intoArray(gates, x + 2 * width);
        o.intoArray(gates, x + 3 * width);
        c.intoArray(after, afterOffset + j);
        o.mul(tanh).intoArray(hidden, hiddenOffset + j);
      }
      return j;
    }

    static int backward(
        float[] gates,
        int gatesOffset,
        float[] before,
        int beforeOffset,
        float[] cell,
        int cellOffset,
        float[] hiddenGradient,
        int hiddenGradientOffset,
        float[] cellGradient,
        int cellGradientOffset,
        int width) {
      FloatVector one = FloatVector.broadcast(SPECIES, 1);
      FloatVector two = FloatVector.broadcast(SPECIES, 2);
      int j = 0;
      for (; j <= width - LANES; j += LANES) {
        int x = gatesOffset + j;
        FloatVector i = FloatVector.fromArray(SPECIES, gates, x);
        FloatVector f = FloatVector.fromArray(SPECIES, gates, x + width);
        FloatVector g = FloatVector.fromArray(SPECIES, gates, x + 2 * width);
        FloatVector o = FloatVector.fromArray(SPECIES, gates, x + 3 * width);
        FloatVector c = FloatVector.fromArray(SPECIES, cell, cellOffset + j);
        FloatVector tanh = two.div(c.mul(-2).lanewise(VectorOperators.EXP).add(1)).sub(1);
        FloatVector dh = FloatVector.fromArray(SPECIES, hiddenGradient, hiddenGradientOffset + j);
        FloatVector dc =
            FloatVector.fromArray(SPECIES, cellGradient, cellGradientOffset + j)
                .add(dh.mul(o).mul(one.sub(tanh.mul(tanh))));
        dc.mul(g).mul(i.sub(i.mul(i))).intoArray(gates, x);
        dc.mul(FloatVector.fromArray(SPECIES, before, beforeOffset + j))
            .mul(f.sub(f.mul(f)))
            .intoArray(gates, x + width);
        dc.mul(i).mul(one.sub(g.mul(g))).intoArray(gates, x + 2 * width);
        dh.mul(tanh).mul(o.sub(o.mul(o))).intoArray(gates, x + 3 * width);
        dc.mul(f).intoArray(cellGradient, cellGradientOffset + j);
      }
      return j;
    }
  }
}
