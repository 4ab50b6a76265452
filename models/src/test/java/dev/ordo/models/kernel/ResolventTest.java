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

class ResolventTest {

  private final SplittableRandom random = new SplittableRandom(37);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  private double uniform() {
    return 2 * random.nextDouble() - 1;
  }

  /** Sums fractions one by one, each state and its conjugate apart. */
  @ParameterizedTest
  @MethodSource("sizes")
  void equalsThePlainFractionsAtEveryNumberOfFrequencies(int count) {
    int states = 3;
    int first = 10;
    double[] constants = new double[first + 10 * states];
    double[][] alpha = new double[states][];
    double[][][] weights = new double[states][4][];
    for (int n = 0; n < states; n++) {
      alpha[n] = new double[] {-random.nextDouble() - 0.1, -3 * random.nextDouble()};
      int at = first + 10 * n;
      constants[at] = 2 * alpha[n][0];
      constants[at + 1] = alpha[n][0] * alpha[n][0] + alpha[n][1] * alpha[n][1];
      for (int k = 0; k < 4; k++) {
        double[] v = {uniform(), uniform()};
        weights[n][k] = v;
        constants[at + 2 + 2 * k] = 2 * v[0];
        constants[at + 3 + 2 * k] = -2 * (v[0] * alpha[n][0] + v[1] * alpha[n][1]);
      }
    }
    double[] sin = new double[count];
    double[] cos = new double[count];
    for (int j = 0; j < count; j++) {
      sin[j] = Math.sin(Math.PI / 2 * j / count);
      cos[j] = Math.cos(Math.PI / 2 * j / count);
    }
    double[] sums = new double[8 * count];
    Resolvent.sums(constants, first, states, sin, cos, count, sums);
    for (int j = 0; j < count; j++) {
      for (int k = 0; k < 4; k++) {
        double re = 0;
        double im = 0;
        for (int n = 0; n < states; n++) {
          for (int sign = -1; sign <= 1; sign += 2) {
            // v/(2is − c·α), or both conjugated
            double dr = -cos[j] * alpha[n][0];
            double di = 2 * sin[j] - sign * cos[j] * alpha[n][1];
            double vr = weights[n][k][0];
            double vi = sign * weights[n][k][1];
            double norm = dr * dr + di * di;
            re += (vr * dr + vi * di) / norm;
            im += (vi * dr - vr * di) / norm;
          }
        }
        assertThat(sums[2 * k * count + j]).isCloseTo(re, within(1e-12 * (1 + Math.abs(re))));
        assertThat(sums[(2 * k + 1) * count + j]).isCloseTo(im, within(1e-12 * (1 + Math.abs(im))));
      }
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    double[] constants = new double[20];
    constants[1] = 1;
    constants[11] = 2;
    double[] roots = new double[100];
    double[] sums = new double[800];
    assertThat(
            Allocation.bytesPerCall(() -> Resolvent.sums(constants, 0, 2, roots, roots, 100, sums)))
        .isLessThan(100);
  }
}
