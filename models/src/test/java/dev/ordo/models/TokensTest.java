package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void randomTokensAreReproducibleAndWithinTheVocabulary() {
    int[] tokens = Tokens.random(5000, 7, 1);
    assertThat(tokens).isEqualTo(Tokens.random(5000, 7, 1)).isNotEqualTo(Tokens.random(5000, 7, 2));
    assertThat(Arrays.copyOf(tokens, 10)).isEqualTo(Tokens.random(10, 7, 1));
    assertThat(Arrays.stream(tokens).distinct().sorted()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(Tokens.random(0, 7, 1)).isEmpty();
  }

  @Test
  void rejectsRandomTokensOfNoVocabularyOrNegativeLength() {
    assertThatThrownBy(() -> Tokens.random(-1, 7, 1))
        .hasMessage("length (-1) must not be negative");
    assertThatThrownBy(() -> Tokens.random(1, 0, 1)).hasMessage("vocabulary (0) must be positive");
  }

  @Test
  void theFirstOfTheLargestIsChosen() {
    assertThat(Tokens.largest(new float[] {-3, -1, -1, -2})).isEqualTo(1);
    assertThat(Tokens.largest(new float[] {Float.NEGATIVE_INFINITY})).isZero();
  }

  @Test
  void nanIsRejectedByName() {
    assertThatThrownBy(() -> Tokens.largest(new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("logit 1 is NaN");
  }

  @Test
  void checksLengthAndEveryId() {
    assertThatCode(() -> Tokens.check(new int[] {0, 6}, 7, 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Tokens.check(new int[0], 7, 2))
        .hasMessage("length (0) must be in 1..2");
    assertThatThrownBy(() -> Tokens.check(new int[3], 7, 2))
        .hasMessage("length (3) must be in 1..2");
    assertThatThrownBy(() -> Tokens.check(new int[] {0, 7}, 7, 2))
        .hasMessage("token (7) must be in 0..6");
    assertThatThrownBy(() -> Tokens.check(-1, 7)).hasMessage("token (-1) must be in 0..6");
  }
}
