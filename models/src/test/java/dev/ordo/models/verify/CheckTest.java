package dev.ordo.models.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

  private static final double TOLERANCE = 1e-4;

  private static Check close(float[] actual, float... expected) {
    return Check.close("x", actual, expected);
  }

  @Test
  void theRatioIsTheLargestDifferenceOverTheLargestExpectedValue() {
    Check check = close(new float[] {1, -4.5f, 0.25f}, 1, -4, 0);
    assertThat(check.difference()).isEqualTo(0.5);
    assertThat(check.largest()).isEqualTo(4);
    assertThat(check.ratio()).isEqualTo(0.125);
    assertThat(check.passes(0.125)).isTrue();
    assertThat(check.passes(0.12)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void whatIsNotFiniteNeverPasses(float value) {
    assertThat(close(new float[] {1, value, 1}, 1, 1, 1).passes(1e9)).isFalse();
    assertThat(close(new float[] {1, 1, 1}, 1, value, 1).passes(1e9)).isFalse();
    assertThat(close(new float[] {1, value, 1}, 1, value, 1).passes(1e9)).isFalse();
  }

  @Test
  void onlyZerosAreCloseToZeros() {
    assertThat(close(new float[2], 0, 0).passes(0)).isTrue();
    assertThat(close(new float[] {0, 1e-30f}, 0, 0).passes(1e9)).isFalse();
  }

  @Test
  void wholeNumbersHaveToBeEqual() {
    assertThat(Check.equal("x", new int[] {3, 5}, new long[] {3, 5}).passes(0)).isTrue();
    assertThat(Check.equal("x", new int[] {3, 4}, new long[] {3, 5}).passes(1e9)).isFalse();
    assertThat(Check.equal("x", new int[] {3}, new long[] {3 + (1L << 32)}).passes(1e9)).isFalse();
  }

  @Test
  void rejectsValuesThatAreNotAsManyAsExpected() {
    assertThatThrownBy(() -> close(new float[2], 1)).hasMessageContaining("x: values (2) must be");
    assertThatThrownBy(() -> close(new float[0])).hasMessageContaining("x: values (0) must be");
    assertThatThrownBy(() -> Check.equal("x", new int[1], new long[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(close(new float[] {1}, 1).passes(TOLERANCE)).isTrue();
  }
}
