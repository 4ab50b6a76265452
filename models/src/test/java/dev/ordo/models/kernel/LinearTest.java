package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTest {

  private final SplittableRandom random = new SplittableRandom(7);

  static IntStream outs() {
    return IntStream.rangeClosed(1, 5 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("outs")
  void equalsThePlainLoopAtEveryNumberOfOutputsAndRows(int out) {
    for (int rows = 0; rows <= 17; rows++) {
      check(rows, 1 + (out * 7 + rows * 3) % 23, out);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 255, 256, 257, 515})
  void equalsThePlainLoopAtEveryDepth(int in) {
    for (int rows : new int[] {1, 3, 4, 8, 13}) {
      check(rows, in, 3 * Gemm.LANES - 3);
    }
  }

  private void check(int rows, int in, int out) {
    float[] weights = normal(out * in);
    float[] bias = normal(out);
    float[] x = normal(5 + rows * in);
    double[] expected = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        expected[r * out + o] = bias[o];
        for (int i = 0; i < in; i++) {
          expected[r * out + o] += (double) x[5 + r * in + i] * weights[o * in + i];
        }
      }
    }
    float[] transposed = new float[in * out];
    for (int i = 0; i < in * out; i++) {
      transposed[i % in * out + i / in] = weights[i];
    }
    float[] y = new float[3 + rows * out + 2];
    for (Linear linear :
        new Linear[] {
          Linear.ofRows(weights, out, in, bias), Linear.ofColumns(transposed, in, out, bias)
        }) {
      Arrays.fill(y, 99);
      linear.apply(x, 5, rows, y, 3);
      assertThat(Arrays.copyOf(y, 3)).containsOnly(99);
      assertThat(Arrays.copyOfRange(y, y.length - 2, y.length)).containsOnly(99);
      Golden.assertClose(
          Arrays.copyOfRange(y, 3, 3 + rows * out), Oracle.floats(expected), 2e-6 * Math.sqrt(in));
    }
  }

  @Test
  void noBiasIsZeroBias() {
    Linear linear = Linear.ofRows(new float[] {2, 3}, 1, 2, null);
    float[] y = {5};
    linear.apply(new float[] {10, 100}, 0, 1, y, 0);
    assertThat(y).containsExactly(320);
    assertThat(linear.in()).isEqualTo(2);
    assertThat(linear.out()).isEqualTo(1);
  }

  @Test
  void keepsItsOwnWeights() {
    float[] weights = {2};
    float[] bias = {1};
    Linear linear = Linear.ofRows(weights, 1, 1, bias);
    weights[0] = 0;
    bias[0] = 0;
    float[] y = new float[1];
    linear.apply(new float[] {3}, 0, 1, y, 0);
    assertThat(y).containsExactly(7);
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @ValueSource(ints = {1, 13})
  void allocatesNothing(int rows) {
    int in = 64;
    int out = 61;
    Linear linear = Linear.ofRows(normal(in * out), out, in, null);
    float[] x = normal(rows * in);
    float[] y = new float[rows * out];
    assertThat(Allocation.bytesPerCall(() -> linear.apply(x, 0, rows, y, 0))).isLessThan(100);
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> Linear.ofRows(new float[6], 0, 3, null))
        .hasMessage("out (0) must be positive");
    assertThatThrownBy(() -> Linear.ofColumns(new float[6], -1, 3, null))
        .hasMessage("in (-1) must be positive");
    assertThatThrownBy(() -> Linear.ofRows(new float[6], 2, 2, null))
        .hasMessage("weights (6 values) must have out × in = 4");
    assertThatThrownBy(() -> Linear.ofColumns(new float[6], 3, 2, new float[3]))
        .hasMessage("bias (3 values) must have out = 2");
  }

  @Test
  void rejectsArraysThatAreTooShort() {
    Linear linear = Linear.ofRows(normal(64 * 64), 64, 64, null);
    assertThatThrownBy(() -> linear.apply(new float[64], 1, 1, new float[64], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> linear.apply(new float[64], 0, 1, new float[64], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private float[] normal(int count) {
    return Oracle.random(random, count);
  }
}
