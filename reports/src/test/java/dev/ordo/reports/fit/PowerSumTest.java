package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.data.Unit;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PowerSumTest {

  private static Observations exact(DoubleUnaryOperator curve) {
    return Observations.of(Grown.exact(curve, Grown.doublings(16, 9), Unit.NANOS_PER_OP));
  }

  @Test
  void meetsSumsOfTwoPowers() {
    assertThat(PowerSum.squares(exact(n -> 300 * n + n * n * n))).isLessThan(1e-4);
    assertThat(PowerSum.squares(exact(n -> 3 * Math.sqrt(n) + n))).isLessThan(1e-4);
    assertThat(PowerSum.squares(exact(n -> 40 + Math.pow(n, 0.7)))).isLessThan(1e-4);
  }

  @Test
  void meetsNoKnot() {
    assertThat(PowerSum.squares(exact(n -> n < 250 ? n : n * n / 250))).isGreaterThan(0.05);
  }
}
