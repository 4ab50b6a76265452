package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AttentionHeadsTest {

  @Test
  void refusesNoHeads() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionHeads(AttentionPart.CROSS, 2, 0))
        .withMessage("layers (2) and heads (0) must be positive");
  }

  @Test
  void refusesAHeadThatThereIsNot() {
    AttentionHeads heads = new AttentionHeads(AttentionPart.ENCODER, 2, 3);
    assertThatCode(() -> heads.check(1, 2)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> heads.check(2, 0))
        .withMessage("layer (2) must be in 0..1, head (0) in 0..2");
    assertThatIllegalArgumentException().isThrownBy(() -> heads.check(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> heads.check(-1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> heads.check(0, -1));
  }

  @Test
  void refusesWeightsOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttentionWeights(new int[2], new int[3], new float[5]))
        .withMessage("weights (5) must be rows (2) × columns (3)");
  }
}
