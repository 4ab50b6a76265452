package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Golden;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HornerTest {

  private final SplittableRandom random = new SplittableRandom(31);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainSumsAtEveryNumberOfChannels(int channels) {
    check(13, channels, 3);
    check(20, channels, 4);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainSumsAtEveryDegree(int steps) {
    check(steps, Gemm.LANES + 2, 2);
  }

  private void check(int steps, int channels, int points) {
    float[] g = Oracle.random(random, steps * channels);
    double[] re = new double[channels * points];
    double[] im = new double[channels * points];
    double[][] expected = new double[4][channels * points];
    for (int i = 0; i < re.length; i++) {
      double size = 1 - 0.1 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      re[i] = (float) (size * Math.cos(angle));
      im[i] = (float) (size * Math.sin(angle));
      double powerRe = 1;
      double powerIm = 0;
      for (int t = 0; t < steps; t++) {
        double weight = g[t * channels + i / points];
        expected[0][i] += weight * powerRe;
        expected[1][i] += weight * powerIm;
        if (t + 1 < steps) {
          double next = (t + 1) * g[(t + 1) * channels + i / points];
          expected[2][i] += next * powerRe;
          expected[3][i] += next * powerIm;
        }
        double r = powerRe * re[i] - powerIm * im[i];
        powerIm = powerRe * im[i] + powerIm * re[i];
        powerRe = r;
      }
    }
    float[][] sums = new float[4][channels * points];
    Horner.evaluate(g, steps, channels, points, re, im, sums);
    for (int part = 0; part < 4; part++) {
      Golden.assertClose(sums[part], Oracle.floats(expected[part]), 2e-6);
    }
  }

  @Test
  void noCoefficientsMakeZeros() {
    float[][] sums = {{1}, {1}, {1}, {1}};
    Horner.evaluate(new float[0], 0, 1, 1, new double[] {2}, new double[] {3}, sums);
    assertThat(sums).isDeepEqualTo(new float[][] {{0}, {0}, {0}, {0}});
  }
}
