package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioIntervalTest {

  @Test
  void isAboutTheMedian() {
    assertThat(RatioInterval.of(new double[] {9, 1, 6}).ratio()).isEqualTo(6);
    assertThat(RatioInterval.of(new double[] {9, 1, 6, 2}).ratio()).isEqualTo(4);
  }

  /** Five heads of five come once in 32 throws, too often; six of six once in 64. */
  @Test
  void hasNoIntervalBelowSix() {
    assertThat(RatioInterval.of(new double[] {1, 2, 3, 4, 5}).low()).isNaN();
    assertThat(RatioInterval.of(new double[] {1, 2, 3, 4, 5}).high()).isNaN();
  }

  @Test
  void spansAllOfSix() {
    assertThat(RatioInterval.of(new double[] {3, 1, 2, 6, 5, 4}))
        .isEqualTo(new RatioInterval(3.5, 1, 6));
  }

  /**
   * P(at most 1 head of 9) = 10 / 512 and P(at most 2) = 46 / 512: one is left out on each side.
   */
  @Test
  void leavesOutOneOnEachSideOfNine() {
    double[] ratios = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    assertThat(RatioInterval.of(ratios)).isEqualTo(new RatioInterval(5, 2, 8));
  }

  @Test
  void coversTheTrueMedianAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(1);
    int covered = 0;
    int trials = 4000;
    for (int i = 0; i < trials; i++) {
      double[] ratios = random.doubles(6).map(u -> Math.exp(3 * u)).toArray();
      RatioInterval ratio = RatioInterval.of(ratios);
      covered += ratio.low() <= Math.exp(1.5) && Math.exp(1.5) <= ratio.high() ? 1 : 0;
    }

    assertThat(covered / (double) trials).isBetween(0.960, 0.978);
  }

  @Test
  void rejectsNoValues() {
    assertThatThrownBy(() -> RatioInterval.of(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values (0) must not be empty");
  }
}
