package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerNormTest {

  private final SplittableRandom random = new SplittableRandom(5);

  static IntStream widths() {
    return IntStream.rangeClosed(1, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidth(int d) {
    int rows = 3;
    float[] gain = Oracle.random(random, d);
    float[] bias = Oracle.random(random, d);
    float[] x = Oracle.random(random, 1 + rows * d);
    float[] expected = new float[2 + rows * d];
    for (int r = 0; r < rows; r++) {
      double mean = 0;
      for (int i = 0; i < d; i++) {
        mean += x[1 + r * d + i] / (double) d;
      }
      double variance = 0;
      for (int i = 0; i < d; i++) {
        variance += Math.pow(x[1 + r * d + i] - mean, 2) / d;
      }
      for (int i = 0; i < d; i++) {
        double normal = (x[1 + r * d + i] - mean) / Math.sqrt(variance + 1e-5);
        expected[2 + r * d + i] = (float) (normal * gain[i] + bias[i]);
      }
    }
    LayerNorm norm = new LayerNorm(gain, bias, 1e-5f);
    float[] y = new float[2 + rows * d];
    norm.apply(x, 1, rows, y, 2);
    assertThat(y).containsExactly(expected, within(1e-5f));
    norm.apply(x, 1, rows, x, 1);
    assertThat(Arrays.copyOfRange(x, 1, x.length))
        .containsExactly(Arrays.copyOfRange(expected, 2, expected.length), within(1e-5f));
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    LayerNorm norm = new LayerNorm(new float[61], new float[61], 1e-5f);
    float[] x = new float[2 * 61];
    assertThat(Allocation.bytesPerCall(() -> norm.apply(x, 0, 2, x, 0))).isLessThan(100);
  }

  @Test
  void rejectsSizesThatDoNotFit() {
    assertThatThrownBy(() -> new LayerNorm(new float[0], new float[0], 1))
        .hasMessage("gain (0 values) must not be empty");
    assertThatThrownBy(() -> new LayerNorm(new float[2], new float[3], 1))
        .hasMessage("bias (3 values) must be as long as gain (2)");
    assertThatThrownBy(() -> new LayerNorm(new float[2], new float[2], Float.NaN))
        .hasMessage("epsilon (NaN) must be positive");
  }
}
