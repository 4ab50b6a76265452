package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Grid;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceTest {

  static Grid grid(
      DoubleBinaryOperator curve, int firsts, int seconds, int forks, double noise, RandomGenerator random) {
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
            "Time grows as m\\^\\S+ \\[\\S+ \\S+\\] · n\\^\\S+ \\[\\S+ \\S+\\]; the product form fits"
                + " within \\S+ %, the sum form does not \\(\\S+ %\\), the bilinear form does not"
                + " \\(\\S+ %\\)\\.");
    Surface.Term term = surface.fits().get(0).terms().get(0);
    assertThat(term.first().contains(1)).isTrue();
    assertThat(term.second().contains(2)).isTrue();
  }
}
