package dev.ordo.harness.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NanoTimerTest {

  @Test
  void findsLatencyAndStepsOfAFineTimer() {
    NanoTimer timer = NanoTimer.of(LongStream.range(0, 10_001).map(i -> 25 * i).toArray());

    assertThat(timer.latencyNanos()).isCloseTo(25, within(1e-9));
    assertThat(timer.stepNanos()).isEqualTo(25);
  }

  @Test
  void findsTheStepsOfACoarseTimer() {
    NanoTimer timer =
        NanoTimer.of(LongStream.range(0, 100_001).map(i -> 30 * i / 1000 * 1000).toArray());

    assertThat(timer.stepNanos()).isEqualTo(1000);
    assertThat(timer.latencyNanos()).isCloseTo(30, within(1e-9));
  }

  @Test
  void isNotDisturbedByPauses() {
    NanoTimer timer =
        NanoTimer.of(
            LongStream.range(0, 10_001).map(i -> 25 * i + (i > 5000 ? 10_000_000 : 0)).toArray());

    assertThat(timer.latencyNanos()).isCloseTo(25, within(1e-9));
  }

  @Test
  void measuresTheTimerOfThisJvm() {
    NanoTimer timer = NanoTimer.ofThisJvm();

    assertThat(timer.latencyNanos()).isPositive();
    assertThat(timer.stepNanos()).isPositive();
  }
}
