package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Series;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is claimed where the data leaves several laws, on series that are noisy or ambiguous. */
class BoundedConclusionTest {

  private static Conclusion conclude(
      DoubleUnaryOperator curve, double[] sizes, int forks, double noise, long seed) {
    Series series = Grown.series(curve, sizes, forks, noise, new Random(seed));
    return Analyst.analyze(series, seed).conclusion();
  }

  /** What a machine like a shared one gives: two to three forks that differ by a tenth or more. */
  @ParameterizedTest
  @EnumSource
  void boundsHoldTheTrueLaw(Growth growth) {
    int wrong = 0;
    int told = 0;
    Random random = new Random(53);
    for (int repetition = 0; repetition < 200; repetition++) {
      double overhead = repetition % 2 == 0 ? 0 : random.nextDouble() * growth.at(512);
      Conclusion conclusion =
          conclude(
              n -> overhead + growth.at(n),
              Grown.doublings(64, 5 + repetition % 4),
              2 + repetition % 2,
              0.08 + 0.04 * (repetition % 3),
              1000 * growth.ordinal() + repetition);
      told += conclusion.told() ? 1 : 0;
      Optional<Bounds> bounds = conclusion.bounds();
      wrong += bounds.isPresent() && !bounds.get().contains(growth) ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(2);
    assertThat(told).isGreaterThanOrEqualTo(150);
  }

  @Test
  void namesTheLikeliestLawWhereItClaimsBounds() {
    int named = 0;
    for (int seed = 0; seed < 20; seed++) {
      Conclusion conclusion = conclude(n -> n, Grown.doublings(64, 8), 3, 0.08, seed);
      if (conclusion.likeliest().isPresent()) {
        named++;
        assertThat(conclusion.bounds().orElseThrow().atMost())
            .isNotEqualTo(conclusion.bounds().orElseThrow().atLeast());
        assertThat(conclusion.likeliest().get()).endsWith(" %");
      }
    }
    assertThat(named).isPositive();
    Conclusion clear = conclude(n -> n, Grown.doublings(64, 9), 5, 0.005, 4);
    assertThat(clear.law()).isEqualTo("linear");
    assertThat(clear.likeliest()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.3, 0", "0.8, 1", "1.2, 9", "1.7, 1", "2.4, 1"})
  void boundsHoldAPowerThatHasNoName(double exponent, int most) {
    int wrong = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Conclusion conclusion =
          conclude(
              n -> Math.pow(n, exponent),
              Grown.doublings(64, 6 + repetition % 4),
              2 + repetition % 3,
              0.01 + 0.03 * (repetition % 4),
              7000 + repetition);
      Optional<Bounds> bounds = conclusion.bounds();
      wrong +=
          bounds.isPresent()
                  && (bounds.get().atLeast().power() > exponent
                      || bounds.get().atMost().power() < exponent)
              ? 1
              : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03, 0.1})
  void claimsNoSumWhoseCrossoverIsFarBeyondTheRange(double noise) {
    double[] sizes = Grown.doublings(64, 8);
    int claimed = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Conclusion conclusion =
          conclude(n -> 16 * 8192 * n + n * n, sizes, 5, noise, 100 + repetition);
      claimed += conclusion.law().equals("linear + quadratic") ? 1 : 0;
      assertThat(conclusion.bounds().orElseThrow().contains(Growth.LINEAR)).isTrue();
    }
    assertThat(claimed).isLessThanOrEqualTo(1);
  }

  @Test
  void boundsTheGrowthThatNoiseHides() {
    double[] sizes = Grown.doublings(64, 7);
    int broken = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Conclusion conclusion = conclude(n -> Math.pow(n, 0.05), sizes, 2, 0.15, 500 + repetition);
      if (conclusion.law().startsWith("at most n^")) {
        broken += Double.parseDouble(conclusion.law().substring(10)) < 0.05 ? 1 : 0;
        assertThat(conclusion.sentence()).contains("hides any growth of up to");
      }
    }
    assertThat(broken).isLessThanOrEqualTo(2);
    assertThat(conclude(n -> 1000, sizes, 2, 0.15, 2).law()).startsWith("at most n^0.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 6, 7})
  void takesAStepInAFlatSeriesForNoGrowth(int from) {
    double[] sizes = Grown.doublings(64, 8);
    int claimed = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Conclusion conclusion =
          conclude(n -> n >= sizes[from] ? 130 : 100, sizes, 3, 0.03, 900 + repetition);
      claimed += conclusion.bounds().filter(Bounds::fromBelow).isPresent() ? 1 : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.13, 1.17, 1.2})
  void neverNamesALogarithmForAPowerThatNoiseMayHide(double exponent) {
    int wrong = 0;
    for (int repetition = 0; repetition < 100; repetition++) {
      Conclusion conclusion =
          conclude(n -> Math.pow(n, exponent), Grown.doublings(64, 5), 3, 0.1, 700 + repetition);
      wrong += conclusion.law().endsWith("n log n") && conclusion.law().length() < 20 ? 1 : 0;
      wrong += conclusion.law().equals("quasi-linear") ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(10);
  }

  @Test
  void tellsWhatIsCredible() {
    Conclusion conclusion = conclude(n -> 60000 + n * n, Grown.doublings(64, 5), 2, 0.2, 3);

    assertThat(conclusion.told()).isTrue();
    assertThat(conclusion.sentence())
        .containsPattern("for .* \\(\\d+ %\\).* are credible at noise of \\d+ % a size");
  }

  @Test
  void speaksOfFactorsWhereNoiseHidesMuch() {
    double[] sizes = Grown.doublings(64, 5);
    for (int repetition = 0; repetition < 50; repetition++) {
      String sentence = conclude(n -> 1000, sizes, 2, 0.7, 300 + repetition).sentence();
      assertThat(sentence).doesNotContainPattern("up to \\d{3,} %");
    }
  }

  @Test
  void advisesNoSizeFarBeyondTheRange() {
    for (int repetition = 0; repetition < 50; repetition++) {
      String sentence =
          conclude(n -> 7 * n, Grown.doublings(64, 6), 2, 0.1, 200 + repetition).sentence();
      java.util.regex.Matcher size =
          java.util.regex.Pattern.compile("a size of (\\d+) \\(about").matcher(sentence);
      if (size.find()) {
        assertThat(Double.parseDouble(size.group(1))).isBetween(4096.0, 16 * 2048.0);
      }
      java.util.regex.Matcher forks =
          java.util.regex.Pattern.compile("about (\\d+) forks a size").matcher(sentence);
      if (forks.find()) {
        assertThat(Integer.parseInt(forks.group(1))).isBetween(3, 50);
      }
    }
  }
}
