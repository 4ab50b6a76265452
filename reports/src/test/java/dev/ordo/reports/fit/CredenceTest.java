package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CredenceTest {

  private static Credence credence(DoubleUnaryOperator curve, int sizes, double noise, long seed) {
    Observations data =
        Observations.of(
            Grown.series(curve, Grown.doublings(64, sizes), 3, noise, new Random(seed)));
    double variance = noise * noise / 3 + Ranking.FLOOR * Ranking.FLOOR;
    return Credence.of(data, variance, data.forkDegrees());
  }

  @ParameterizedTest
  @EnumSource
  void isHighForTheTrueLaw(Growth growth) {
    assertThat(credence(n -> 5 * growth.at(n), 9, 0.01, 1).of(growth)).isGreaterThan(0.98);
  }

  @Test
  void isHighForASumAndForANamelessPower() {
    assertThat(credence(n -> 512 * n + n * n, 9, 0.01, 1).ofMixed()).isGreaterThan(0.98);
    Credence power = credence(n -> Math.pow(n, 1.31), 9, 0.01, 1);
    assertThat(power.ofPower(1.31)).isGreaterThan(0.98);
    Interval exponent = power.exponent(0.95).orElseThrow();
    assertThat(exponent.value()).isCloseTo(1.31, within(0.02));
    assertThat(exponent.high() - exponent.low()).isLessThan(0.05);
  }

  @Test
  void isSharedOutWhereNoiseHidesTheLaw() {
    Credence credence = credence(n -> n * Math.log(n), 4, 0.1, 1);

    assertThat(Arrays.stream(Growth.values()).mapToDouble(credence::of).max().orElseThrow())
        .isLessThan(0.98);
    Bounds bounds = credence.bounds(0.005);
    assertThat(bounds.contains(Growth.LINEARITHMIC)).isTrue();
    assertThat(bounds.atLeast()).isNotEqualTo(bounds.atMost());
    assertThat(credence.listing()).contains("n log n (").contains(" and ");
  }

  /** What is said to be 50 … 95 % credible must be true about so often. */
  @Test
  void isCalibratedOnLawsDrawnFromThePrior() {
    Random random = new Random(83);
    double expected = 0;
    int right = 0;
    for (int run = 0; run < 400; run++) {
      Growth growth = Growth.values()[1 + random.nextInt(8)];
      double place = 8 * Math.exp(random.nextDouble() * Math.log(8 * Math.pow(64, 0.8)));
      double overhead = random.nextBoolean() ? 0 : growth.at(place);
      Credence credence = credence(n -> overhead + growth.at(n), 7, 0.04, run);
      Growth best =
          Arrays.stream(Growth.values())
              .max(java.util.Comparator.comparingDouble(credence::of))
              .orElseThrow();
      expected += credence.of(best);
      right += best == growth ? 1 : 0;
    }
    // Powers and sums, of which none is drawn here, take a part of the credence.
    assertThat(right).isGreaterThanOrEqualTo((int) (0.95 * expected));
  }
}
