package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static final Unit COUNT = new Unit("counts", Unit.Dimension.OTHER);

  private static Sample sample(Unit unit, double... forks) {
    return new Sample(
        Arrays.stream(forks).mapToObj(value -> new double[] {value * 0.99, value * 1.01}).toList(),
        unit);
  }

  private static Sample exact(Unit unit, double... forks) {
    return new Sample(Arrays.stream(forks).mapToObj(value -> new double[] {value}).toList(), unit);
  }

  private static Estimate compare(Sample base, Sample candidate) {
    return Estimate.of(base, candidate, 0.05, 0.05, 1999, 1);
  }

  @Test
  void isTheRatioOfGeometricMeansWithAnIntervalAboutIt() {
    Estimate estimate =
        compare(
            sample(Unit.NANOS_PER_OP, 100, 102, 98, 101, 99),
            sample(Unit.NANOS_PER_OP, 120, 122, 118, 121, 119));

    assertThat(estimate.ratio()).isCloseTo(1.2, within(0.001));
    assertThat(estimate.interval().orElseThrow().low()).isBetween(1.15, 1.19);
    assertThat(estimate.interval().orElseThrow().high()).isBetween(1.21, 1.25);
    assertThat(estimate.probability().orElseThrow()).isLessThan(1e-4);
    assertThat(estimate.beyondMargin().orElseThrow())
        .isLessThan(0.01)
        .isGreaterThan(estimate.probability().orElseThrow());
  }

  @Test
  void widensWithTheNoise() {
    Sample base = sample(Unit.NANOS_PER_OP, 100, 110, 90);
    Estimate noisy = compare(base, sample(Unit.NANOS_PER_OP, 105, 115, 95));

    assertThat(noisy.interval().orElseThrow().low()).isLessThan(0.9);
    assertThat(noisy.probability().orElseThrow()).isGreaterThan(0.3);
  }

  @Test
  void isAFunctionOfValuesAndSeedAndNotOfTheOrderOfForks() {
    Sample base = sample(Unit.NANOS_PER_OP, 100, 104, 98);
    Estimate estimate = compare(base, sample(Unit.NANOS_PER_OP, 105, 111, 103));

    assertThat(compare(base, sample(Unit.NANOS_PER_OP, 103, 105, 111))).isEqualTo(estimate);
    assertThat(Estimate.of(base, sample(Unit.NANOS_PER_OP, 105, 111, 103), 0.05, 0.05, 1999, 2))
        .isNotEqualTo(estimate);
  }

  @Test
  void saysThatOneForkIsTooFew() {
    Estimate estimate =
        compare(sample(Unit.NANOS_PER_OP, 100, 101), sample(Unit.NANOS_PER_OP, 300));

    assertThat(estimate.ratio()).isCloseTo(2.985, within(0.001));
    assertThat(estimate.interval()).isEmpty();
    assertThat(estimate.probability()).isEmpty();
    assertThat(estimate.limitation()).contains("one fork in the candidate: noise unknown");
  }

  @Test
  void isAPointWhereNothingVaries() {
    Estimate same = compare(exact(COUNT, 7, 7), exact(COUNT, 7, 7));
    Estimate more = compare(exact(COUNT, 7, 7), exact(COUNT, 8, 8, 8));

    assertThat(same.probability()).hasValue(1);
    assertThat(same.interval().orElseThrow().low()).isEqualTo(1);
    assertThat(more.beyondMargin()).hasValue(0);
    assertThat(more.interval().orElseThrow().high()).isCloseTo(8 / 7.0, within(1e-12));
  }

  @Test
  void takesBytesBelowOneForTheBackgroundOfTheProfiler() {
    Sample background = exact(Unit.BYTES_PER_OP, 1e-5, 3e-4, 2e-5);
    Estimate same = compare(background, exact(Unit.BYTES_PER_OP, 0.5, 0.4, 0.6));
    Estimate more = compare(background, exact(Unit.BYTES_PER_OP, 24, 24, 24));

    assertThat(same.ratio()).isEqualTo(1);
    assertThat(same.beyondMargin()).hasValue(1);
    assertThat(more.ratio()).isInfinite();
    assertThat(more.beyondMargin()).hasValue(0);
    assertThat(more.limitation()).contains("no interval: the base is zero");
  }

  @Test
  void comparesMeansWhereSomeForksAreZero() {
    Estimate estimate = compare(exact(COUNT, 0, 1, 2, 1), exact(COUNT, 11, 9, 10, 10));

    assertThat(estimate.ratio()).isEqualTo(10);
    assertThat(estimate.interval().orElseThrow().low()).isGreaterThan(7);
    assertThat(estimate.beyondMargin().orElseThrow()).isLessThan(0.01);
  }

  @Test
  void hasNoRatioBelowZero() {
    Estimate estimate = compare(exact(COUNT, -1, 1), exact(COUNT, 2, 3));

    assertThat(estimate.ratio()).isNaN();
    assertThat(estimate.limitation()).contains("no ratio: values below zero");
  }

  @Test
  void rejectsOtherUnits() {
    assertThatThrownBy(() -> compare(exact(COUNT, 1, 1), exact(Unit.BYTES_PER_OP, 1, 1)))
        .hasMessage("units (counts, B/op) must be the same");
  }
}
