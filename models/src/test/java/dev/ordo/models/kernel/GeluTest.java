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

class GeluTest {

  static IntStream counts() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("counts")
  void equalsThePlainLoopAtEveryCountAndTouchesNothingElse(int count) {
    float[] x = Oracle.random(new SplittableRandom(count), count + 5);
    float[] tanh = x.clone();
    float[] erf = x.clone();
    for (int i = 2; i < 2 + count; i++) {
      tanh[i] = (float) plainTanh(x[i]);
      erf[i] = (float) plainErf(x[i]);
    }
    float[] y = x.clone();
    Gelu.tanh(y, 2, count);
    assertThat(y).containsExactly(tanh, within(1e-6f));
    Gelu.erf(x, 2, count);
    assertThat(x).containsExactly(erf, within(1e-6f));
  }

  @Test
  void isAccurateFromEndToEnd() {
    int count = 40_001;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (i - count / 2) * 0.001f;
    }
    float[] tanh = x.clone();
    float[] erf = x.clone();
    Gelu.tanh(tanh, 0, count);
    Gelu.erf(erf, 0, count);
    for (int i = 0; i < count; i++) {
      double bound = 1e-6 * Math.max(1, Math.abs(x[i]));
      assertThat((double) tanh[i]).isCloseTo(plainTanh(x[i]), within(bound));
      assertThat((double) erf[i]).isCloseTo(plainErf(x[i]), within(bound));
    }
  }

  @Test
  void extremesAreTheIdentityAndZero() {
    float[] x = new float[2 * Gemm.LANES + 2];
    Arrays.fill(x, -1e6f);
    x[0] = 1e6f;
    x[x.length - 1] = 1e6f;
    float[] y = x.clone();
    Gelu.tanh(x, 0, x.length);
    Gelu.erf(y, 0, y.length);
    for (float[] result : new float[][] {x, y}) {
      assertThat(result[0]).isEqualTo(1e6f);
      assertThat(result[result.length - 1]).isEqualTo(1e6f);
      assertThat(result[1] + 0f).isZero();
      assertThat(result[result.length - 2] + 0f).isZero();
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    float[] x = new float[101];
    assertThat(Allocation.bytesPerCall(() -> Gelu.tanh(x, 0, 101))).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> Gelu.erf(x, 0, 101))).isLessThan(100);
  }

  private static double plainTanh(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  /** Integrates the normal density by Simpson's rule: 1e-12 at these steps. */
  private static double plainErf(double x) {
    double to = Math.min(Math.abs(x), 9);
    int steps = 200;
    double h = to / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.exp(-0.5 * (i * h) * (i * h));
    }
    double half = sum * h / 3 / Math.sqrt(2 * Math.PI);
    return x * (x < 0 ? 0.5 - half : 0.5 + half);
  }
}
