package dev.ordo.reports.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DependenceTest {

  @Test
  void inflatesByTheSumOfCorrelations() {
    Dependence dependence = new Dependence(0.6, 0.8);
    double sum = 0;
    for (int lag = 1; lag < 12; lag++) {
      sum += (1 - lag / 12.0) * 0.6 * Math.pow(0.8, lag);
    }

    assertThat(dependence.inflation(12)).isEqualTo(1 + 2 * sum, within(1e-12));
    assertThat(dependence.inflation(1)).isEqualTo(1, within(1e-12));
    assertThat(Dependence.NONE.inflation(12)).isEqualTo(1);
  }

  @Test
  void weighsTwoMeansByTheirVariances() {
    Dependence dependence = new Dependence(1, 0.5);
    double one = dependence.inflation(4) / 4;
    double other = dependence.inflation(16) / 16;

    assertThat(dependence.inflation(4, 16))
        .isEqualTo((one + other) / (1.0 / 4 + 1.0 / 16), within(1e-12));
  }

  @Test
  void findsWhatWanders() {
    double[] values = new RunNoise(0.8, 0.3, false).draw(2000, new SplittableRandom(1));
    Dependence found = Variogram.of(values, 0, 0).orElseThrow().dependence(1);

    double truth = new Dependence(0.7, 0.8).inflation(50);
    assertThat(found.inflation(50)).isBetween(0.6 * truth, 1.6 * truth);
  }

  @Test
  void takesAChangeForNone() {
    double[] values = RunNoise.WHITE.draw(400, new SplittableRandom(2));
    for (int i = 150; i < 400; i++) {
      values[i] += 6;
    }
    Dependence found = Variogram.of(values, 0, 150).orElseThrow().dependence(1);

    assertThat(found.inflation(100)).isLessThan(1.5);
  }

  @Test
  void knowsNothingOfFewRuns() {
    assertThat(Variogram.of(new double[] {1, 2, 3, 4, 5}, 0, 0)).isEmpty();
    assertThat(Variogram.of(new double[12], 0, 0)).isEmpty();
  }
}
