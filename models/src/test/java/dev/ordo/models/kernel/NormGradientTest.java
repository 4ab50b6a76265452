package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormGradientTest {

  private static final int ROWS = 5;
  private static final float EPSILON = 1e-3f;

  private final SplittableRandom random = new SplittableRandom(9);

  static IntStream widths() {
    return IntStream.rangeClosed(1, 3 * Lanes.COUNT + 1);
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalsThePlainLoopAtEveryWidth(int d) {
    check(d, true);
    check(d, false);
  }

  private void check(int d, boolean centred) {
    float[] x = Oracle.random(random, ROWS * d);
    float[] gain = Oracle.random(random, d);
    float[] dy = Oracle.random(random, ROWS * d);
    float[] dx = Oracle.random(random, ROWS * d);
    float[] dGain = Oracle.random(random, d);
    float[] dBias = Oracle.random(random, d);
    double[] expected = new double[ROWS * d];
    double[] expectedGain = new double[d];
    double[] expectedBias = new double[d];
    for (int i = 0; i < d; i++) {
      expectedGain[i] = dGain[i];
      expectedBias[i] = dBias[i];
    }
    for (int r = 0; r < ROWS; r++) {
      double mean = 0;
      for (int i = 0; i < d && centred; i++) {
        mean += (double) x[r * d + i] / d;
      }
      double square = EPSILON;
      for (int i = 0; i < d; i++) {
        square += Math.pow(x[r * d + i] - mean, 2) / d;
      }
      double average = 0;
      double along = 0;
      for (int i = 0; i < d; i++) {
        double normed = (x[r * d + i] - mean) / Math.sqrt(square);
        double slope = (double) dy[r * d + i] * gain[i];
        average += centred ? slope / d : 0;
        along += slope * normed / d;
        expectedGain[i] += dy[r * d + i] * normed;
        expectedBias[i] += centred ? dy[r * d + i] : 0;
      }
      for (int i = 0; i < d; i++) {
        double normed = (x[r * d + i] - mean) / Math.sqrt(square);
        double slope = (double) dy[r * d + i] * gain[i];
        expected[r * d + i] =
            dx[r * d + i] + (slope - average - normed * along) / Math.sqrt(square);
      }
    }
    float[] scratch = new float[NormGradient.scratchSize(ROWS)];
    if (centred) {
      NormGradient.layer(x, gain, EPSILON, dy, ROWS, dx, dGain, dBias, scratch);
    } else {
      NormGradient.rms(x, gain, EPSILON, dy, ROWS, dx, dGain, scratch);
    }
    assertClose(dx, expected);
    assertClose(dGain, expectedGain);
    assertClose(dBias, expectedBias);
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .isCloseTo(expected[i], within(1e-4 * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
