package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseTrendTest {

  private static double[] squares(double[] deviations, int forks, Random random) {
    double[] squares = new double[deviations.length];
    for (int i = 0; i < squares.length; i++) {
      for (int j = 1; j < forks; j++) {
        double deviation = deviations[i] * random.nextGaussian();
        squares[i] += deviation * deviation;
      }
    }
    return squares;
  }

  private static int[] forks(int sizes, int forks) {
    int[] all = new int[sizes];
    Arrays.fill(all, forks);
    return all;
  }

  @Test
  void findsAPowerOfTheSize() {
    double[] sizes = Grown.doublings(64, 8);
    double[] deviations = Arrays.stream(sizes).map(n -> Math.pow(n / 64, -0.5)).toArray();
    double[] squares = Arrays.stream(deviations).map(d -> 400 * d * d).toArray();
    double[] scales = NoiseTrend.scales(sizes, squares, forks(8, 401));

    assertThat(scales[0] / scales[7]).isCloseTo(deviations[0] / deviations[7], within(0.05));
    // The mean of the variances is that of the pooled forks.
    assertThat(Arrays.stream(scales).map(s -> s * s).average().orElseThrow())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void doesNotDependOnTheUnitOfNoiseOrSize() {
    double[] sizes = Grown.doublings(64, 7);
    double[] squares = {9, 7, 6, 2, 3, 1, 0.5};
    double[] larger = Arrays.stream(squares).map(s -> 100 * s).toArray();

    assertThat(NoiseTrend.scales(Grown.doublings(1, 7), larger, forks(7, 5)))
        .containsExactly(NoiseTrend.scales(sizes, squares, forks(7, 5)), within(1e-6));
  }

  @Test
  void seesNoneInMostEvenNoise() {
    Random random = new Random(5);
    double[] sizes = Grown.doublings(64, 8);
    double[] even = new double[8];
    Arrays.fill(even, 0.03);
    int none = 0;
    double steepest = 1;
    for (int repetition = 0; repetition < 500; repetition++) {
      double[] scales = NoiseTrend.scales(sizes, squares(even, 5, random), forks(8, 5));
      none += scales[0] == 1 ? 1 : 0;
      steepest = Math.max(steepest, Math.max(scales[0] / scales[7], scales[7] / scales[0]));
    }
    assertThat(none / 500.0).isGreaterThan(0.8);
    assertThat(steepest).isLessThan(5);
  }

  @Test
  void saysNothingWithoutNoiseOrWithOneNoisySize() {
    double[] sizes = Grown.doublings(64, 4);

    assertThat(NoiseTrend.scales(sizes, new double[4], forks(4, 3))).containsOnly(1);
    assertThat(NoiseTrend.scales(sizes, new double[4], forks(4, 1))).containsOnly(1);
    assertThat(NoiseTrend.scales(sizes, new double[] {0, 1, 0, 0}, new int[] {1, 5, 1, 1}))
        .containsOnly(1);
  }
}
