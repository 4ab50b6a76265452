package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForkDesignTest {

  private static final double[] SIZES = {1, Math.E, Math.E * Math.E};

  private static ForkDesign design(int... forks) {
    return new ForkDesign(SIZES, forks, new double[] {0.01, 0.01, 0.01}, 6);
  }

  @Test
  void knowsTheWidthOfTheSlopeOfALine() {
    // R: qt(0.975, 6) * sqrt(0.01 / (2 * 2)), the logarithms being 0, 1, 2 with two forks each.
    assertThat(design(2, 2, 2).halfWidth()).isCloseTo(0.1223456, within(1e-6));
  }

  @Test
  void seesThatEndsTellTheSlopeAndTheMiddleTheBend() {
    int[] ends = {1, 0, 1};
    int[] middle = {0, 2, 0};
    double before = design(2, 2, 2).halfWidth();

    assertThat(before - design(2, 2, 2).with(ends).halfWidth())
        .isGreaterThan(before - design(2, 2, 2).with(middle).halfWidth());
    assertThat(design(4, 2, 4).narrowing(middle)).isGreaterThan(design(4, 2, 4).narrowing(ends));
  }

  @Test
  void gainsMoreFromTheFirstForksThanFromLaterOnes() {
    int[] all = {1, 1, 1};
    ForkDesign two = new ForkDesign(SIZES, new int[] {2, 2, 2}, new double[] {1, 1, 1}, 3);
    ForkDesign eight = new ForkDesign(SIZES, new int[] {8, 8, 8}, new double[] {1, 1, 1}, 21);

    // From 3 to 6 degrees of freedom Student's quantile alone narrows by 23 %.
    assertThat(two.narrowing(all)).isGreaterThan(0.3);
    assertThat(eight.narrowing(all)).isBetween(0.05, 0.1);
  }

  @Test
  void gainsWhereTheNoiseIs() {
    ForkDesign uneven =
        new ForkDesign(SIZES, new int[] {3, 3, 3}, new double[] {0.04, 0.01, 0.0001}, 6);

    assertThat(uneven.narrowing(new int[] {1, 0, 0}))
        .isGreaterThan(uneven.narrowing(new int[] {0, 0, 1}));
  }

  @Test
  void tellsTheLevelOfASingleSize() {
    ForkDesign one = new ForkDesign(new double[] {64}, new int[] {4}, new double[] {0.04}, 3);

    // R: qt(0.975, 3) * sqrt(0.04 / 4)
    assertThat(one.halfWidth()).isCloseTo(0.3182446, within(1e-6));
    assertThat(one.narrowing(new int[] {1})).isPositive();
  }

  @Test
  void rejectsWhatIsNoDesign() {
    assertThatThrownBy(() -> design(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sizes, forks and variances (3, 2, 3) must be as many");
    assertThatThrownBy(() -> design(1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("with 0 forks");
    assertThatThrownBy(() -> new ForkDesign(SIZES, new int[] {1, 1, 1}, new double[3], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("degrees (0) must be positive");
  }
}
