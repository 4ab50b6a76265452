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

  @Test
  void joinsToTheSmallestBoundsThatHoldBoth() {
    assertThat(Bounds.of(Growth.CUBIC).and(Bounds.LINEAR_TO_QUADRATIC))
        .isEqualTo(new Bounds(Growth.LINEAR, Growth.CUBIC));
    assertThat(Bounds.LINEAR_TO_QUADRATIC.and(Bounds.of(Growth.LINEARITHMIC)))
        .isEqualTo(Bounds.LINEAR_TO_QUADRATIC);
  }

  @Test
  void rejectsEndsOutOfOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bounds(Growth.QUADRATIC, Growth.LINEAR))
        .withMessage("atLeast (QUADRATIC) must not grow faster than atMost (LINEAR)");
  }
}
