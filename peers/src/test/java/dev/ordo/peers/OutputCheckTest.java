package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputCheckTest {

  @Test
  void isRelativeToTheLargestExpectedValueOfTheTensor() {
    Map<String, float[]> expected = Map.of("a", new float[] {-4, 1}, "b", new float[] {100, 0});
    Map<String, float[]> found = Map.of("a", new float[] {-4, 2}, "b", new float[] {101, 0});

    assertThat(OutputCheck.difference(expected, found)).isEqualTo(0.25);
  }

  @Test
  void isZeroForEqualOutputs() {
    Map<String, float[]> zeros = Map.of("a", new float[3]);

    assertThat(OutputCheck.difference(zeros, zeros)).isZero();
  }

  @Test
  void seesThatNotANumberIsNoAgreement() {
    Map<String, float[]> expected = Map.of("a", new float[] {1, 2});
    Map<String, float[]> found = Map.of("a", new float[] {Float.NaN, 2});

    assertThat(OutputCheck.difference(expected, found)).isNaN();
  }

  @Test
  void rejectsOtherTensors() {
    assertThatThrownBy(
            () -> OutputCheck.difference(Map.of("a", new float[1]), Map.of("b", new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensors [b] must be [a]");
  }

  @Test
  void rejectsOtherSizes() {
    assertThatThrownBy(
            () -> OutputCheck.difference(Map.of("a", new float[1]), Map.of("a", new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensor 'a' (2 values) must have 1");
  }
}
