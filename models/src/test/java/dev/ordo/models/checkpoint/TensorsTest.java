package dev.ordo.models.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorsTest {

  private final Tensors tensors =
      Tensors.builder("seed 42")
          .put("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
          .put("scalar", new float[] {7})
          .putLongs("ids", new long[] {8, 9}, 2)
          .build();

  @Test
  void holdsWhatWasPut() {
    assertThat(tensors.source()).isEqualTo("seed 42");
    assertThat(tensors.names()).containsExactly("w", "scalar", "ids");
    assertThat(tensors.has("w")).isTrue();
    assertThat(tensors.has("W")).isFalse();
    assertThat(tensors.shape("w")).containsExactly(2, 3);
    assertThat(tensors.get("w", 2, 3)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensors.get("scalar")).containsExactly(7);
    assertThat(tensors.getLongs("ids", 2)).containsExactly(8, 9);
  }

  @Test
  void givesCopies() {
    tensors.get("w", 2, 3)[0] = 99;
    tensors.getLongs("ids", 2)[0] = 99;
    tensors.shape("w")[0] = 99;
    assertThat(tensors.get("w", 2, 3)[0]).isEqualTo(1);
    assertThat(tensors.getLongs("ids", 2)[0]).isEqualTo(8);
    assertThatThrownBy(() -> tensors.names().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void saysWhatWasExpectedAndWhatWasFound() {
    assertThatThrownBy(() -> tensors.get("w", 3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seed 42: tensor 'w': expected shape [3, 2], found [2, 3]");
    assertThatThrownBy(() -> tensors.get("v", 1))
        .hasMessage("seed 42: tensor 'v': expected a tensor of that name, found none");
    assertThatThrownBy(() -> tensors.shape("v")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tensors.get("ids", 2))
        .hasMessage("seed 42: tensor 'ids': expected floating-point values, found whole numbers");
    assertThatThrownBy(() -> tensors.getLongs("w", 2, 3))
        .hasMessage("seed 42: tensor 'w': expected whole numbers, found floating-point values");
  }

  @Test
  void rejectsValuesThatDoNotFillTheShape() {
    Tensors.Builder builder = Tensors.builder("test");
    assertThatThrownBy(() -> builder.put("w", new float[5], 2, 3))
        .hasMessage("tensor 'w': values (5) must be as many as the elements of [2, 3]");
    assertThatThrownBy(() -> builder.put("w", new float[0], 1 << 30, 1 << 30, 1 << 30))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.put("w", new float[6], -2, -3))
        .hasMessage("tensor 'w': size (-2) must not be negative");
    builder.put("w", new float[6], 6);
    assertThatThrownBy(() -> builder.putLongs("w", new long[1], 1))
        .hasMessage("tensor 'w' must be put only once");
  }
}
