package dev.ordo.reports.paired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.fit.Interval;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AnytimeMeanTest {

  /** Student's distribution with two degrees of freedom has a closed form. */
  @Test
  void agreesWithOneTestAtTheFirstLook() {
    AnytimeMean mean = AnytimeMean.of(new double[] {1, 2, 4});

    double t = (7.0 / 3 - 0.5) / (Math.sqrt(7.0 / 3) / Math.sqrt(3));
    double p = 0.5 * (1 - t / Math.sqrt(t * t + 2));
    assertThat(mean.above(0.5)).isCloseTo(Math.min(1, p / 0.03), Offset.offset(1e-9));
    assertThat(mean.above(-10)).isCloseTo(upper(7.0 / 3 + 10), Offset.offset(1e-9));
    assertThat(mean.below(20)).isCloseTo(upper(20 - 7.0 / 3), Offset.offset(1e-9));
  }

  private static double upper(double difference) {
    double t = difference / (Math.sqrt(7.0 / 3) / Math.sqrt(3));
    return 0.5 * (1 - t / Math.sqrt(t * t + 2)) / 0.03;
  }

  @Test
  void saysNothingBeforeTheFirstLook() {
    AnytimeMean mean = AnytimeMean.of(new double[] {5, 5.1});

    assertThat(mean.looked()).isFalse();
    assertThat(mean.above(0)).isOne();
    assertThat(mean.interval(0.05)).isEmpty();
    assertThat(mean.mean()).isEqualTo(5.05, Offset.offset(1e-12));
  }

  @Test
  void isUnchangedByValuesBetweenLooks() {
    double[] five = {1, 1.1, 0.9, 1, 7};

    assertThat(AnytimeMean.of(five).above(0))
        .isEqualTo(AnytimeMean.of(new double[] {1, 1.1, 0.9, 1}).above(0));
  }

  @Test
  void intervalEndsWhereTheTestsReject() {
    SplittableRandom random = new SplittableRandom(3);
    AnytimeMean mean =
        AnytimeMean.of(IntStream.range(0, 12).mapToDouble(i -> random.nextGaussian()).toArray());
    Interval interval = mean.interval(0.05).orElseThrow();

    assertThat(mean.above(interval.low() - 1e-6)).isLessThan(0.05);
    assertThat(mean.above(interval.low() + 1e-6)).isGreaterThan(0.05);
    assertThat(mean.below(interval.high() + 1e-6)).isLessThan(0.05);
    assertThat(mean.below(interval.high() - 1e-6)).isGreaterThan(0.05);
    assertThat(interval.confidence()).isEqualTo(0.9);
  }

  @Test
  void isSureOfValuesWithoutNoise() {
    AnytimeMean mean = AnytimeMean.of(new double[] {2, 2, 2});

    assertThat(mean.above(1.9)).isZero();
    assertThat(mean.above(2)).isOne();
    assertThat(mean.interval(0.05)).hasValue(new Interval(2, 2, 2, 0.9));
  }

  @Test
  void holdsAtAllTimesTogether() {
    int trials = 20_000;
    int wrong = 0;
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < trials; i++) {
      double[] values = IntStream.range(0, 32).mapToDouble(j -> random.nextGaussian()).toArray();
      wrong += AnytimeMean.of(values).above(0) <= 0.05 ? 1 : 0;
    }
    assertThat((double) wrong / trials).isBetween(0.02, 0.05);
  }
}
