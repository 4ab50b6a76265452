package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameParametersTest {

  private static final Models MODELS = Models.load(SameParametersTest.class.getClassLoader());

  @ParameterizedTest
  @ValueSource(longs = {60_000, 200_000, 1_000_000, 12_345_678})
  void everyBuiltInModelHasAWidthForAnyNumber(long target) {
    Map<String, ModelShape> shapes =
        SameParameters.shapes(MODELS, MODELS.ids(), ModelShape.DEFAULT, OptionalLong.of(target));
    assertThat(shapes.keySet()).containsExactlyElementsOf(MODELS.ids());
    shapes.forEach(
        (id, shape) -> {
          long count = MODELS.get(id).parameters(shape).orElseThrow();
          assertThat((double) count / target).as(id).isBetween(0.98, 1.02);
          assertThat(shape.layers()).isEqualTo(ModelShape.DEFAULT.layers());
          assertThat(shape.vocabulary()).isEqualTo(ModelShape.DEFAULT.vocabulary());
        });
  }

  @Test
  void theFirstModelKeepsItsShapeWhereNoNumberIsGiven() {
    List<String> ids = List.of("transformer", "rnn", "mamba");
    Map<String, ModelShape> shapes =
        SameParameters.shapes(MODELS, ids, ModelShape.DEFAULT, OptionalLong.empty());
    assertThat(shapes.get("transformer")).isEqualTo(ModelShape.DEFAULT);
    assertThat(shapes.get("rnn").width()).isGreaterThan(64);
  }

  @Test
  void refusesANumberThatNoWidthHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SameParameters.shapes(
                    MODELS, List.of("rnn"), ModelShape.DEFAULT, OptionalLong.of(700)))
        .withMessageContaining("model 'rnn' must have 700 parameters within 2 % at some width");
  }
}
