package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverheadPowerTest {

  private static Optional<OverheadPower> fit(double overhead, double exponent, double[] sizes) {
    double[] logs =
        Arrays.stream(sizes).map(n -> Math.log(overhead + 3 * Math.pow(n, exponent))).toArray();
    double[] weights = new double[sizes.length];
    Arrays.fill(weights, 1);
    return OverheadPower.of(sizes, logs, weights);
  }

  @ParameterizedTest
  @CsvSource({"50, 0.3", "200, 0.7", "1000, 1.2", "1e5, 1.8", "3e5, 2.4", "7, 3.1"})
  void findsTheCurveThatTheValuesLieOn(double overhead, double exponent) {
    OverheadPower power = fit(overhead, exponent, Grown.doublings(16, 8)).orElseThrow();

    assertThat(power.exponent()).isCloseTo(exponent, within(1e-4));
    assertThat(power.overhead()).isCloseTo(overhead, Percentage.withPercentage(0.1));
    assertThat(power.factor()).isCloseTo(3, Percentage.withPercentage(0.1));
    assertThat(power.squares()).isLessThan(1e-9);
    assertThat(power.at(100))
        .isCloseTo(overhead + 3 * Math.pow(100, exponent), Percentage.withPercentage(0.1));
  }

  @Test
  void needsMoreSizesThanCoefficients() {
    assertThat(fit(200, 1.3, Grown.doublings(16, 3))).isEmpty();
  }

  @Test
  void findsNoneWhereTheBestCurveIsTooSteep() {
    double[] sizes = Grown.doublings(16, 6);
    double[] logs = {1, 1, 1, 1, 1, 9};
    double[] weights = {1, 1, 1, 1, 1, 1};

    assertThat(OverheadPower.of(sizes, logs, weights)).isEmpty();
  }
}
