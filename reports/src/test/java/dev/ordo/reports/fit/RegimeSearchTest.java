package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegimeSearchTest {

  private static final double[] SIZES = Grown.doublings(32, 10);

  private static Analysis analysis(DoubleUnaryOperator curve, int forks, double noise, int seed) {
    return Analyst.analyze(Grown.series(curve, SIZES, forks, noise, new Random(seed)), seed);
  }

  /** Returns how many of 60 series have a place of a kind that holds {@code place}. */
  private static int found(
      DoubleUnaryOperator curve, int forks, double noise, Regime.Kind kind, double place) {
    int found = 0;
    for (int seed = 0; seed < 60; seed++) {
      Optional<Regime> regime = analysis(curve, forks, noise, seed).regime();
      found +=
          regime
                  .filter(r -> r.kind() == kind && r.after() <= place && place <= r.from())
                  .isPresent()
              ? 1
              : 0;
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.25, 0.8})
  void findsAStepUpOrDown(double factor) {
    assertThat(found(n -> 7 * n * (n > 500 ? factor : 1), 3, 0.02, Regime.Kind.STEP, 500))
        .isGreaterThanOrEqualTo(57);
  }

  @Test
  void findsAStepFromOneForkASize() {
    assertThat(found(n -> 7 * n * (n > 500 ? 1.5 : 1), 1, 0.01, Regime.Kind.STEP, 500))
        .isGreaterThanOrEqualTo(45);
  }

  @Test
  void findsAKnot() {
    assertThat(found(n -> n < 400 ? n : n * n / 400, 3, 0.02, Regime.Kind.KNOT, 400))
        .isGreaterThanOrEqualTo(55);
    assertThat(found(n -> Math.min(n, 400), 3, 0.02, Regime.Kind.KNOT, 400))
        .isGreaterThanOrEqualTo(55);
  }

  @Test
  void findsAFloor() {
    assertThat(found(n -> Math.max(400, n), 3, 0.02, Regime.Kind.FLOOR, 400))
        .isGreaterThanOrEqualTo(57);
  }

  @Test
  void holdsTheHeightOfAStepInItsInterval() {
    int found = 0;
    int covered = 0;
    for (int seed = 0; seed < 100; seed++) {
      double factor = 1.2 + 0.003 * seed;
      Optional<Regime> regime =
          analysis(n -> 3 * n * n * (n > 500 ? factor : 1), 3, 0.03, seed).regime();
      found += regime.isPresent() ? 1 : 0;
      covered += regime.filter(r -> r.height().contains(factor)).isPresent() ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(85);
    assertThat((double) covered / found).isGreaterThanOrEqualTo(0.93);
  }

  @ParameterizedTest
  @EnumSource
  void smoothLawsHaveNoPlace(Growth growth) {
    int found = 0;
    for (int seed = 0; seed < 60; seed++) {
      double overhead = seed % 2 == 0 ? 0 : 5 * growth.at(64);
      int forks = seed % 3 == 0 ? 1 : 4;
      double noise = seed % 5 == 0 ? 0.1 : 0.01;
      Analysis analysis = analysis(n -> overhead + growth.at(n), forks, noise, seed);
      found += analysis.regime().isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(1);
  }

  @Test
  void smoothBendsThatAreNoLawHaveNoPlace() {
    int found = 0;
    for (int seed = 0; seed < 40; seed++) {
      found += analysis(n -> 30 * n + n * n * n / 1000, 3, 0.01, seed).regime().isPresent() ? 1 : 0;
      found += analysis(n -> 40 + Math.pow(n, 0.7), 3, 0.01, seed).regime().isPresent() ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(1);
  }

  @Test
  void judgesTheLawBeyondThePlace() {
    Analysis step = analysis(n -> 7 * n * (n > 500 ? 1.3 : 1), 3, 0.02, 1);
    Analysis knot = analysis(n -> n < 200 ? n : n * n / 200, 3, 0.01, 1);

    assertThat(step.conclusion().law()).isEqualTo("linear");
    assertThat(step.conclusion().sentence())
        .contains("this is from 512 on, a step between 256 and 512 by a factor of 1.");
    assertThat(step.best().orElseThrow().at(20000)).isBetween(7 * 1.25 * 20000, 7 * 1.35 * 20000);
    assertThat(knot.conclusion().law()).isEqualTo("quadratic");
    assertThat(knot.exponent().orElseThrow().contains(2)).isTrue();
    assertThat(knot.conclusion().sentence()).contains("the exponent changes by +1.0");
  }

  @Test
  void rescalingTimeLeavesThePlace() {
    Regime one = analysis(n -> 7 * n * (n > 500 ? 1.3 : 1), 3, 0.02, 1).regime().orElseThrow();
    Regime other = analysis(n -> 7e6 * n * (n > 500 ? 1.3 : 1), 3, 0.02, 1).regime().orElseThrow();

    assertThat(other.after()).isEqualTo(one.after());
    assertThat(other.from()).isEqualTo(one.from());
    assertThat(other.height().value())
        .isCloseTo(one.height().value(), org.assertj.core.api.Assertions.within(1e-6));
  }
}
