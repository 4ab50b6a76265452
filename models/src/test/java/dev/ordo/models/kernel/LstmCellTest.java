package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LstmCellTest {

  private static final float NEAR = 1e-6f;

  private final SplittableRandom random = new SplittableRandom(8);

  static IntStream widths() {
    return IntStream.rangeClosed(0, 3 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidthAndTouchesNothingElse(int width) {
    float[] recurrent = Oracle.random(random, 4 * width + 3);
    float[] input = Oracle.random(random, 4 * width + 5);
    float[] before = Oracle.random(random, width + 2);
    float[] gates = input.clone();
    float[] after = Oracle.random(random, width + 3);
    float[] hidden = Oracle.random(random, width + 4);
    float[] oldAfter = after.clone();
    float[] oldHidden = hidden.clone();
    LstmCell.forward(recurrent, 1, gates, 2, before, 1, after, 2, hidden, 3, width);

    float[] expectedGates = input.clone();
    for (int j = 0; j < width; j++) {
      double[] state = plain(input, 2, recurrent, 1, before[1 + j], j, width);
      for (int gate = 0; gate < 4; gate++) {
        expectedGates[2 + gate * width + j] = (float) state[2 + gate];
      }
      oldAfter[2 + j] = (float) state[0];
      oldHidden[3 + j] = (float) state[1];
    }
    assertThat(gates).containsExactly(expectedGates, within(NEAR));
    assertThat(after).containsExactly(oldAfter, within(NEAR));
    assertThat(hidden).containsExactly(oldHidden, within(NEAR));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void theGradientIsThatOfFiniteDifferences(int width) {
    float[] recurrent = Oracle.random(random, 4 * width);
    float[] input = Oracle.random(random, 4 * width + 5);
    float[] before = Oracle.random(random, width + 2);
    float[] gates = input.clone();
    float[] cell = new float[width + 1];
    float[] hidden = new float[width];
    LstmCell.forward(recurrent, 0, gates, 2, before, 1, cell, 1, hidden, 0, width);
    float[] hiddenGradient = Oracle.random(random, width + 3);
    float[] incoming = Oracle.random(random, width + 4);
    float[] cellGradient = incoming.clone();
    float[] keptHidden = hiddenGradient.clone();
    float[] expectedGates = gates.clone();
    float[] expectedCell = incoming.clone();
    LstmCell.backward(gates, 2, before, 1, cell, 1, hiddenGradient, 3, cellGradient, 4, width);

    double step = 1e-5;
    for (int j = 0; j < width; j++) {
      double dh = hiddenGradient[3 + j];
      double dc = incoming[4 + j];
      for (int gate = 0; gate < 5; gate++) {
        double[] sums = sums(input, 2, recurrent, 0, before[1 + j], j, width);
        sums[gate] += step;
        double[] above = plain(sums);
        sums[gate] -= 2 * step;
        double[] below = plain(sums);
        double gradient = (dc * (above[0] - below[0]) + dh * (above[1] - below[1])) / (2 * step);
        if (gate < 4) {
          expectedGates[2 + gate * width + j] = (float) gradient;
        } else {
          expectedCell[4 + j] = (float) gradient;
        }
      }
    }
    assertThat(gates).containsExactly(expectedGates, within(4 * NEAR));
    assertThat(cellGradient).containsExactly(expectedCell, within(4 * NEAR));
    assertThat(hiddenGradient).isEqualTo(keptHidden);
  }

  @Test
  void theCellMayReplaceTheOneBefore() {
    int width = 2 * Lanes.COUNT + 3;
    float[] recurrent = Oracle.random(random, 4 * width);
    float[] input = Oracle.random(random, 4 * width);
    float[] before = Oracle.random(random, width);
    float[] after = new float[width];
    float[] hidden = new float[width];
    LstmCell.forward(recurrent, 0, input.clone(), 0, before, 0, after, 0, hidden, 0, width);
    LstmCell.forward(recurrent, 0, input.clone(), 0, before, 0, before, 0, hidden, 0, width);
    assertThat(before).isEqualTo(after);
  }

  @Test
  void extremesSaturateAndNaNStaysNaN() {
    int width = Lanes.COUNT + 1;
    for (float extreme : new float[] {-1e30f, 1e30f, Float.NaN}) {
      float[] gates = new float[4 * width];
      Arrays.fill(gates, extreme);
      float[] cell = new float[width];
      Arrays.fill(cell, 0.5f);
      float[] hidden = new float[width];
      LstmCell.forward(new float[4 * width], 0, gates, 0, cell, 0, cell, 0, hidden, 0, width);
      double sigmoid = Float.isNaN(extreme) ? Double.NaN : extreme > 0 ? 1 : 0;
      float expected = (float) (sigmoid * (0.5 + Math.tanh(extreme)));
      assertThat(cell).containsOnly(expected + 0f);
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int width = 37;
    float[] recurrent = Oracle.random(random, 4 * width);
    float[] gates = Oracle.random(random, 4 * width);
    float[] c = new float[width];
    float[] h = new float[width];
    assertThat(
            Allocation.bytesPerCall(
                () -> LstmCell.forward(recurrent, 0, gates, 0, c, 0, c, 0, h, 0, width)))
        .isLessThan(100);
    assertThat(
            Allocation.bytesPerCall(
                () -> LstmCell.backward(gates, 0, c, 0, c, 0, h, 0, h, 0, width)))
        .isLessThan(100);
  }

  /** Returns the sums before the gates, then c[t−1]. */
  private static double[] sums(
      float[] input, int x, float[] recurrent, int r, double before, int j, int width) {
    double[] sums = new double[5];
    for (int gate = 0; gate < 4; gate++) {
      int at = gate * width + j;
      sums[gate] = (double) input[x + at] + recurrent[r + at];
    }
    sums[4] = before;
    return sums;
  }

  private static double[] plain(
      float[] input, int x, float[] recurrent, int r, double before, int j, int width) {
    return plain(sums(input, x, recurrent, r, before, j, width));
  }

  /** Returns c, h, i, f, g, o. */
  private static double[] plain(double[] sums) {
    double i = sigmoid(sums[0]);
    double f = sigmoid(sums[1]);
    double g = Math.tanh(sums[2]);
    double o = sigmoid(sums[3]);
    double c = f * sums[4] + i * g;
    return new double[] {c, o * Math.tanh(c), i, f, g, o};
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
