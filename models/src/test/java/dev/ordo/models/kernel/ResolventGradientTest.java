package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResolventGradientTest {

  private static final double STEP = 1e-6;

  private final SplittableRandom random = new SplittableRandom(47);

  static IntStream sizes() {
    return IntStream.rangeClosed(0, 3 * Gemm.LANES + 1);
  }

  private double uniform() {
    return 2 * random.nextDouble() - 1;
  }

  /** Differences of Re Σ g·T(v), T by plain fractions, with respect to v and α. */
  @ParameterizedTest
  @MethodSource("sizes")
  void equalsDifferencesAtEveryNumberOfFrequencies(int count) {
    double[] sin = new double[count];
    double[] cos = new double[count];
    for (int j = 0; j < count; j++) {
      sin[j] = Math.sin(Math.PI / 2 * j / count);
      cos[j] = Math.cos(Math.PI / 2 * j / count);
    }
    double[] factors = IntStream.range(0, 8 * count).mapToDouble(i -> uniform()).toArray();
    double[] at = {-0.5 - random.nextDouble(), -2 * random.nextDouble(), uniform(), uniform()};
    double[] moments = new double[16];
    ResolventGradient.moments(at[0], at[1], sin, cos, factors, moments);
    for (int k = 0; k < 4; k++) {
      double[] slopes = new double[4];
      for (int i = 0; i < 4; i++) {
        double[] above = at.clone();
        above[i] += STEP;
        double[] below = at.clone();
        below[i] -= STEP;
        slopes[i] =
            (loss(above, sin, cos, factors, k) - loss(below, sin, cos, factors, k)) / (2 * STEP);
      }
      // dloss = Re(M·dz): the derivatives with respect to Re z and Im z are Re M and −Im M.
      double m2Re = moments[4 * k + 2] * at[2] - moments[4 * k + 3] * at[3];
      double m2Im = moments[4 * k + 2] * at[3] + moments[4 * k + 3] * at[2];
      assertThat(m2Re).isCloseTo(slopes[0], within(1e-7 * (1 + count)));
      assertThat(-m2Im).isCloseTo(slopes[1], within(1e-7 * (1 + count)));
      assertThat(moments[4 * k]).isCloseTo(slopes[2], within(1e-7 * (1 + count)));
      assertThat(-moments[4 * k + 1]).isCloseTo(slopes[3], within(1e-7 * (1 + count)));
    }
  }

  private static double loss(double[] at, double[] sin, double[] cos, double[] factors, int k) {
    int count = sin.length;
    double loss = 0;
    for (int j = 0; j < count; j++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        double dr = -cos[j] * at[0];
        double di = 2 * sin[j] - sign * cos[j] * at[1];
        double norm = dr * dr + di * di;
        double re = (at[2] * dr + sign * at[3] * di) / norm;
        double im = (sign * at[3] * dr - at[2] * di) / norm;
        loss += factors[2 * k * count + j] * re - factors[(2 * k + 1) * count + j] * im;
      }
    }
    return loss;
  }
}
