package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GruCellTest {

  private static final float NEAR = 1e-6f;

  private final SplittableRandom random = new SplittableRandom(9);

  static IntStream widths() {
    return IntStream.rangeClosed(0, 3 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidthAndTouchesNothingElse(int width) {
    float[] recurrent = Oracle.random(random, 3 * width + 3);
    float[] input = Oracle.random(random, 3 * width + 5);
    float[] before = Oracle.random(random, width + 2);
    float[] gates = input.clone();
    float[] hidden = Oracle.random(random, width + 4);
    float[] expectedHidden = hidden.clone();
    GruCell.forward(recurrent, 1, gates, 2, before, 1, hidden, 3, width);

    float[] expectedGates = input.clone();
    for (int j = 0; j < width; j++) {
      double[] state = plain(arguments(input, 2, recurrent, 1, before[1 + j], j, width));
      for (int gate = 0; gate < 3; gate++) {
        expectedGates[2 + gate * width + j] = (float) state[1 + gate];
      }
      expectedHidden[3 + j] = (float) state[0];
    }
    assertThat(gates).containsExactly(expectedGates, within(NEAR));
    assertThat(hidden).containsExactly(expectedHidden, within(NEAR));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void theGradientIsThatOfFiniteDifferences(int width) {
    float[] recurrent = Oracle.random(random, 3 * width);
    float[] input = Oracle.random(random, 3 * width + 5);
    float[] before = Oracle.random(random, width + 2);
    float[] gates = input.clone();
    float[] hidden = new float[width];
    GruCell.forward(recurrent, 0, gates, 2, before, 1, hidden, 0, width);
    float[] incoming = Oracle.random(random, width + 4);
    float[] hiddenGradient = incoming.clone();
    float[] candidate = Oracle.random(random, width + 3);
    System.arraycopy(recurrent, 2 * width, candidate, 3, width);
    float[] expectedGates = gates.clone();
    float[] expectedCandidate = candidate.clone();
    float[] expectedHidden = incoming.clone();
    GruCell.backward(gates, 2, candidate, 3, before, 1, hiddenGradient, 4, width);

    double step = 1e-5;
    for (int j = 0; j < width; j++) {
      double[] gradient = new double[5];
      for (int k = 0; k < 5; k++) {
        double[] arguments = arguments(input, 2, recurrent, 0, before[1 + j], j, width);
        arguments[k] += step;
        double above = plain(arguments)[0];
        arguments[k] -= 2 * step;
        gradient[k] = incoming[4 + j] * (above - plain(arguments)[0]) / (2 * step);
      }
      expectedGates[2 + j] = (float) gradient[0];
      expectedGates[2 + width + j] = (float) gradient[1];
      expectedGates[2 + 2 * width + j] = (float) gradient[3];
      expectedCandidate[3 + j] = (float) gradient[2];
      expectedHidden[4 + j] = (float) gradient[4];
    }
    assertThat(gates).containsExactly(expectedGates, within(4 * NEAR));
    assertThat(candidate).containsExactly(expectedCandidate, within(4 * NEAR));
    assertThat(hiddenGradient).containsExactly(expectedHidden, within(4 * NEAR));
  }

  @Test
  void theHiddenStateMayReplaceTheOneBefore() {
    int width = 2 * Lanes.COUNT + 3;
    float[] recurrent = Oracle.random(random, 3 * width);
    float[] input = Oracle.random(random, 3 * width);
    float[] before = Oracle.random(random, width);
    float[] hidden = new float[width];
    GruCell.forward(recurrent, 0, input.clone(), 0, before, 0, hidden, 0, width);
    GruCell.forward(recurrent, 0, input.clone(), 0, before, 0, before, 0, width);
    assertThat(before).isEqualTo(hidden);
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    int width = 37;
    float[] recurrent = Oracle.random(random, 3 * width);
    float[] gates = Oracle.random(random, 3 * width);
    float[] h = new float[width];
    float[] candidate = new float[width];
    assertThat(
            Allocation.bytesPerCall(
                () -> GruCell.forward(recurrent, 0, gates, 0, h, 0, h, 0, width)))
        .isLessThan(100);
    assertThat(
            Allocation.bytesPerCall(
                () -> GruCell.backward(gates, 0, candidate, 0, h, 0, h, 0, width)))
        .isLessThan(100);
  }

  /** Returns the sum before r, the sum before z, x₂, u₂ and h[t−1]. */
  private static double[] arguments(
      float[] input, int x, float[] recurrent, int u, double before, int j, int width) {
    return new double[] {
      (double) input[x + j] + recurrent[u + j],
      (double) input[x + width + j] + recurrent[u + width + j],
      input[x + 2 * width + j],
      recurrent[u + 2 * width + j],
      before
    };
  }

  /** Returns h, r, z, n. */
  private static double[] plain(double[] arguments) {
    double r = sigmoid(arguments[0]);
    double z = sigmoid(arguments[1]);
    double n = Math.tanh(arguments[2] + r * arguments[3]);
    return new double[] {(1 - z) * n + z * arguments[4], r, z, n};
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
