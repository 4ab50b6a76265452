package dev.ordo.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Cost;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.RecurrentContract;
import org.junit.jupiter.api.Test;

class GruTest extends RecurrentContract {

  private final Golden golden = Golden.load("gru");
  private final ModelShape shape = new ModelShape(32, 2, 1, 2, 61);

  GruTest() {
    super(new GruProvider());
  }

  @Test
  void equalsTheReference() {
    assertEqualsReference(golden, new Gru(golden.model(), shape));
  }

  @Test
  void finalStatesEqualTheReference() {
    Gru model = new Gru(golden.model(), shape);
    assertStateEqualsReference(golden, model, "final_hidden");
    assertThat(model.open(1).state("final_gates")).isEmpty();
  }

  @Test
  void costsWhatItsSizesSay() {
    Cost prefill = Gru.cost(shape, Phase.PREFILL);
    double position = 2 * (12 * 32 * 32 + 14 * 32);
    assertThat(prefill.flops().at(10)).isEqualTo(10 * position + 2 * 32 * 61);
    assertThat(prefill.flops().order()).isEqualTo(Order.LINEAR);
    assertThat(prefill.span().at(10)).isEqualTo(11);
    assertThat(prefill.stateBytes().at(10)).isEqualTo(4 * 2 * 32);
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    ModelShape wider = new ModelShape(33, 2, 1, 2, 61);
    assertThatThrownBy(() -> new Gru(golden.model(), wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("embedding.weight");
    assertThatThrownBy(() -> new Gru(Golden.load("rnn").model(), shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rnn.bias_ih_l0");
  }
}
