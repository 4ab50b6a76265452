package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Silu, Softplus, Tanh and Glu against scalar functions in double precision. */
class ElementwiseTest {

  private final SplittableRandom random = new SplittableRandom(3);

  static IntStream lengths() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void equalTheirScalarFunctionsAtEveryLengthAndNothingElseChanges(int length) {
    float[] x = Oracle.random(random, length + 5);
    float[] y = Oracle.random(random, length + 5);

    float[] silu = x.clone();
    Silu.apply(silu, 2, length);
    float[] softplus = x.clone();
    Softplus.apply(softplus, 2, length);
    float[] gated = y.clone();
    Silu.gate(x, gated, length);
    float[] tanh = y.clone();
    Tanh.ofSum(x, 2, tanh, 1, length);
    for (int i = 0; i < length + 5; i++) {
      boolean inside = i >= 2 && i < 2 + length;
      assertNear(silu[i], inside ? silu(x[i]) : x[i]);
      assertNear(softplus[i], inside ? Math.log1p(Math.exp(x[i])) : x[i]);
      assertNear(gated[i], i < length ? y[i] * silu(x[i]) : y[i]);
      boolean summed = i >= 1 && i < 1 + length;
      assertNear(tanh[i], summed ? Math.tanh(x[i + 1] + y[i]) : y[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void gluAddsTheGatedHalf(int width) {
    int rows = 3;
    float[] x = Oracle.random(random, rows * 2 * width);
    float[] before = Oracle.random(random, rows * width + 1);
    float[] y = before.clone();
    Glu.add(x, rows, width, y, 1);
    assertThat(y[0]).isEqualTo(before[0]);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < width; i++) {
        double a = x[r * 2 * width + i];
        double b = x[r * 2 * width + width + i];
        int at = 1 + r * width + i;
        assertNear(y[at], before[at] + a * sigmoid(b));
      }
    }
  }

  @Test
  void softplusKeepsItsRelativePrecisionFarBelowZero() {
    for (float x = -80; x < 80; x += 0.37f) {
      float[] y = new float[Gemm.LANES];
      Arrays.fill(y, x);
      Softplus.apply(y, 0, y.length);
      double expected = Math.log1p(Math.exp(x));
      assertThat(Math.abs(y[0] - expected) / expected).as("softplus(%s)", x).isLessThan(5e-7);
    }
  }

  @Test
  void extremesSaturateAndNaNStaysNaN() {
    float[] x = new float[Gemm.LANES];
    for (float extreme : new float[] {-1e30f, 1e30f, Float.NEGATIVE_INFINITY, Float.NaN}) {
      Arrays.fill(x, extreme);
      float[] y = new float[x.length];
      Tanh.ofSum(x, 0, y, 0, y.length);
      assertThat(y).containsOnly((float) Math.tanh(extreme));
      float[] softplus = x.clone();
      Softplus.apply(softplus, 0, x.length);
      double expected = Math.max(extreme, 0);
      for (float value : softplus) {
        if (Double.isNaN(expected)) {
          assertThat(value).isNaN();
        } else {
          assertThat((double) value).isBetween(expected * 0.999999, expected * 1.000001 + 1e-30);
        }
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double silu(double x) {
    return x * sigmoid(x);
  }

  private static void assertNear(double actual, double expected) {
    assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(4e-7 * Math.max(1, expected));
  }
}
