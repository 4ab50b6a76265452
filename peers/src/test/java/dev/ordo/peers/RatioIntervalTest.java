package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioIntervalTest {

  @Test
  void dividesMedians() {
    RatioInterval ratio = RatioInterval.of(new double[] {9, 1, 6}, new double[] {3, 2, 100});

    assertThat(ratio.ratio()).isEqualTo(2);
  }

  @Test
  void hasNoIntervalBelowFourAndFour() {
    RatioInterval ratio = RatioInterval.of(new double[] {1, 2, 3}, new double[] {1, 2, 3, 4});

    assertThat(ratio.low()).isNaN();
    assertThat(ratio.high()).isNaN();
  }

  /** Of four and four, one of C(8, 4) = 70 arrangements is left out on each side: none skipped. */
  @Test
  void spansAllRatiosOfFourAndFour() {
    RatioInterval ratio = RatioInterval.of(new double[] {2, 3, 4, 5}, new double[] {1, 2, 3, 4});

    assertThat(ratio.low()).isEqualTo(2.0 / 4);
    assertThat(ratio.high()).isEqualTo(5.0);
  }

  /** P(U ≤ 2) = 4 / 252 and P(U ≤ 3) = 7 / 252 for five and five: the third from either end. */
  @Test
  void leavesOutTwoOnEachSideOfFiveAndFive() {
    double[] powers = {1, 2, 4, 8, 16};
    RatioInterval ratio = RatioInterval.of(powers, powers);

    assertThat(ratio.low()).isEqualTo(1.0 / 8);
    assertThat(ratio.high()).isEqualTo(8);
  }

  @Test
  void scalesWithItsFirstSample() {
    double[] a = {3, 1, 4, 1.5, 9};
    double[] b = {2, 7, 1.8, 2.8, 1};
    double[] tripled = {9, 3, 12, 4.5, 27};

    RatioInterval once = RatioInterval.of(a, b);
    RatioInterval thrice = RatioInterval.of(tripled, b);

    assertThat(thrice.ratio()).isCloseTo(3 * once.ratio(), within(1e-12));
    assertThat(thrice.low()).isCloseTo(3 * once.low(), within(1e-12));
    assertThat(thrice.high()).isCloseTo(3 * once.high(), within(1e-12));
  }

  @Test
  void coversTheTrueRatioAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    int trials = 4000;
    for (int i = 0; i < trials; i++) {
      RatioInterval ratio = RatioInterval.of(sample(random, 1.5), sample(random, 1));
      covered += ratio.low() <= 1.5 && 1.5 <= ratio.high() ? 1 : 0;
    }

    assertThat(covered / (double) trials).isBetween(0.955, 0.98);
  }

  private static double[] sample(SplittableRandom random, double scale) {
    double[] values = new double[5];
    for (int i = 0; i < values.length; i++) {
      values[i] = scale * Math.exp(random.nextDouble());
    }
    return values;
  }

  @Test
  void rejectsNoValues() {
    assertThatThrownBy(() -> RatioInterval.of(new double[0], new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values (0) must not be empty");
  }
}
