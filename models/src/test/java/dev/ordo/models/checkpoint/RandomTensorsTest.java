package dev.ordo.models.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RandomTensorsTest {

  private static final int COUNT = 20000;

  @Test
  void aTensorDependsOnSeedAndNameAlone() {
    float[] a = new RandomTensors(1).normal("a", 1, 9).build().get("a", 9);
    Tensors more = new RandomTensors(1).normal("b", 1, 9).normal("a", 1, 9).build();
    assertThat(more.get("a", 9)).isEqualTo(a);
    assertThat(more.get("b", 9)).isNotEqualTo(a);
    assertThat(new RandomTensors(2).normal("a", 1, 9).build().get("a", 9)).isNotEqualTo(a);
    assertThat(more.source()).isEqualTo("seed 1");
  }

  @Test
  void normalValuesHaveTheMomentsOfTheirDistribution() {
    float[] values = new RandomTensors(3).normal("x", 2, COUNT).build().get("x", COUNT);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (float value : values) {
      sum += value;
      squares += Math.pow(value, 2);
      fourth += Math.pow(value, 4);
    }
    // Four standard errors: the seed is fixed, and these hold for it.
    assertThat(Math.abs(sum / COUNT)).isLessThan(4 * 2 / Math.sqrt(COUNT));
    assertThat(Math.abs(squares / COUNT / 4 - 1)).isLessThan(4 * Math.sqrt(2.0 / COUNT));
    assertThat(Math.abs(fourth / COUNT / 16 - 3)).isLessThan(4 * Math.sqrt(96.0 / COUNT));
  }

  @Test
  void uniformValuesFillTheirInterval() {
    Tensors tensors =
        new RandomTensors(4).uniform("x", 0.5, COUNT).logarithms("y", 0.001, 0.1, COUNT).build();
    float[] x = tensors.get("x", COUNT);
    assertThat(x).hasSize(COUNT);
    assertThat(least(x)).isBetween(-0.5f, -0.499f);
    assertThat(-least(negated(x))).isBetween(0.499f, 0.5f);
    float[] y = tensors.get("y", COUNT);
    assertThat(Math.exp(least(y))).isBetween(0.000999, 0.00101);
    assertThat(Math.exp(-least(negated(y)))).isBetween(0.099, 0.1001);
  }

  @Test
  void fillsByARule() {
    Tensors tensors =
        new RandomTensors(5).constant("one", 1, 2).fill("index", i -> i * i, 2, 2).build();
    assertThat(tensors.get("one", 2)).containsExactly(1, 1);
    assertThat(tensors.get("index", 2, 2)).containsExactly(0, 1, 4, 9);
  }

  @Test
  void rejectsTensorsThatNoArrayCanHold() {
    assertThatThrownBy(() -> new RandomTensors(1).constant("x", 0, 1 << 16, 1 << 16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tensor 'x': shape [65536, 65536] must have fewer than");
  }

  private static float least(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  private static float[] negated(float[] values) {
    float[] negated = values.clone();
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -negated[i];
    }
    return negated;
  }
}
