package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurveFitterTest {

  private static final double[] SIZES = Grown.doublings(64, 7);
  private static final Percentage CLOSE = Percentage.withPercentage(1e-6);

  private static double[] ones(int m) {
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] logs(double[] sizes, DoubleUnaryOperator curve) {
    return Arrays.stream(sizes).map(n -> Math.log(curve.applyAsDouble(n))).toArray();
  }

  private static LawFit fit(Law law, double[] logs) {
    return new CurveFitter(SIZES, ones(logs.length)).fit(law, logs).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void recoversTheCoefficientsOfEveryLaw(Growth growth) {
    Law law = Law.of(growth).withOverhead();
    double overhead = growth == Growth.CONSTANT ? 0 : 3 * growth.at(64);

    LawFit fit = fit(law, logs(SIZES, n -> overhead + 5 * growth.at(n)));

    assertThat(fit.coefficient(growth)).isCloseTo(5, CLOSE);
    assertThat(fit.squares()).isLessThan(1e-16);
    if (overhead > 0) {
      assertThat(fit.coefficient(Growth.CONSTANT)).isCloseTo(overhead, CLOSE);
    }
  }

  @Test
  void recoversTheMixedLaw() {
    LawFit fit = fit(Law.MIXED.withOverhead(), logs(SIZES, n -> 5000 + 4096 * n + n * n));

    assertThat(fit.coefficients()).containsExactly(new double[] {5000, 4096, 1}, within(0.01));
  }

  @Test
  void keepsCoefficientsFromBecomingNegative() {
    LawFit fit = fit(Law.of(Growth.LINEAR).withOverhead(), logs(SIZES, n -> n * n));

    assertThat(fit.coefficient(Growth.CONSTANT)).isZero();
    assertThat(fit.coefficient(Growth.LINEAR)).isPositive();
  }

  @Test
  void minimisesTheSumOfSquaredLogarithms() {
    Random random = new Random(3);
    for (int repetition = 0; repetition < 50; repetition++) {
      double[] logs =
          Arrays.stream(SIZES)
              .map(n -> Math.log(1000 + 7 * n + 0.01 * n * n) + 0.1 * random.nextGaussian())
              .toArray();
      LawFit fit = fit(Law.MIXED.withOverhead(), logs);

      for (int k = 0; k < 3; k++) {
        for (double factor : new double[] {0.99, 1.01}) {
          double[] moved = fit.coefficients().clone();
          moved[k] *= factor;
          double squares = 0;
          for (int i = 0; i < SIZES.length; i++) {
            double n = SIZES[i];
            double residual = logs[i] - Math.log(moved[0] + moved[1] * n + moved[2] * n * n);
            squares += residual * residual;
          }
          assertThat(squares).isGreaterThanOrEqualTo(fit.squares() * (1 - 1e-9));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rescalingTimeRescalesCoefficientsOnly(Growth growth) {
    Random random = new Random(4);
    double[] logs =
        Arrays.stream(SIZES).map(n -> 10 + Math.log(n) + 0.1 * random.nextGaussian()).toArray();
    double[] shifted = Arrays.stream(logs).map(log -> log + Math.log(1e6)).toArray();
    Law law = Law.of(growth).withOverhead();

    LawFit fit = fit(law, logs);
    LawFit rescaled = fit(law, shifted);

    assertThat(rescaled.squares()).isCloseTo(fit.squares(), Percentage.withPercentage(1e-5));
    assertThat(rescaled.at(700)).isCloseTo(1e6 * fit.at(700), Percentage.withPercentage(1e-4));
  }

  @Test
  void leavesOutLogarithmsThatAreZeroAtSizeOne() {
    double[] sizes = Grown.doublings(1, 6);
    CurveFitter fitter = new CurveFitter(sizes, ones(6));
    double[] logs = logs(sizes, n -> 3 + n);

    assertThat(fitter.fit(Law.of(Growth.LINEARITHMIC), logs)).isEmpty();
    assertThat(fitter.fit(Law.of(Growth.LINEARITHMIC).withOverhead(), logs)).isPresent();
    assertThat(fitter.fitAll(logs)).allSatisfy(fit -> assertThat(fit.squares()).isFinite());
  }

  @Test
  void staysFiniteOnLawsThatAreFarOff() {
    double[] logs = logs(SIZES, n -> Math.pow(n, 6) * 1e-30);

    assertThat(new CurveFitter(SIZES, ones(7)).fitAll(logs))
        .hasSize(2 * Law.FAMILIES.size() - 1)
        .allSatisfy(
            fit -> {
              assertThat(fit.squares()).isFinite();
              assertThat(fit.at(100)).isPositive();
            });
  }
}
