package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GoldenTest {

  @Test
  void readsConfigurationWeightsAndExpectations() {
    Golden golden = Golden.load("gpt2");
    assertThat(golden.integer("n_embd")).isEqualTo(32);
    assertThat(golden.value("model_type")).isEqualTo("gpt2");
    assertThat(golden.number("layer_norm_epsilon")).isEqualTo(1e-5);
    assertThat(golden.model().shape("transformer.wte.weight")).containsExactly(61, 32);
    assertThat(golden.tokens("input_ids", 1)).hasSize(24);
    assertThat(golden.row("logits", 1)).hasSize(24 * 61);
  }

  @Test
  void closenessIsRelativeToTheLargestExpectedValue() {
    Golden.assertClose(new float[] {100.009f, 0.009f}, new float[] {100, 0});
    assertThatThrownBy(() -> Golden.assertClose(new float[] {100, 0.02f}, new float[] {100, 0}))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Golden.assertClose(new float[] {Float.NaN}, new float[] {1}))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void crossEntropyOfEqualLogitsIsLogOfTheVocabulary() {
    assertThat(Golden.crossEntropy(new float[3 * 5], new int[] {0, 4, 2}))
        .isCloseTo(Math.log(5), org.assertj.core.data.Offset.offset(1e-12));
  }
}
