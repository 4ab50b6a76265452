package dev.ordo.harness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmupTest {

  private static final long SECOND = 1_000_000_000;

  private long now;
  private long compiled;
  private long allocated;
  private int runs;

  private boolean warmUp(Runnable workload) {
    return new Warmup(3 * SECOND, () -> now, () -> compiled, () -> allocated)
        .run(workload)
        .steady();
  }

  private void take(double millis) {
    now += (long) (millis * 1e6);
    runs++;
  }

  @Test
  void countsWhatItDid() {
    Warmup warmup = new Warmup(3 * SECOND, () -> now, () -> compiled, () -> allocated);

    Warmup.Outcome outcome = warmup.run(() -> take(10));

    assertThat(outcome).isEqualTo(new Warmup.Outcome(true, runs, now));
  }

  @Test
  void endsSoonWhereTimeIsSteadyFromTheStart() {
    assertThat(warmUp(() -> take(0.5))).isTrue();
    assertThat(now).isBetween(100_000_000L, 140_000_000L);
  }

  @Test
  void waitsUntilTimesNoLongerFall() {
    assertThat(warmUp(() -> take(Math.max(0.1, 200 * Math.pow(0.7, runs))))).isTrue();
    assertThat(Math.max(0.1, 200 * Math.pow(0.7, runs - 200))).isEqualTo(0.1);
  }

  @Test
  void waitsForTheCompilersEvenWhereTimesAgree() {
    assertThat(
            warmUp(
                () -> {
                  take(1);
                  compiled = Math.min(SECOND, now) / 2;
                }))
        .isTrue();
    assertThat(now).isBetween(SECOND, SECOND + 200_000_000L);
  }

  @Test
  void doesNotTrustShortCalmOfAnOperationThatAllocates() {
    assertThat(
            warmUp(
                () -> {
                  boolean boxed = now < 300_000_000;
                  allocated += boxed ? 20_000_000 : 0;
                  take(boxed ? 50 : 0.3);
                }))
        .isTrue();
    assertThat(now).isBetween(400_000_000L, 500_000_000L);
  }

  @Test
  void endsForAnOperationThatAlwaysAllocates() {
    assertThat(
            warmUp(
                () -> {
                  take(2);
                  allocated += 1_000_000;
                }))
        .isTrue();
    assertThat(now).isBetween(400_000_000L, 500_000_000L);
  }

  @Test
  void doesNotMindAFewSmallObjects() {
    assertThat(
            warmUp(
                () -> {
                  take(2);
                  allocated += 10_000;
                }))
        .isTrue();
    assertThat(now).isBetween(100_000_000L, 140_000_000L);
  }

  @Test
  void waitsLongerForAnOperationThatAllocatesLessAndLess() {
    assertThat(
            warmUp(
                () -> {
                  allocated += (long) (1_000_000 + 1e8 * Math.exp(-now / 3e9));
                  take(runs % 40 < 20 ? 1 : 3);
                }))
        .isFalse();
    assertThat(now).isBetween(9 * SECOND, 9 * SECOND + 100_000_000);
  }

  @Test
  void doesNotWaitLongerForAnOperationThatAllocatesTheSameEveryTime() {
    assertThat(
            warmUp(
                () -> {
                  allocated += 1_000_000;
                  take(runs % 40 < 20 ? 1 : 3);
                }))
        .isFalse();
    assertThat(now).isBetween(3 * SECOND, 3 * SECOND + 100_000_000);
  }

  @Test
  void takesForNoiseWhatVariesAndGrowsNoFaster() {
    assertThat(warmUp(() -> take(runs / 20 % 2 == 0 ? 1 : 3))).isTrue();
    assertThat(now).isBetween(3 * SECOND, 3 * SECOND + 100_000_000);
  }

  @Test
  void givesUpAtTheBoundWhereTimesStillFall() {
    assertThat(warmUp(() -> take((now / 60_000_000 % 2 == 0 ? 1 : 3) * Math.exp(-now / 2e9))))
        .isFalse();
    assertThat(now).isBetween(3 * SECOND, 3 * SECOND + 100_000_000);
  }

  @Test
  void givesUpAtTheBoundWhereTheCompilersStillWork() {
    assertThat(
            warmUp(
                () -> {
                  compiled += 1_000_000;
                  take(runs / 20 % 2 == 0 ? 1 : 3);
                }))
        .isFalse();
  }

  @Test
  void comparesTwoLongOperations() {
    assertThat(warmUp(() -> take(runs == 0 ? 900 : 400))).isTrue();
    assertThat(runs).isEqualTo(3);
  }

  @Test
  void runsAnOperationLongerThanTheBoundOnce() {
    assertThat(warmUp(() -> take(5000))).isFalse();
    assertThat(runs).isEqualTo(1);
  }
}
