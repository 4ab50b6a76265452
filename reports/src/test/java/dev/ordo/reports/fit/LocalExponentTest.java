package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalExponentTest {

  private static List<LocalExponent> of(Series series) {
    return LocalExponent.of(Observations.of(series));
  }

  @Test
  void aPowerHasOneExponentEverywhere() {
    List<LocalExponent> slopes =
        of(Grown.exact(n -> 3 * Math.pow(n, 1.5), Grown.doublings(4, 5), Unit.NANOS_PER_OP));
    assertThat(slopes).hasSize(4);
    for (LocalExponent slope : slopes) {
      assertThat(slope.value()).isCloseTo(1.5, within(1e-9));
      assertThat(slope.interval()).isEmpty();
    }
    assertThat(slopes.get(1).from()).isEqualTo(8);
    assertThat(slopes.get(1).to()).isEqualTo(16);
    assertThat(slopes.get(1).middle()).isCloseTo(8 * Math.sqrt(2), within(1e-9));
  }

  @Test
  void aSumBendsFromOneExponentToTheOther() {
    List<LocalExponent> slopes =
        of(Grown.exact(n -> 4096 * n + n * n, Grown.doublings(64, 14), Unit.NANOS_PER_OP));
    assertThat(slopes.get(0).value()).isBetween(1.0, 1.05);
    assertThat(slopes.get(12).value()).isBetween(1.95, 2.0);
    assertThat(slopes).extracting(LocalExponent::value).isSorted();
  }

  @Test
  void theIntervalComesFromTheForksOfAllSizes() {
    List<LocalExponent> slopes =
        of(Grown.series(n -> n, Grown.doublings(64, 6), 3, 0.03, new SplittableRandom(1)));
    double first = slopes.get(0).interval().orElseThrow().high() - slopes.get(0).value();
    for (LocalExponent slope : slopes) {
      Interval interval = slope.interval().orElseThrow();
      assertThat(interval.value()).isEqualTo(slope.value());
      assertThat(interval.high() - slope.value()).isCloseTo(first, within(1e-9));
      assertThat(slope.value() - interval.low()).isCloseTo(first, within(1e-9));
    }
    // Two means of three forks at 3 % noise over a doubling: 0.035 times Student's quantile.
    assertThat(first).isBetween(0.03, 0.15);
  }

  @Test
  void sizesCloseToEachOtherAreTakenTogether() {
    double[] sizes = {1000, 1100, 1200, 1300, 1500, 2000, 4000, 4100, 4200};
    List<LocalExponent> slopes = of(Grown.exact(n -> n * n, sizes, Unit.NANOS_PER_OP));
    for (LocalExponent slope : slopes) {
      assertThat(slope.to() / slope.from()).isGreaterThan(1.41);
      assertThat(slope.value()).isCloseTo(2, within(1e-9));
    }
    assertThat(slopes.get(0).from()).isEqualTo(1000);
    assertThat(slopes.get(slopes.size() - 1).to()).isEqualTo(4200);
    assertThat(slopes.stream().map(slope -> slope.from() + " " + slope.to()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aRangeTooNarrowGivesOneSlope() {
    double[] sizes = {1000, 1100, 1200};
    assertThat(of(Grown.exact(n -> n, sizes, Unit.NANOS_PER_OP)))
        .hasSize(1)
        .allSatisfy(slope -> assertThat(slope.to()).isEqualTo(1200));
  }

  @Test
  void needsTwoSizesAndPositiveValues() {
    assertThat(of(Grown.exact(n -> n, new double[] {8}, Unit.NANOS_PER_OP))).isEmpty();
    Series zero = Grown.exact(n -> 0, Grown.doublings(8, 3), Unit.NANOS_PER_OP);
    assertThat(Analyst.analyze(zero, 1).localExponents()).isEmpty();
  }
}
