package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapeTest {

  @Test
  void keepsItsSizes() {
    ModelShape shape = new ModelShape(12, 2, 3, 4, 5);
    assertThat(shape.width()).isEqualTo(12);
    assertThat(shape.layers()).isEqualTo(2);
    assertThat(shape.heads()).isEqualTo(3);
    assertThat(shape.state()).isEqualTo(4);
    assertThat(shape.vocabulary()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | 1 | 1 | 2  | 1        | width (0) must be in 1..1048576",
        "4  | 0 | 1 | 2  | 1        | layers (0) must be in 1..1048576",
        "4  | 1 | 0 | 2  | 1        | heads (0) must be in 1..1048576",
        "4  | 1 | 1 | -2 | 1        | state (-2) must be in 1..1048576",
        "4  | 1 | 1 | 2  | 1048577  | vocabulary (1048577) must be in 1..1048576",
        "64 | 1 | 5 | 2  | 1        | heads (5) must divide width (64)",
        "4  | 1 | 1 | 3  | 1        | state (3) must be even"
      })
  void rejectsSizesThatBreakARule(
      int width, int layers, int heads, int state, int vocabulary, String message) {
    assertThatThrownBy(() -> new ModelShape(width, layers, heads, state, vocabulary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void readsNamedShapesAndWhatDiffersFromThem() {
    assertThat(ModelShape.of("gpt2")).isEqualTo(new ModelShape(768, 12, 12, 16, 50_257));
    assertThat(ModelShape.of(" mamba-130m ,layers=2, vocab=100"))
        .isEqualTo(new ModelShape(768, 2, 12, 16, 100));
    assertThat(ModelShape.of("tiny")).isEqualTo(ModelShape.DEFAULT);
    assertThatThrownBy(() -> ModelShape.of("d=128,gpt2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'gpt2' must be name=number", "tiny, small, gpt2, mamba-130m");
  }
}
