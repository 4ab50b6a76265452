package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExponentTest {

  private static Interval exponent(Series series, long seed) {
    Observations data = Observations.of(series);
    return Exponent.of(data, PowerFit.of(data.sizes(), data.logs(), data.weights()), seed);
  }

  /** 400 repetitions of a true 95 % have a standard error of 1.1 %: 92 … 98 % is nearly sure. */
  @ParameterizedTest
  @CsvSource({
    "2, 6, 0.03",
    "3, 4, 0.01",
    "3, 7, 0.10",
    "5, 4, 0.05",
    "5, 8, 0.03",
    "5, 12, 0.01",
    "1, 7, 0.05"
  })
  void coversTheTruthAboutAsOftenAsItSays(int forks, int sizes, double noise) {
    Random random = new Random(17);
    int covered = 0;
    for (int repetition = 0; repetition < 400; repetition++) {
      double truth = 0.5 + 2 * random.nextDouble();
      Series series =
          Grown.series(
              n -> 80 * Math.pow(n, truth), Grown.doublings(64, sizes), forks, noise, random);
      if (exponent(series, repetition).contains(truth)) {
        covered++;
      }
    }
    assertThat(covered / 400.0).isBetween(0.92, 0.98);
  }

  /** Noise falls from 12 % to 1 %, or is even; 1 to 8 forks where {@code forks} is 0. */
  @ParameterizedTest
  @CsvSource({"2, 8, 12", "3, 6, 12", "5, 12, 12", "8, 4, 12", "0, 8, 12", "0, 6, 1"})
  void coversTheTruthWhereNoiseFallsOrForksDiffer(int forks, int sizes, double fall) {
    Random random = new Random(18);
    int covered = 0;
    for (int repetition = 0; repetition < 400; repetition++) {
      List<double[][]> cells = new ArrayList<>();
      double[] doublings = Grown.doublings(64, sizes);
      for (int i = 0; i < sizes; i++) {
        double noise = 0.01 * fall * Math.pow(fall, -(double) i / (sizes - 1));
        double[][] cell = new double[forks == 0 ? 1 + random.nextInt(8) : forks][1];
        for (double[] fork : cell) {
          fork[0] = Math.pow(doublings[i], 1.3) * Math.exp(noise * random.nextGaussian());
        }
        cells.add(cell);
      }
      Series series = Grown.series(doublings, cells, dev.ordo.reports.data.Unit.NANOS_PER_OP);
      covered += exponent(series, repetition).contains(1.3) ? 1 : 0;
    }
    assertThat(covered / 400.0).isBetween(0.92, 0.98);
  }

  @Test
  void isWideWhereTheDataBends() {
    Random random = new Random(1);
    double[] sizes = Grown.doublings(64, 7);

    Interval straight = exponent(Grown.series(n -> n, sizes, 5, 0.01, random), 1);
    Interval bent = exponent(Grown.series(n -> 512 * n + n * n, sizes, 5, 0.01, random), 1);

    assertThat(bent.high() - bent.low()).isGreaterThan(10 * (straight.high() - straight.low()));
  }

  @Test
  void isExactOnExactData() {
    Interval exponent =
        exponent(
            Grown.exact(
                n -> 3 * n * n, Grown.doublings(1, 5), dev.ordo.reports.data.Unit.NANOS_PER_OP),
            1);

    assertThat(exponent.value()).isCloseTo(2, within(1e-12));
    assertThat(exponent.high() - exponent.low()).isLessThan(1e-6);
  }

  @Test
  void dependsOnTheSeedAlone() {
    Series series = Grown.series(n -> n, Grown.doublings(64, 6), 3, 0.05, new Random(2));

    assertThat(exponent(series, 5)).isEqualTo(exponent(series, 5));
    assertThat(exponent(series, 5)).isNotEqualTo(exponent(series, 6));
  }
}
