package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class CommandWarmupTest {

  private static final long MILLI = 1_000_000;

  private long now;
  private int requests;

  /** Warms up on a clock that only requests move, by what they take. */
  private CommandWarmup warmup() {
    return new CommandWarmup(Duration.ofSeconds(3), () -> now);
  }

  private CommandWarmup.Answers taking(long elapsed, LongToDoubleFunction nanosAtRequest) {
    return () -> {
      now += elapsed;
      return nanosAtRequest.applyAsDouble(requests++);
    };
  }

  @Test
  void endsOnceAnswersAgreeForAWindow() throws CommandProcess.NoAnswer {
    CommandWarmup warmup = warmup();

    assertThat(warmup.run(taking(MILLI, request -> 5e5))).isTrue();

    assertThat(requests).isEqualTo(100);
    assertThat(warmup.elapsedPerRequest()).isEqualTo(MILLI);
  }

  @Test
  void waitsWhileAnswersStillFall() throws CommandProcess.NoAnswer {
    assertThat(
            warmup().run(taking(10 * MILLI, request -> 1e9 * Math.pow(0.9, Math.min(request, 50)))))
        .isTrue();

    assertThat(requests).isBetween(50, 65);
  }

  @Test
  void takesTwoAnswersOfALongOperation() throws CommandProcess.NoAnswer {
    assertThat(warmup().run(taking(900 * MILLI, request -> 9e8))).isTrue();

    assertThat(requests).isEqualTo(2);
  }

  @Test
  void callsNoiseSteadyAndAFallNot() throws CommandProcess.NoAnswer {
    assertThat(warmup().run(taking(20 * MILLI, request -> request % 2 == 0 ? 1e6 : 2e6))).isTrue();
    assertThat(now).isGreaterThanOrEqualTo(3000 * MILLI);

    assertThat(warmup().run(taking(20 * MILLI, request -> 1e9 / Math.pow(1.05, request))))
        .isFalse();
  }
}
