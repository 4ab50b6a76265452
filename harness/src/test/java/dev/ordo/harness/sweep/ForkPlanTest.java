package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForkPlanTest {

  @Test
  void measuresForTheUsualTimeWhereNothingIsKnown() {
    assertThat(ForkPlan.of(1e6)).isEqualTo(new ForkPlan(2, 6, 40));
  }

  @Test
  void makesIterationsLongerWhereManyAreWanted() {
    assertThat(ForkPlan.of(1e6, 480)).isEqualTo(new ForkPlan(2, 12, 40));
    assertThat(ForkPlan.of(1e6, 720)).isEqualTo(new ForkPlan(2, 12, 60));
  }

  @Test
  void staysWithinItsBounds() {
    assertThat(ForkPlan.of(1e6, 1)).isEqualTo(new ForkPlan(2, 3, 40));
    assertThat(ForkPlan.of(1e6, Double.POSITIVE_INFINITY)).isEqualTo(ForkPlan.of(1e6, 720));
  }

  @Test
  void measuresLongOperationsOneByOne() {
    assertThat(ForkPlan.of(100e6)).isEqualTo(new ForkPlan(0, 2, 40));
    assertThat(ForkPlan.of(2e9)).isEqualTo(new ForkPlan(0, 1, 40));
    assertThat(ForkPlan.of(2e9).singleShot(2e9)).isTrue();
    assertThat(ForkPlan.of(1e6).singleShot(1e6)).isFalse();
  }

  @Test
  void countsTheWarmUpOfLongOperations() {
    // Two operations until the time is seen to be steady, and the one that is measured.
    assertThat(ForkPlan.of(2e9).millis(2e9, 1)).isEqualTo(6000);
  }
}
