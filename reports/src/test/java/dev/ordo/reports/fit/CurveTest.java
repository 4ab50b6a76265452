package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Unit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurveTest {

  private static final double[] SIZES = Grown.doublings(64, 7);

  private static Observations grown(java.util.function.DoubleUnaryOperator curve) {
    return Observations.of(Grown.exact(curve, SIZES, Unit.NANOS_PER_OP));
  }

  private static Optional<Curve> sum(Law law, Observations data) {
    LawFit fit = new CurveFitter(data.sizes(), data.weights()).fit(law, data.logs()).orElseThrow();
    return SumCurve.of(fit, data.sizes());
  }

  private static void hasTheGradientOfItsValue(Curve curve) {
    for (double n : new double[] {64, 300, 1e5}) {
      double[] at = curve.parameters();
      double[] gradient = curve.gradient(n, at);
      for (int j = 0; j < at.length; j++) {
        double[] moved = at.clone();
        moved[j] += 1e-6;
        double slope = (curve.logAt(n, moved) - curve.logAt(n, at)) / 1e-6;
        assertThat(gradient[j]).isCloseTo(slope, within(1e-4 * (1 + Math.abs(slope))));
      }
    }
  }

  @Test
  void allCurvesHaveTheGradientOfTheirValue() {
    Observations data = grown(n -> 90_000 + 40 * n + n * n);
    hasTheGradientOfItsValue(sum(Law.MIXED.withOverhead(), data).orElseThrow());
    hasTheGradientOfItsValue(sum(Law.of(Growth.QUADRATIC).withOverhead(), data).orElseThrow());
    hasTheGradientOfItsValue(
        new PowerCurve(PowerFit.of(data.sizes(), data.logs(), data.weights())));
    hasTheGradientOfItsValue(RaisedPowerCurve.of(data).orElseThrow());
  }

  @Test
  void parametersOfASumAreItsParts() {
    Observations data = grown(n -> 4096 * n + n * n);
    Curve curve = sum(Law.MIXED, data).orElseThrow();
    // At 64 the linear part is 4096 / 4160 of the value, at 4096 the quadratic part is one half.
    assertThat(curve.parameters()[0]).isCloseTo(4096.0 / 4160, within(1e-6));
    assertThat(curve.parameters()[1]).isCloseTo(0.5, within(1e-6));
    assertThat(curve.hidden()).contains(1);
    assertThat(curve.allows(new double[] {0.5, -0.1})).isTrue();
    assertThat(curve.allows(new double[] {-0.1, 0.5})).isFalse();
  }

  @Test
  void aPartBelowZeroCountsAsZero() {
    Curve curve = sum(Law.MIXED, grown(n -> 4096 * n + n * n)).orElseThrow();
    double linear = curve.logAt(1e5, new double[] {1, 0});
    assertThat(curve.logAt(1e5, new double[] {1, -0.2})).isEqualTo(linear);
  }

  @Test
  void aSumWithoutItsSlowerPartIsNoCurveOfItsOwn() {
    assertThat(sum(Law.of(Growth.QUADRATIC).withOverhead(), grown(n -> n * n * n))).isEmpty();
    assertThat(sum(Law.of(Growth.QUADRATIC).withOverhead(), grown(n -> 7))).isPresent();
  }

  @Test
  void findsAPowerWithAnOverhead() {
    Curve curve = RaisedPowerCurve.of(grown(n -> 5000 + 3 * Math.pow(n, 1.3))).orElseThrow();
    assertThat(Math.exp(curve.parameters()[0])).isCloseTo(5000, within(1.0));
    assertThat(curve.parameters()[2]).isCloseTo(1.3, within(1e-3));
    assertThat(curve.formula()).isEqualTo("a + b·n^1.30");
  }

  @Test
  void aPowerOrAConstantAloneIsNoPowerWithAnOverhead() {
    assertThat(RaisedPowerCurve.of(grown(n -> 3 * Math.pow(n, 1.3)))).isEmpty();
    assertThat(RaisedPowerCurve.of(grown(n -> 3))).isEmpty();
  }
}
