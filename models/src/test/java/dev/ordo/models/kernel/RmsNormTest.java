package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RmsNormTest {

  static IntStream widths() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidth(int width) {
    SplittableRandom random = new SplittableRandom(width);
    int rows = 3;
    float[] weight = Oracle.random(random, width);
    float[] x = Oracle.random(random, 2 + rows * width);
    double[] expected = new double[rows * width];
    for (int r = 0; r < rows; r++) {
      double squares = 0;
      for (int i = 0; i < width; i++) {
        squares += Math.pow(x[2 + r * width + i], 2);
      }
      for (int i = 0; i < width; i++) {
        expected[r * width + i] =
            weight[i] * x[2 + r * width + i] / Math.sqrt(squares / width + 1e-5);
      }
    }
    float[] y = new float[1 + rows * width];
    new RmsNorm(weight, 1e-5f).apply(x, 2, rows, y, 1);
    Golden.assertClose(Arrays.copyOfRange(y, 1, y.length), Oracle.floats(expected), 1e-6);
  }

  @Test
  void worksInPlace() {
    float[] x = {3, 4};
    new RmsNorm(new float[] {1, 2}, 1e-12f).apply(x, 0, 1, x, 0);
    Golden.assertClose(x, new float[] {0.8485281f, 2.262742f}, 1e-6);
  }

  @Test
  void rejectsAnEpsilonThatIsNotPositive() {
    assertThatThrownBy(() -> new RmsNorm(new float[1], 0))
        .hasMessage("epsilon (0.0) must be positive");
    assertThatThrownBy(() -> new RmsNorm(new float[1], Float.NaN))
        .hasMessage("epsilon (NaN) must be positive");
    assertThat(new RmsNorm(new float[1], 1e-5f)).isNotNull();
  }
}
