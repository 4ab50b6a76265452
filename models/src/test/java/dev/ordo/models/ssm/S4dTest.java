package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.RecurrentContract;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.Operations;
import org.junit.jupiter.api.Test;

/** The reference has no model, only a block: see {@link S4dBlockTest}. */
class S4dTest extends RecurrentContract {

  S4dTest() {
    super(new S4dProvider());
  }

  @Test
  void countsItsOperations() {
    SequenceModel s4d = new S4dProvider().create(new ModelShape(32, 2, 1, 16, 61), 1);
    Cost prefill = S4Cost.of(s4d.shape(), Phase.PREFILL, false);
    // Part by part: norm, GELU, linear map, gate, residual.
    double position = 7 * 32 + 5 + 5 * 32 + 4 * 32 * 32 + 3 * 32 + 32;
    double last = 7 * 32 + 5 + 2 * 32 * 61;
    double kernelAndState = 32 * 8 * (7 + 7);
    assertThat(prefill.flops().at(24))
        .isEqualTo(
            2 * (24 * (position + kernelAndState) + 32 * (Operations.longConvolution(24) + 1))
                + last);
    assertThat(prefill.flops().order()).isEqualTo(Order.LINEARITHMIC);
    assertThat(prefill.span().at(24)).isEqualTo(2 * (2 * 5 + 1));
    assertThat(prefill.span().at(1)).isEqualTo(2);
    assertThat(prefill.span().order()).isEqualTo(Order.LOGARITHMIC);
    assertThat(S4Cost.of(s4d.shape(), Phase.DECODE, false).flops().at(24))
        .isEqualTo(2 * (position + 32 * (8 * 11 + 2)) + last);
    assertThat(prefill.stateBytes().at(24)).isEqualTo(4 * 2 * 32 * 16);
  }

  @Test
  void bytesHoldEveryWeightOnceWithACountedOncePerState() {
    ModelShape shape = new ModelShape(32, 2, 1, 16, 61);
    Tensors weights = S4.random(shape, 1, false);
    double floats = 61 + 32 + 2 * 2 * 32 + 2 * 32 * 16;
    for (String name : weights.names()) {
      // A, B, Δ are kept as Ā, and B also in C; only the row of one token is read of embeddings.
      boolean kept =
          !name.endsWith(".B") && !name.endsWith(".inv_dt") && !name.equals("embedding.weight");
      int elements = kept ? 1 : 0;
      for (int size : weights.shape(name)) {
        elements *= size;
      }
      floats += elements;
    }
    assertThat(S4Cost.of(shape, Phase.PREFILL, false).bytes().at(1)).isEqualTo(4 * floats);
  }

  @Test
  void randomWeightsStartAsThePaperSays() {
    Tensors weights = S4.random(ModelShape.DEFAULT, 3, false);
    String kernel = "layers.1.block.layer.kernel.";
    assertThat(weights.get(kernel + "A_imag", 64, 8))
        .startsWith(1e-4f, (float) Math.PI, (float) (2 * Math.PI));
    assertThat(weights.get(kernel + "B", 1, 64, 8, 2)).startsWith(1, 0, 1, 0);
    for (float value : weights.get(kernel + "inv_dt", 64, 1)) {
      assertThat(Math.exp(value)).isBetween(0.000999, 0.10001);
    }
  }

  @Test
  void rejectsLengthsThatNoArrayCanHold() {
    SequenceModel s4d = new S4dProvider().create(ModelShape.DEFAULT, 1);
    assertThatThrownBy(() -> s4d.open(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity (2147483647) must be at most 16777216");
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    Tensors weights = S4.random(ModelShape.DEFAULT, 3, false);
    assertThatThrownBy(
            () ->
                new S4(
                    weights,
                    new ModelShape(64, 2, 4, 18, 256),
                    SpaceOptions.standard(64, 18, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers.0.block.layer.kernel.A_real");
  }
}
