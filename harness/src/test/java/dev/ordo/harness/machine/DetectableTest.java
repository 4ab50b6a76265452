package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectableTest {

  /** SciPy 1.17.1: the d at which {@code nct.sf(t.ppf(.975, nu), nu, d*sqrt(k/2))} is 0.95. */
  @ParameterizedTest
  @CsvSource({"3, 4.023670", "5, 2.616224", "10, 1.706216"})
  void agreesWithTheNoncentralDistribution(int forks, double delta) {
    assertThat(Math.log(Detectable.ratio(1, forks, 0.05, 0.95)) / delta)
        .isCloseTo(1, within(0.005));
  }

  /** The change that is promised is found as often as promised, by the test itself. */
  @ParameterizedTest
  @CsvSource({"3, 0.02", "5, 0.05", "10, 0.01"})
  void isFoundAsOftenAsItSays(int forks, double noise) {
    double change = Math.log(Detectable.ratio(noise, forks, 0.05, 0.95));
    Random random = new Random(3);
    TTest test = new TTest();
    int found = 0;
    int times = 4000;
    for (int i = 0; i < times; i++) {
      double[] base = new double[forks];
      double[] candidate = new double[forks];
      for (int k = 0; k < forks; k++) {
        base[k] = noise * random.nextGaussian();
        candidate[k] = change + noise * random.nextGaussian();
      }
      found += test.homoscedasticTTest(base, candidate) < 0.05 ? 1 : 0;
    }

    assertThat((double) found / times).isBetween(0.935, 0.965);
  }

  @Test
  void alarmsAtItsLevelWhereNothingHasChanged() {
    assertThat(Detectable.power(0, 4, 0.05)).isCloseTo(0.05, within(0.001));
  }

  @Test
  void fallsWithForksAndRisesWithNoise() {
    assertThat(Detectable.ratio(0.02, 3, 0.05, 0.95))
        .isGreaterThan(Detectable.ratio(0.02, 5, 0.05, 0.95));
    assertThat(Detectable.ratio(0.04, 5, 0.05, 0.95))
        .isGreaterThan(Detectable.ratio(0.02, 5, 0.05, 0.95));
    assertThat(Detectable.ratio(0, 5, 0.05, 0.95)).isEqualTo(1);
  }

  @Test
  void rejectsWhatCannotBe() {
    assertThatThrownBy(() -> Detectable.ratio(Double.NaN, 3, 0.05, 0.95))
        .hasMessage("noise (NaN) must not be negative");
    assertThatThrownBy(() -> Detectable.ratio(0.1, 1, 0.05, 0.95))
        .hasMessage("forks (1) must be at least 2");
    assertThatThrownBy(() -> Detectable.ratio(0.1, 3, 0.95, 0.05))
        .hasMessageContaining("must be in (0, 1) and ascend");
  }
}
