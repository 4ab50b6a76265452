package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CounterTest {

  private final Counter counter = new Counter();

  @Test
  void countsEachOperationOnce() {
    assertThat(counter.add(2, 3)).isEqualTo(5);
    assertThat(counter.subtract(2, 3)).isEqualTo(-1);
    assertThat(counter.multiply(2, 3)).isEqualTo(6);
    assertThat(counter.divide(3, 2)).isEqualTo(1.5);
    assertThat(counter.apply(Math::sqrt, 9)).isEqualTo(3);
    assertThat(counter.operations()).isEqualTo(5);
  }

  @Test
  void countsAMultiplyAddTwiceAndASigmoidThreeTimes() {
    assertThat(counter.multiplyAdd(2, 3, 4)).isEqualTo(10);
    assertThat(counter.operations()).isEqualTo(2);
    assertThat(counter.sigmoid(2)).isCloseTo(0.8807970779778823, within(1e-15));
    assertThat(counter.operations()).isEqualTo(5);
  }

  @Test
  void countsTwoOperationsAWeight() {
    float[] weights = {1, 2, 3, 4, 5, 6};
    assertThat(counter.affine(weights, new float[] {10, 20}, new double[] {1, 0, -1}))
        .containsExactly(8, 18);
    assertThat(counter.operations()).isEqualTo(12);
    assertThat(counter.affine(weights, null, new double[] {1, 1})).containsExactly(3, 7, 11);
    assertThat(counter.operations()).isEqualTo(24);
  }

  @Test
  void forgetsWhatItCounted() {
    counter.add(1, 1);
    counter.reset();
    assertThat(counter.operations()).isZero();
  }
}
