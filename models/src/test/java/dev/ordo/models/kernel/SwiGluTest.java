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

class SwiGluTest {

  private final SplittableRandom random = new SplittableRandom(4);

  static IntStream widths() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidth(int width) {
    int rows = 3;
    float[] x = Oracle.random(random, 2 * rows * width);
    double[] expected = new double[rows * width];
    for (int i = 0; i < expected.length; i++) {
      int g = i / width * 2 * width + i % width;
      expected[i] = x[g] / (1 + Math.exp(-x[g])) * x[g + width];
    }
    float[] y = new float[rows * width];
    SwiGlu.apply(x, rows, width, y);
    assertThat(y).containsExactly(Oracle.floats(expected), within(2e-6f));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void addsTheGradientAtEveryWidth(int width) {
    float[] g = Oracle.random(random, width);
    float[] u = Oracle.random(random, width);
    float[] dy = Oracle.random(random, width);
    float[] dg = Oracle.random(random, width);
    float[] du = Oracle.random(random, width);
    double[] gates = new double[width];
    double[] values = new double[width];
    for (int i = 0; i < width; i++) {
      double h = 1e-5;
      double slope = (silu(g[i] + h) - silu(g[i] - h)) / (2 * h);
      gates[i] = dg[i] + dy[i] * u[i] * slope;
      values[i] = du[i] + dy[i] * silu(g[i]);
    }
    SwiGlu.backward(g, u, dy, dg, du, width);
    assertThat(dg).containsExactly(Oracle.floats(gates), within(1e-5f));
    assertThat(du).containsExactly(Oracle.floats(values), within(1e-5f));
  }

  private static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  @Test
  void endsOfTheRangeStayFinite() {
    float[] y = new float[4];
    SwiGlu.apply(new float[] {-1e4f, 1e4f, -200, 200}, new float[] {1, 1, 1, 1}, 4, y);
    assertThat(y).containsExactly(new float[] {0, 1e4f, 0, 200}, within(0f));
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    float[] x = new float[200];
    float[] y = new float[100];
    assertThat(Allocation.bytesPerCall(() -> SwiGlu.apply(x, 2, 50, y))).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> SwiGlu.backward(y, y, y, x, x, 50))).isLessThan(100);
  }
}
