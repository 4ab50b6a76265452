package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResidualTest {

  private static Series series(double[]... forksOfSizes) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < forksOfSizes.length; i++) {
      List<double[]> forks = new ArrayList<>();
      for (double value : forksOfSizes[i]) {
        forks.add(new double[] {value});
      }
      points.add(new Series.Point(10 * (i + 1), new Sample(forks, Unit.NANOS_PER_OP)));
    }
    return new Series("bench", "avgt", Map.of(), 1, "size", points);
  }

  private static Analysis fitted(double slope, Optional<Regime> regime) {
    Fit fit = new Fit("b·n", List.of(new Fit.Term(slope, 1, 0)), 0, 0, 1);
    return new Analysis(
        Optional.empty(),
        List.of(fit),
        Optional.of(fit),
        Optional.empty(),
        regime,
        new Conclusion("linear", true, "linear"),
        ForkSummary.NONE,
        Optional.empty(),
        List.of(),
        List.of());
  }

  @Test
  void isTheMeanOverTheFittedValue() {
    List<Residual> residuals =
        Residual.of(
            series(new double[] {90, 130}, new double[] {100}), fitted(10, Optional.empty()));
    assertThat(residuals).hasSize(2);
    Residual first = residuals.get(0);
    assertThat(first.fitted()).isEqualTo(100);
    assertThat(first.relative()).isCloseTo(0.1, within(1e-12));
    assertThat(first.low()).isEqualTo(90);
    assertThat(first.high()).isEqualTo(130);
    // s = √((20² + 20²)/1) = 28.28, of 110
    assertThat(first.noise()).isCloseTo(Math.sqrt(800) / 110, within(1e-12));
    assertThat(residuals.get(1).relative()).isCloseTo(-0.5, within(1e-12));
    assertThat(residuals.get(1).noise()).isNaN();
  }

  @Test
  void isOfSizesBeyondTheChangeAlone() {
    Regime knot = new Regime(Regime.Kind.KNOT, 10, 20, new Interval(1, 0.9, 1.1, 0.95), 0.001);
    List<Residual> residuals =
        Residual.of(series(new double[] {7}, new double[] {200}), fitted(10, Optional.of(knot)));
    assertThat(residuals).extracting(Residual::size).containsExactly(20.0);
  }

  @Test
  void isNoneWhereNothingIsFitted() {
    assertThat(Residual.of(series(new double[] {7}), fitted(0, Optional.empty()))).isEmpty();
  }
}
