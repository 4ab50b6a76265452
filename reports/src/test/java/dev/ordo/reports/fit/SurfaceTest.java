package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Grid;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceTest {

  static Grid grid(
      DoubleBinaryOperator curve,
      int firsts,
      int seconds,
      int forks,
      double noise,
      RandomGenerator random) {
    List<Grid.Cell> cells = new ArrayList<>();
    for (int i = 0; i < firsts; i++) {
      for (int j = 0; j < seconds; j++) {
        double m = 16 << i;
        double n = 32 << j;
        List<double[]> values = new ArrayList<>();
        for (int f = 0; f < forks; f++) {
          values.add(
              new double[] {curve.applyAsDouble(m, n) * Math.exp(noise * random.nextGaussian())});
        }
        cells.add(new Grid.Cell(m, n, new Sample(values, Unit.NANOS_PER_OP)));
      }
    }
    return new Grid("org.acme.Product.run", "avgt", Map.of(), 1, "m", "n", cells);
  }

  private static Surface surface(DoubleBinaryOperator curve, int forks, double noise) {
    return Analyst.analyze(grid(curve, 4, 5, forks, noise, new SplittableRandom(7)));
  }

  @Test
  void claimsAProductWithItsExponents() {
    Surface surface = surface((m, n) -> 3 * m * n * n, 3, 0.02);

    assertThat(surface.claimed()).contains(Surface.Form.PRODUCT);
    assertThat(surface.conclusion().sentence())
        .matches(
            "Time grows as m\\^\\S+ \\[\\S+ \\S+\\] · n\\^\\S+ \\[\\S+ \\S+\\]; the product form"
                + " fits within \\S+ %, the sum form does not \\(\\S+ %\\), the bilinear form does"
                + " not \\(\\S+ %\\)\\.");
    Surface.Term term = surface.fits().get(0).terms().get(0);
    assertThat(term.first().contains(1)).isTrue();
    assertThat(term.second().contains(2)).isTrue();
  }

  @Test
  void claimsASum() {
    Surface surface = surface((m, n) -> 40 * m + n * n, 3, 0.02);

    assertThat(surface.claimed()).contains(Surface.Form.SUM);
    assertThat(surface.conclusion().law()).matches("m\\^\\d\\.\\d\\d \\+ n\\^\\d\\.\\d\\d");
  }

  @Test
  void claimsTheTermsThatABilinearFormNeeds() {
    Surface surface = surface((m, n) -> 5000 + 3 * m * n, 3, 0.01);

    assertThat(surface.claimed()).contains(Surface.Form.BILINEAR);
    assertThat(surface.conclusion().law()).isEqualTo("a + d·m·n");
  }

  @Test
  void saysThatNeitherSizeMatters() {
    Surface surface = surface((m, n) -> 70, 3, 0.01);

    assertThat(surface.conclusion().law()).isEqualTo("constant");
    assertThat(surface.conclusion().sentence()).startsWith("Time grows neither with m nor with n");
  }

  @Test
  void needsThreeByThreeSizesAndPositiveValues() {
    Grid narrow = grid((m, n) -> m * n, 2, 5, 3, 0.01, new SplittableRandom(1));
    Grid zero = grid((m, n) -> 0, 4, 4, 3, 0.01, new SplittableRandom(1));

    assertThat(Analyst.analyze(narrow).conclusion().sentence())
        .isEqualTo(
            "Cannot tell how time grows with m and n: a grid of 3 by 3 sizes is needed, there are"
                + " fewer.");
    assertThat(Analyst.analyze(zero).conclusion().sentence())
        .contains("not every value is positive");
  }

  @Test
  void rescalingTimeRescalesCoefficientsOnly() {
    Surface one = surface((m, n) -> 40 * m + n * n, 3, 0.02);
    Surface other = surface((m, n) -> 1e6 * (40 * m + n * n), 3, 0.02);

    assertThat(other.claimed()).isEqualTo(one.claimed());
    assertThat(other.fits().get(0).at(100, 200))
        .isCloseTo(1e6 * one.fits().get(0).at(100, 200), Percentage.withPercentage(1e-3));
  }

  /** 300 pairs of exponents have a standard error of 0.9 % at 95 %. */
  @ParameterizedTest
  @CsvSource({
    "PRODUCT, 1, 0.03",
    "PRODUCT, 2, 0.10",
    "PRODUCT, 3, 0.03",
    "PRODUCT, 5, 0.01",
    "SUM, 2, 0.01",
    "SUM, 3, 0.03",
    "SUM, 5, 0.03",
    "BILINEAR, 3, 0.01",
    "BILINEAR, 3, 0.03"
  })
  void isRightAboutFormsAndExponents(Surface.Form form, int forks, double noise) {
    SurfaceTrials trials = new SurfaceTrials(form);
    trials.run(300, forks, noise, 3);

    assertThat(trials.wrong()).as(trials.toString()).isLessThanOrEqualTo(3);
    assertThat(trials.right()).as(trials.toString()).isGreaterThan(270);
    if (form != Surface.Form.BILINEAR) {
      assertThat(trials.coverage()).as(trials.toString()).isBetween(0.925, 0.98);
    }
  }

  @Test
  void claimsNothingOfLevelsThatFollowNoSize() {
    int claimed = 0;
    for (int i = 0; i < 200; i++) {
      RandomGenerator random = new SplittableRandom(i).split();
      Map<List<Double>, Double> levels = new HashMap<>();
      Grid grid =
          grid(
              (m, n) ->
                  levels.computeIfAbsent(
                      List.of(m, n), none -> Math.exp(0.3 * random.nextGaussian())),
              4,
              4,
              3,
              0.02,
              random);
      claimed += Analyst.analyze(grid).conclusion().told() ? 1 : 0;
    }
    assertThat(claimed).isLessThanOrEqualTo(2);
  }
}
