package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TimeLimitTest {

  private static final Cell CELL = new Cell("rnn", Phase.DECODE, 64, 1);

  private static Duration limit(Optional<Duration> fixed, double nanos, String budget) {
    return new TimeLimit(fixed, new Forecast(cell -> nanos * 10), Duration.parse(budget))
        .of(CELL, ForkPlan.of(nanos));
  }

  @Test
  void isAMinuteForShortForks() {
    assertThat(limit(Optional.empty(), 1e6, "PT5M")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void isTenTimesThePredictionOfLongForks() {
    assertThat(limit(Optional.empty(), 60e9, "PT1H"))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(40));
  }

  @Test
  void isATenthOfTheBudgetWhereNothingIsKnown() {
    assertThat(limit(Optional.empty(), Double.NaN, "PT2H")).isEqualTo(Duration.ofMinutes(12));
    assertThat(limit(Optional.empty(), Double.NaN, "PT5M")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void isWhatWasAskedFor() {
    assertThat(limit(Optional.of(Duration.ofSeconds(7)), 60e9, "PT1H"))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  @Timeout(60)
  void endsAHungProcessAndItsChildren() throws Exception {
    try (TimeLimit.Watch watch = TimeLimit.watch(Duration.ofMillis(300))) {
      Process hung = new ProcessBuilder("sh", "-c", "sleep 600 & wait").start();
      assertThat(hung.waitFor(50, TimeUnit.SECONDS)).isTrue();
      assertThat(watch.expired()).isTrue();
    }
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }
}
