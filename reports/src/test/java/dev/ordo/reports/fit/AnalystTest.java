package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalystTest {

  private static final double[] SIZES = Grown.doublings(64, 8);

  private static int timesConcluded(
      String law, DoubleUnaryOperator curve, double[] sizes, int forks, double noise) {
    Random random = new Random(23);
    int times = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Series series = Grown.series(curve, sizes, forks, noise, random);
      if (Analyst.analyze(series, repetition).conclusion().law().equals(law)) {
        times++;
      }
    }
    return times;
  }

  @ParameterizedTest
  @EnumSource
  void namesTheLawThatTheDataFollows(Growth growth) {
    assertThat(timesConcluded(growth.word(), n -> 50 * growth.at(n), SIZES, 5, 0.03))
        .isGreaterThanOrEqualTo(95);
  }

  @Test
  void namesOverheadBesideALaw() {
    assertThat(timesConcluded("overhead + linear", n -> 3000 + 7 * n, SIZES, 5, 0.03))
        .isGreaterThanOrEqualTo(95);
  }

  @Test
  void seesAnExponentBelowOneWhereOverheadRules() {
    Analysis analysis =
        Analyst.analyze(Grown.series(n -> 9000 + 7 * n, SIZES, 5, 0.02, new Random(1)), 1);

    assertThat(analysis.exponent().orElseThrow().value()).isLessThan(0.8);
    assertThat(analysis.conclusion().law()).isEqualTo("overhead + linear");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03})
  void tellsLinearPlusQuadraticFromLinearithmic(double noise) {
    Random random = new Random(29);
    int claimed = 0;
    int covered = 0;
    for (int repetition = 0; repetition < 200; repetition++) {
      Series series = Grown.series(n -> 4096 * n + n * n, Grown.doublings(64, 7), 5, noise, random);
      Analysis analysis = Analyst.analyze(series, repetition);
      assertThat(analysis.conclusion().law()).isNotIn("n log n", "quasi-linear", "linear");
      if (analysis.conclusion().law().equals("linear + quadratic")) {
        claimed++;
        covered += analysis.crossover().orElseThrow().size().contains(4096) ? 1 : 0;
      }
    }
    assertThat(claimed).isGreaterThanOrEqualTo(190);
    assertThat((double) covered / claimed).isGreaterThanOrEqualTo(0.92);
  }

  @Test
  void saysWhereACrossoverLies() {
    Analysis outside =
        Analyst.analyze(Grown.series(n -> 20000 * n + n * n, SIZES, 5, 0.01, new Random(3)), 1);
    Analysis inside =
        Analyst.analyze(Grown.series(n -> 900 * n + n * n, SIZES, 5, 0.01, new Random(3)), 1);

    assertThat(outside.crossover().orElseThrow().insideRange()).isFalse();
    assertThat(outside.conclusion().sentence()).contains("outside the measured range");
    assertThat(inside.crossover().orElseThrow().insideRange()).isTrue();
  }

  @Test
  void callsInseparableLawsQuasiLinear() {
    double[] few = Grown.doublings(512, 4);

    assertThat(timesConcluded("quasi-linear", n -> 7 * n, few, 3, 0.05)).isGreaterThan(15);
    assertThat(timesConcluded("n log n", n -> 7 * n, few, 3, 0.05)).isLessThanOrEqualTo(1);
  }

  @Test
  void claimsNoGrowthFromNoise() {
    Random random = new Random(31);
    for (int repetition = 0; repetition < 200; repetition++) {
      Series series = Grown.series(n -> 1000, SIZES, 3, 0.20, random);
      Conclusion conclusion = Analyst.analyze(series, repetition).conclusion();
      assertThat(conclusion.bounds().map(Bounds::atLeast))
          .isIn(Optional.empty(), Optional.of(Growth.CONSTANT));
    }
  }

  @Test
  void claimsNoLawWhereEverySizeHasALevelOfItsOwn() {
    Random random = new Random(37);
    int claimed = 0;
    for (int repetition = 0; repetition < 200; repetition++) {
      double[] levels = random.doubles(64).map(u -> Math.exp(2 * u)).toArray();
      Series series =
          Grown.series(
              n -> levels[(int) Math.round(Math.log(n) / Math.log(2))], SIZES, 3, 0.02, random);
      Conclusion conclusion = Analyst.analyze(series, repetition).conclusion();
      claimed += conclusion.bounds().filter(Bounds::fromBelow).isPresent() ? 1 : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.3, 2})
  void takesAStepInTheMachineForNoLaw(double step) {
    Random random = new Random(41);
    int claimed = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      double from = SIZES[1 + random.nextInt(6)];
      Series series = Grown.series(n -> 7 * n * (n > from ? step : 1), SIZES, 5, 0.03, random);
      Conclusion conclusion = Analyst.analyze(series, repetition).conclusion();
      claimed +=
          conclusion.bounds().filter(bounds -> !bounds.contains(Growth.LINEAR)).isPresent()
                  || conclusion.law().equals("linear + quadratic")
              ? 1
              : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(3);
  }

  @Test
  void cannotTellWhereValuesFall() {
    Conclusion conclusion =
        Analyst.analyze(Grown.series(n -> 1e6 / n, SIZES, 3, 0.02, new Random(1)), 1).conclusion();

    assertThat(conclusion.told()).isFalse();
    assertThat(conclusion.sentence()).contains("fall as the size grows");
  }

  @Test
  void cannotTellFromTooFewSizes() {
    Analysis two =
        Analyst.analyze(Grown.series(n -> n, Grown.doublings(64, 2), 3, 0.02, new Random(1)), 1);
    Analysis three =
        Analyst.analyze(Grown.series(n -> n, Grown.doublings(64, 3), 3, 0.02, new Random(1)), 1);

    assertThat(two.conclusion().law()).isEqualTo("cannot tell");
    assertThat(two.exponent()).isEmpty();
    assertThat(two.ranking()).isEmpty();
    assertThat(two.best()).isEmpty();
    assertThat(three.conclusion().sentence()).contains("3 sizes are too few");
    assertThat(three.exponent()).isPresent();
  }

  @Test
  void cannotTellFromANarrowRange() {
    double[] sizes = {100, 110, 120, 130, 140, 150};

    assertThat(
            Analyst.analyze(Grown.series(n -> n, sizes, 3, 0.02, new Random(1)), 1)
                .conclusion()
                .sentence())
        .contains("span a factor of 1.5 only");
  }

  @Test
  void cannotTellWhereNoLawFits() {
    double[] steps = {1, 1, 9, 9, 9, 90, 90, 90};
    Series series =
        Grown.series(
            n -> steps[(int) Math.round(Math.log(n / 64) / Math.log(2))],
            SIZES,
            5,
            0.01,
            new Random(1));

    Conclusion conclusion = Analyst.analyze(series, 1).conclusion();

    assertThat(conclusion.told()).isFalse();
    assertThat(conclusion.sentence()).contains("no law fits");
  }

  @Test
  void judgesOneForkBySizesAlone() {
    Conclusion five =
        Analyst.analyze(Grown.series(n -> n * n, SIZES, 1, 0.01, new Random(1)), 1).conclusion();
    Conclusion four =
        Analyst.analyze(Grown.series(n -> n * n, Grown.doublings(64, 4), 1, 0.01, new Random(1)), 1)
            .conclusion();

    assertThat(five.law()).isEqualTo("quadratic");
    assertThat(five.sentence()).contains("one fork");
    assertThat(four.sentence()).contains("with one fork a size the noise is unknown");
  }

  @Test
  void namesTheSizeThatWouldDecide() {
    Random random = new Random(47);
    int bounded = 0;
    int advised = 0;
    for (int repetition = 0; repetition < 50; repetition++) {
      Series series = Grown.series(n -> 7 * n, Grown.doublings(512, 4), 3, 0.05, random);
      Conclusion conclusion = Analyst.analyze(series, repetition).conclusion();
      if (conclusion.law().equals("n … n²")) {
        bounded++;
        advised +=
            conclusion
                    .sentence()
                    .matches(".*a size of (8192|16384|32768|65536) \\(about .* an operation\\).*")
                ? 1
                : 0;
      }
    }
    assertThat(bounded).isGreaterThan(10);
    assertThat(advised).isGreaterThan(bounded / 2);
  }

  @Test
  void tellsHowCredibleTheLawIs() {
    Conclusion conclusion =
        Analyst.analyze(Grown.series(n -> n * n, SIZES, 5, 0.01, new Random(1)), 1).conclusion();

    assertThat(conclusion.law()).isEqualTo("quadratic");
    assertThat(conclusion.sentence())
        .containsPattern("(over )?99\\.\\d % credible; .* does not \\(");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1.3, 1.8, 2.4})
  void namesTheExponentOfAPowerAboveAConstant(double exponent) {
    DoubleUnaryOperator curve = n -> 2 * Math.pow(200, exponent) + Math.pow(n, exponent);
    Random random = new Random(43);
    int named = 0;
    for (int repetition = 0; repetition < 50; repetition++) {
      Series series = Grown.series(curve, Grown.doublings(16, 12), 5, 0.01, random);
      String law = Analyst.analyze(series, repetition).conclusion().law();
      assertThat(law).doesNotContain("linear").doesNotContain("quadratic").doesNotContain("root");
      named +=
          law.startsWith("overhead + n^")
                  && Math.abs(Double.parseDouble(law.substring(13)) - exponent) < 0.05
              ? 1
              : 0;
    }
    assertThat(named).isGreaterThanOrEqualTo(25);
  }

  @Test
  void namesASumOfThreeTerms() {
    DoubleUnaryOperator curve = n -> 20_000 + 900 * n + n * n;

    assertThat(
            timesConcluded("overhead + linear + quadratic", curve, Grown.doublings(4, 12), 5, 0.02))
        .isGreaterThanOrEqualTo(90);
  }

  @Test
  void callsMemoryThatIsZeroConstant() {
    Analysis zero = Analyst.analyze(Grown.exact(n -> 0, SIZES, Unit.BYTES_PER_OP), 1);
    Analysis background = Analyst.analyze(Grown.exact(n -> 1e-6 * n, SIZES, Unit.BYTES_PER_OP), 1);

    assertThat(zero.conclusion().law()).isEqualTo("constant");
    assertThat(zero.conclusion().sentence()).startsWith("Memory is zero at all 8 sizes");
    assertThat(zero.best().orElseThrow().at(100)).isZero();
    assertThat(background.conclusion().law()).isEqualTo("constant");
  }

  @Test
  void cannotTellWhereSomeValuesAreZero() {
    Conclusion conclusion =
        Analyst.analyze(Grown.exact(n -> Math.max(0, n - 64), SIZES, Unit.BYTES_PER_OP), 1)
            .conclusion();

    assertThat(conclusion.told()).isFalse();
    assertThat(conclusion.sentence()).contains("not every value is positive at size 64");
  }

  @Test
  void readsMemoryWithoutAnyNoise() {
    List<double[][]> values = new ArrayList<>();
    for (double n : SIZES) {
      values.add(new double[][] {{16 + 4 * n}, {16 + 4 * n}, {16 + 4 * n}});
    }
    Conclusion conclusion =
        Analyst.analyze(Grown.series(SIZES, values, Unit.BYTES_PER_OP), 1).conclusion();

    assertThat(conclusion.law()).isEqualTo("linear");
    assertThat(conclusion.sentence()).startsWith("Memory grows as n^");
  }

  @Test
  void ranksWithWeightsThatSumToOne() {
    Analysis analysis = Analyst.analyze(Grown.series(n -> 7 * n, SIZES, 3, 0.02, new Random(1)), 1);

    assertThat(analysis.ranking()).hasSize(Growth.values().length + 2);
    assertThat(analysis.ranking())
        .isSortedAccordingTo(java.util.Comparator.comparingDouble(Fit::aicc));
    assertThat(analysis.ranking().stream().mapToDouble(Fit::weight).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(analysis.ranking().get(0).name()).isEqualTo("b·n");
    assertThat(analysis.best()).contains(analysis.ranking().get(0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1024, 1e9})
  void rescalingTimeRescalesCoefficientsAndLeavesTheRest(double factor) {
    for (Growth growth : Growth.values()) {
      Series series =
          Grown.series(n -> 700 + 50 * growth.at(n), SIZES, 3, 0.03, new Random(growth.ordinal()));

      Analysis analysis = Analyst.analyze(series, 1);
      Analysis rescaled = Analyst.analyze(map(series, value -> factor * value), 1);

      assertThat(rescaled.conclusion()).isEqualTo(analysis.conclusion());
      assertThat(rescaled.exponent().orElseThrow().low())
          .isCloseTo(analysis.exponent().orElseThrow().low(), within(1e-9));
      assertThat(rescaled.best().orElseThrow().at(300))
          .isCloseTo(
              factor * analysis.best().orElseThrow().at(300), Percentage.withPercentage(1e-3));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQUARE_ROOT", "LINEAR", "THREE_HALVES", "QUADRATIC", "CUBIC"})
  void rescalingSizesLeavesPurePowers(Growth growth) {
    Series series = Grown.series(n -> 50 * growth.at(n), SIZES, 5, 0.03, new Random(1));
    List<Series.Point> larger =
        series.points().stream()
            .map(point -> new Series.Point(1000 * point.size(), point.sample()))
            .toList();

    Analysis rescaled = Analyst.analyze(series.withPoints(larger), 1);
    Analysis analysis = Analyst.analyze(series, 1);

    assertThat(rescaled.conclusion().law()).isEqualTo(analysis.conclusion().law());
    assertThat(rescaled.exponent().orElseThrow().value())
        .isCloseTo(analysis.exponent().orElseThrow().value(), within(1e-9));
  }

  @Test
  void theOrderOfForksChangesNothing() {
    Series series = Grown.series(n -> 512 * n + n * n, SIZES, 5, 0.05, new Random(1));
    Random random = new Random(2);
    List<Series.Point> shuffled = new ArrayList<>();
    for (Series.Point point : series.points()) {
      List<double[]> forks = new ArrayList<>(forks(point.sample()));
      Collections.shuffle(forks, random);
      shuffled.add(new Series.Point(point.size(), new Sample(forks, Unit.NANOS_PER_OP)));
    }

    assertThat(Analyst.analyze(series.withPoints(shuffled), 7))
        .isEqualTo(Analyst.analyze(series, 7));
  }

  @Test
  void sameSeedSameAnalysis() {
    Series series = Grown.series(n -> 7 * n, SIZES, 3, 0.05, new Random(1));

    assertThat(Analyst.analyze(series, 7)).isEqualTo(Analyst.analyze(series, 7));
    assertThat(Analyst.analyze(series, 7).exponent())
        .isNotEqualTo(Analyst.analyze(series, 8).exponent());
  }

  private static List<double[]> forks(Sample sample) {
    List<double[]> forks = new ArrayList<>();
    for (int i = 0; i < sample.forkCount(); i++) {
      forks.add(sample.fork(i));
    }
    return forks;
  }

  private static Series map(Series series, DoubleUnaryOperator function) {
    return series.withPoints(
        series.points().stream()
            .map(
                point ->
                    new Series.Point(
                        point.size(),
                        new Sample(
                            forks(point.sample()).stream()
                                .map(fork -> Arrays.stream(fork).map(function).toArray())
                                .toList(),
                            point.sample().unit())))
            .toList());
  }
}
