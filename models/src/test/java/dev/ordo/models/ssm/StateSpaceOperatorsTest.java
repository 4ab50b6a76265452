package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.autograd.FiniteDifferences;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.SelectiveScanGradient;
import dev.ordo.models.kernel.SsdGradient;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSpaceOperatorsTest {

  /** Returns floats in low … high as doubles. */
  private static double[] random(SplittableRandom random, int count, double low, double high) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (low + (high - low) * random.nextDouble());
    }
    return values;
  }

  @Test
  void copiesOfColumns() {
    FiniteDifferences.check(
        1,
        (tape, x) -> StateSpaceOperators.columns(tape, x[0], 2, 3),
        x -> {
          double[] y = new double[12];
          for (int i = 0; i < 12; i++) {
            y[i] = x[0][i / 3 * 7 + 2 + i % 3];
          }
          return y;
        },
        new int[] {4, 7});
  }

  @Test
  void rowsAreAdded() {
    FiniteDifferences.check(
        1,
        (tape, x) -> StateSpaceOperators.addRow(tape, x[0], x[1]),
        x -> {
          double[] y = x[0].clone();
          for (int i = 0; i < y.length; i++) {
            y[i] += x[1][i % 5];
          }
          return y;
        },
        new int[] {4, 5},
        new int[] {1, 5});
  }

  @Test
  void limits() {
    FiniteDifferences.check(
        1,
        (tape, x) -> StateSpaceOperators.limit(tape, x[0], -0.25f, 0.5f),
        x -> {
          double[] y = x[0].clone();
          for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(0.5, Math.max(-0.25, y[i]));
          }
          return y;
        },
        new int[] {4, 9});
  }

  @Test
  void aValueAtItsLimitHasAGradient() {
    Tape tape = new Tape();
    Tensor x = tape.tensor(1, 3);
    System.arraycopy(new float[] {0, 1, 2}, 0, x.value(), 0, 3);
    Tensor y = StateSpaceOperators.limit(tape, x, 0, 1);
    tape.backward(y, new float[] {1, 1, 1});
    assertThat(x.gradient()).containsExactly(1, 1, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "2, 16", "2, 37"})
  void gates(int rows, int width) {
    FiniteDifferences.check(
        width,
        (tape, x) -> StateSpaceOperators.gate(tape, x[0], x[1], 2),
        x -> {
          double[] y = x[0].clone();
          for (int i = 0; i < y.length; i++) {
            double z = x[1][i / width * (width + 3) + 2 + i % width];
            y[i] *= z / (1 + Math.exp(-z));
          }
          return y;
        },
        new int[] {rows, width},
        new int[] {rows, width + 3});
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 4", "2, 3, 5, 4", "2, 6, 17, 3", "1, 9, 33, 1", "3, 2, 16, 6"})
  void convolutions(int batch, int length, int channels, int taps) {
    int stride = channels + 3;
    FiniteDifferences.check(
        taps,
        (tape, x) -> StateSpaceOperators.convolve(tape, x[0], 2, x[1], x[2], batch),
        x -> convolve(x, batch, length, channels, taps),
        new int[] {batch * length, stride},
        new int[] {channels, taps},
        new int[] {1, channels});
    FiniteDifferences.check(
        taps,
        (tape, x) -> StateSpaceOperators.convolve(tape, x[0], 2, x[1], null, batch),
        x ->
            convolve(
                new double[][] {x[0], x[1], new double[channels]}, batch, length, channels, taps),
        new int[] {batch * length, stride},
        new int[] {channels, taps});
  }

  private static double[] convolve(double[][] x, int batch, int length, int channels, int taps) {
    double[] y = new double[batch * length * channels];
    for (int i = 0; i < y.length; i++) {
      int row = i / channels;
      int c = i % channels;
      double u = x[2][c];
      for (int k = 0; k < taps; k++) {
        int back = taps - 1 - k;
        if (row % length >= back) {
          u += x[1][c * taps + k] * x[0][(row - back) * (channels + 3) + 2 + c];
        }
      }
      y[i] = u / (1 + Math.exp(-u));
    }
    return y;
  }

  /** Lengths about a chunk of 16, channels about a vector. */
  @ParameterizedTest
  @CsvSource({
    "false, 1, 1, 1, 2",
    "false, 2, 5, 3, 4",
    "false, 1, 16, 2, 2",
    "false, 1, 17, 3, 2",
    "false, 2, 33, 2, 1",
    "false, 1, 3, 15, 2",
    "false, 1, 3, 16, 2",
    "false, 2, 19, 17, 2",
    "false, 1, 2, 32, 3",
    "false, 1, 2, 49, 2",
    "true, 1, 1, 1, 2",
    "true, 1, 16, 2, 2",
    "true, 1, 17, 3, 2",
    "true, 2, 33, 2, 1",
    "true, 1, 32, 16, 2",
    "true, 2, 19, 17, 2",
    "true, 1, 35, 33, 1"
  })
  void selectiveScans(boolean chunked, int batch, int length, int channels, int states) {
    SplittableRandom random = new SplittableRandom(length);
    int rows = batch * length;
    int stride = 2 * states + 3;
    double[][] inputs = {
      random(random, rows * channels, -1, 1),
      random(random, rows * channels, 0.1, 1),
      random(random, rows * stride, -1, 1),
      random(random, channels * states, -1, 1),
      random(random, channels, -1, 1)
    };
    FiniteDifferences.check(
        1,
        (tape, x) ->
            StateSpaceOperators.scan(
                tape,
                x[0],
                x[1],
                x[2],
                2,
                x[3],
                x[4],
                batch,
                chunked,
                new SelectiveScanGradient.Workspace(channels, states)),
        x -> {
          double[] y = new double[rows * channels];
          double[] h = new double[channels * states];
          for (int row = 0; row < rows; row++) {
            for (int c = 0; c < channels; c++) {
              int at = row * channels + c;
              double sum = x[4][c] * x[0][at];
              for (int n = 0; n < states; n++) {
                int i = c * states + n;
                double a = row % length == 0 ? 0 : Math.exp(-Math.exp(x[3][i]) * x[1][at]);
                h[i] = a * h[i] + x[1][at] * x[0][at] * x[2][row * stride + 2 + n];
                sum += h[i] * x[2][row * stride + 2 + states + n];
              }
              y[at] = sum;
            }
          }
          return y;
        },
        inputs,
        new int[] {rows, channels},
        new int[] {rows, channels},
        new int[] {rows, stride},
        new int[] {channels, states},
        new int[] {1, channels});
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1, 2, 4",
    "2, 5, 2, 3, 1, 2, 4",
    "1, 9, 4, 2, 2, 4, 4",
    "1, 8, 1, 17, 1, 2, 4",
    "2, 7, 2, 2, 2, 2, 16",
    "1, 33, 2, 1, 1, 2, 16",
    "1, 3, 1, 33, 1, 6, 2"
  })
  void stateSpaceDualities(
      int batch, int length, int heads, int width, int groups, int states, int chunk) {
    SplittableRandom random = new SplittableRandom(length);
    int rows = batch * length;
    int inner = heads * width;
    int stride = inner + 2 * groups * states;
    double[][] inputs = {
      random(random, rows * stride, -1, 1),
      random(random, rows * heads, 0.1, 1),
      random(random, heads, -1, 1),
      random(random, heads, -1, 1)
    };
    Mamba2Sizes sizes =
        new Mamba2Sizes(
            new ModelShape(1, 1, 1, states, 1),
            heads,
            width,
            groups,
            4,
            chunk,
            0,
            Float.POSITIVE_INFINITY,
            true,
            false,
            true,
            1e-5f);
    SsdGradient.Workspace work =
        new SsdGradient.Workspace(sizes.operator(new float[heads], new float[heads]));
    FiniteDifferences.check(
        1,
        (tape, x) -> StateSpaceOperators.ssd(tape, x[0], x[1], x[2], x[3], sizes, batch, work),
        x -> {
          double[] y = new double[rows * inner];
          double[] s = new double[inner * states];
          for (int row = 0; row < rows; row++) {
            for (int c = 0; c < inner; c++) {
              int h = c / width;
              double dt = x[1][row * heads + h];
              double a = row % length == 0 ? 0 : Math.exp(-Math.exp(x[2][h]) * dt);
              double in = x[0][row * stride + c];
              double sum = x[3][h] * in;
              for (int n = 0; n < states; n++) {
                int b = row * stride + inner + h / (heads / groups) * states + n;
                int i = c * states + n;
                s[i] = a * s[i] + dt * in * x[0][b];
                sum += s[i] * x[0][b + groups * states];
              }
              y[row * inner + c] = sum;
            }
          }
          return y;
        },
        inputs,
        new int[] {rows, stride},
        new int[] {rows, heads},
        new int[] {1, heads},
        new int[] {1, heads});
  }
}
