package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StanceTest {

  private static final Series SERIES =
      Studies.plain("n", Unit.NANOS_PER_OP, 64, 1, 128, 2, 256, 4, 512, 8, 1024, 16, 4096, 64);

  private static Stance stance(
      String law, Bounds bounds, double low, double high, String order, double slope) {
    return stance(law, bounds, low, high, order, slope, Optional.empty());
  }

  private static Stance stance(
      String law,
      Bounds bounds,
      double low,
      double high,
      String order,
      double slope,
      Optional<Regime> regime) {
    Analysis analysis =
        new Analysis(
                Optional.of(new Interval((low + high) / 2, low, high, 0.95)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Conclusion(law, true, "Told.", Optional.of(bounds)))
            .withRegime(regime);
    return Stance.of(SERIES, analysis, Optional.of(new Study.Theory(order, slope)));
  }

  private static Bounds bounds(Growth low, Growth high) {
    return new Bounds(low, high);
  }

  @ParameterizedTest
  @CsvSource({
    "linear, LINEAR, LINEAR, 0.98, 1.02, L, 1, CONSISTENT",
    // The class agrees though an overhead of the machine flattens the slope.
    "overhead + linear, LINEAR, LINEAR, 0.6, 0.7, L, 1, CONSISTENT",
    // The slope agrees though the class shows only at larger sizes.
    "linear, LINEAR, LINEAR, 0.98, 1.02, L², 1.04, CONSISTENT",
    "linear, LINEAR, LINEAR, 0.98, 1.02, L², 1.9, CONTRADICTS",
    "quadratic, QUADRATIC, QUADRATIC, 1.95, 2.01, L, 1, CONTRADICTS",
    "linear + quadratic, LINEAR, QUADRATIC, 1.4, 1.5, L², 1.8, CONSISTENT",
    "linear + quadratic, LINEAR, QUADRATIC, 1.4, 1.5, L, 1, CONTRADICTS",
    "quasi-linear, LINEAR, LINEARITHMIC, 1.1, 1.2, L log L, 1.15, CONSISTENT",
    "constant, CONSTANT, CONSTANT, -0.02, 0.02, 1, 0, CONSISTENT",
    "constant, CONSTANT, CONSTANT, -0.02, 0.02, L, 0.9, CONTRADICTS",
    // Wide bounds prove nothing without the slope.
    "n … n², LINEAR, QUADRATIC, 0.96, 1.14, L, 1, CONSISTENT",
    "n … n², LINEAR, QUADRATIC, 1.56, 1.84, L², 1.3, CANNOT_JUDGE",
    "n … n², LINEAR, QUADRATIC, 1.5, 1.8, 1, 0, CONTRADICTS",
    "at most n^0.13, CONSTANT, SQUARE_ROOT, 0.03, 0.11, 1, 0, CONSISTENT",
    // A power without a name is in no class.
    "n^0.70, SQUARE_ROOT, LINEAR, 0.68, 0.72, L, 1, CONTRADICTS",
    "n^0.70, SQUARE_ROOT, LINEAR, 0.68, 0.72, L, 0.74, CONSISTENT",
    "linear, LINEAR, LINEAR, 0.98, 1.02, whatever, 1, CONSISTENT",
    "linear, LINEAR, LINEAR, 0.98, 1.02, whatever, NaN, CANNOT_JUDGE",
    "linear, LINEAR, LINEAR, 0.98, 1.02, L², NaN, CANNOT_JUDGE",
  })
  void weighsClassAndSlope(
      String law,
      Growth low,
      Growth high,
      double from,
      double to,
      String order,
      double slope,
      Stance expected) {
    assertThat(stance(law, bounds(low, high), from, to, order, slope)).isEqualTo(expected);
  }

  @Test
  void comparesNoSlopeOfAPartWithThatOfAllSizes() {
    Regime knot = new Regime(Regime.Kind.KNOT, 256, 512, new Interval(0.6, 0.5, 0.7, 0.95), 0.001);
    Bounds linear = Bounds.of(Growth.LINEAR);
    assertThat(stance("linear", linear, 0.98, 1.02, "L²", 1.5, Optional.of(knot)))
        .isEqualTo(Stance.CANNOT_JUDGE);
    assertThat(stance("linear", linear, 0.98, 1.02, "L²", 1.98, Optional.of(knot)))
        .isEqualTo(Stance.CONTRADICTS);
  }

  @Test
  void judgesNothingWhereNothingIsToldOrThereIsNoTheory() {
    Study.Theory linear = new Study.Theory("L", 1);
    assertThat(Stance.of(SERIES, Studies.nothing(), Optional.of(linear)))
        .isEqualTo(Stance.CANNOT_JUDGE);
    assertThat(Stance.of(SERIES, Studies.linear(3), Optional.empty())).isEqualTo(Stance.NO_THEORY);
  }
}
