package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.fit.Mixture.Part;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.005, 0.025, 0.2, 0.5, 0.8, 0.975, 0.995})
  void aSingleComponentHasStudentsQuantiles(double level) {
    for (double degrees : new double[] {3, 5, 8, 20, 100}) {
      double exact = new TDistribution(null, degrees).inverseCumulativeProbability(level);
      double quantile = new Mixture(List.of(new Part(0.3, 2, 0.5, degrees))).quantile(level);
      assertThat(quantile).isCloseTo(2 + 0.5 * exact, within(0.01 + 0.02 * Math.abs(exact)));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.01, 0.3, 0.5, 0.9, 0.999})
  void normalQuantileAndProbabilityAreThoseOfTheNormalDistribution(double level) {
    double exact = new NormalDistribution().inverseCumulativeProbability(level);
    assertThat(Mixture.normalQuantile(level)).isCloseTo(exact, within(5e-4));
    assertThat(Mixture.normalBelow(exact)).isCloseTo(level, within(1e-7));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-6, -1, 0, 0.5, 4})
  void studentOfIsTheInverseOfNormalOf(double t) {
    assertThat(Mixture.studentOf(Mixture.normalOf(t, 7), 7)).isCloseTo(t, within(1e-9));
  }

  @Test
  void theExtremeLevelsStayFinite() {
    assertThat(Mixture.normalQuantile(0)).isFinite().isLessThan(-6);
    assertThat(Mixture.normalQuantile(1)).isFinite().isGreaterThan(6);
  }

  @Test
  void anUnlikelyComponentWidensTheTailByItsWeight() {
    Part likely = new Part(97, 0, 0.01, 50);
    Mixture mixture = new Mixture(List.of(likely, new Part(3, 10, 0.01, 50)));
    assertThat(mixture.quantile(0.5)).isCloseTo(0, within(0.01));
    assertThat(mixture.quantile(0.025)).isCloseTo(0, within(0.1));
    assertThat(mixture.quantile(0.975)).isGreaterThan(9);
    assertThat(new Mixture(List.of(likely, new Part(2, 10, 0.01, 50))).quantile(0.975))
        .isLessThan(1);
  }
}
