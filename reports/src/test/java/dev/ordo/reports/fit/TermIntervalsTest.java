package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermIntervalsTest {

  private static final double[] SIZES = Grown.doublings(16, 9);

  private static Observations observe(DoubleUnaryOperator curve, double noise, Random random) {
    return Observations.of(Grown.series(curve, SIZES, 3, noise, random));
  }

  private static LawFit fit(Observations data, Law law) {
    return new CurveFitter(data.sizes(), data.weights()).fit(law, data.logs()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"0.01", "0.05"})
  void holdEveryCoefficientOfASum(double noise) {
    Random random = new Random(71);
    double[] truth = {3000, 40, 0.1};
    int[] held = new int[3];
    int runs = 400;
    for (int run = 0; run < runs; run++) {
      Observations data = observe(n -> truth[0] + truth[1] * n + truth[2] * n * n, noise, random);
      List<Interval> intervals = new TermIntervals(data).of(fit(data, Law.MIXED.withOverhead()));
      for (int k = 0; k < 3; k++) {
        held[k] += intervals.get(k).contains(truth[k]) ? 1 : 0;
      }
    }
    for (int times : held) {
      assertThat(times / (double) runs).isBetween(0.92, 0.99);
    }
  }

  @Test
  void reachZeroForATermThatIsNotThere() {
    Random random = new Random(73);
    int zero = 0;
    for (int run = 0; run < 100; run++) {
      Observations data = observe(n -> 40 * n, 0.03, random);
      zero += new TermIntervals(data).of(fit(data, Law.MIXED)).get(1).low() == 0 ? 1 : 0;
    }
    assertThat(zero).isGreaterThanOrEqualTo(93);
  }

  @Test
  void scaleWithTheValues() {
    Observations data = observe(n -> 3000 + 40 * n, 0.03, new Random(1));
    Observations larger = observe(n -> 1e6 * (3000 + 40 * n), 0.03, new Random(1));
    Law law = Law.of(Growth.LINEAR).withOverhead();
    Interval slope = new TermIntervals(data).of(fit(data, law)).get(1);
    Interval largerSlope = new TermIntervals(larger).of(fit(larger, law)).get(1);

    assertThat(largerSlope.low() / slope.low()).isBetween(0.999e6, 1.001e6);
    assertThat(largerSlope.high() / slope.high()).isBetween(0.999e6, 1.001e6);
  }

  @Test
  void holdTheCoefficientsOfAPowerAboveAConstant() {
    Random random = new Random(79);
    int held = 0;
    int runs = 200;
    for (int run = 0; run < runs; run++) {
      Observations data = observe(n -> 900 + 2 * Math.pow(n, 1.3), 0.02, random);
      OverheadPower power =
          OverheadPower.of(data.sizes(), data.logs(), data.weights()).orElseThrow();
      List<Interval> intervals = new TermIntervals(data).of(power);
      held += intervals.get(0).contains(900) && intervals.get(1).contains(2) ? 1 : 0;
    }
    assertThat(held / (double) runs).isGreaterThanOrEqualTo(0.89);
  }

  @Test
  void areAbsentWhereNoDegreeOfFreedomIsLeft() {
    double[] three = Grown.doublings(16, 3);
    Observations data =
        Observations.of(Grown.series(n -> 5 + n + n * n, three, 3, 0.01, new Random(1)));

    assertThat(new TermIntervals(data).of(fit(data, Law.MIXED.withOverhead()))).isEmpty();
  }
}
