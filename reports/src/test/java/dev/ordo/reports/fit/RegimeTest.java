package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RegimeTest {

  private static final Interval HEIGHT = new Interval(1.3, 1.2, 1.4, 0.95);

  @Test
  void rejectsAPlaceThatIsNone() {
    assertThatThrownBy(() -> new Regime(Regime.Kind.STEP, 512, 512, HEIGHT, 0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("after (512.0) must be below from (512.0)");
  }

  @Test
  void rejectsARateThatIsNone() {
    assertThatThrownBy(() -> new Regime(Regime.Kind.KNOT, 256, 512, HEIGHT, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("falseAlarm (NaN) must be in 0 … 1");
  }
}
