package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {

  @ParameterizedTest
  @CsvSource({
    "LINEAR, QUADRATIC, n … n²",
    "SQUARE_ROOT, QUADRATIC_LOGARITHMIC, √n … n² log n",
    "LINEAR, CUBIC, at least n",
    "LOGARITHMIC, LINEARITHMIC, at most n log n",
    "CONSTANT, SQUARE_ROOT, at most √n"
  })
  void isShortInACell(Growth low, Growth high, String text) {
    assertThat(new Bounds(low, high).text()).isEqualTo(text).hasSizeLessThanOrEqualTo(22);
  }

  @Test
  void holdsWhatLiesBetweenItsEnds() {
    Bounds bounds = new Bounds(Growth.LINEAR, Growth.THREE_HALVES);

    assertThat(bounds.contains(Growth.LINEAR)).isTrue();
    assertThat(bounds.contains(Growth.LINEARITHMIC)).isTrue();
    assertThat(bounds.contains(Growth.THREE_HALVES)).isTrue();
    assertThat(bounds.contains(Growth.SQUARE_ROOT)).isFalse();
    assertThat(bounds.contains(Growth.QUADRATIC)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2, 1.3, LINEAR, THREE_HALVES",
    "0.95, 1.05, SQUARE_ROOT, THREE_HALVES",
    "2.4, 2.6, QUADRATIC, CUBIC",
    "3.1, 3.2, CUBIC, CUBIC"
  })
  void liesAroundAnExponentBetweenPurePowers(double from, double to, Growth low, Growth high) {
    assertThat(Bounds.around(new Interval((from + to) / 2, from, to, 0.95)))
        .isEqualTo(new Bounds(low, high));
  }

  @Test
  void rejectsEndsOutOfOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bounds(Growth.QUADRATIC, Growth.LINEAR))
        .withMessage("atLeast (QUADRATIC) must not grow faster than atMost (LINEAR)");
  }
}
