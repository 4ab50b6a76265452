package dev.ordo.models.kernel;

import dev.ordo.models.Golden;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GluGradientTest {

  private final SplittableRandom random = new SplittableRandom(43);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainLoopAtEveryWidth(int width) {
    int rows = 3;
    float[] x = Oracle.random(random, rows * 2 * width);
    float[] dy = Oracle.random(random, rows * width);
    float[] dx = Oracle.random(random, x.length);
    double[] expected = new double[x.length];
    for (int i = 0; i < dy.length; i++) {
      int a = i / width * 2 * width + i % width;
      int b = a + width;
      double gate = 1 / (1 + Math.exp(-x[b]));
      expected[a] = dx[a] + dy[i] * gate;
      expected[b] = dx[b] + dy[i] * x[a] * gate * (1 - gate);
    }
    GluGradient.add(x, dy, rows, width, dx);
    Golden.assertClose(dx, Oracle.floats(expected), 1e-6);
  }
}
