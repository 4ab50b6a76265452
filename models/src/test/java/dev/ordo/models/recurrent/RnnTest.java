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

class RnnTest extends RecurrentContract {

  private final Golden golden = Golden.load("rnn");
  private final ModelShape shape = new ModelShape(32, 2, 1, 2, 61);

  RnnTest() {
    super(new RnnProvider());
  }

  @Test
  void equalsTheReference() {
    assertEqualsReference(golden, new Rnn(golden.model(), shape));
  }

  @Test
  void finalStatesEqualTheReference() {
    assertStateEqualsReference(golden, new Rnn(golden.model(), shape), "final_hidden");
    assertThat(new Rnn(golden.model(), shape).open(1).state("final_cell")).isEmpty();
  }

  @Test
  void countsItsOperations() {
    Rnn rnn = new Rnn(golden.model(), shape);
    Cost prefill = Rnn.cost(rnn.shape(), Phase.PREFILL);
    double position = 2 * (4 * 32 * 32 + 2 * 32);
    double head = 2 * 32 * 61;
    assertThat(prefill.flops().at(10)).isEqualTo(10 * position + head);
    assertThat(prefill.flops().order()).isEqualTo(Order.LINEAR);
    assertThat(prefill.span().at(10)).isEqualTo(11);
    assertThat(prefill.span().order()).isEqualTo(Order.LINEAR);
    assertThat(Rnn.cost(rnn.shape(), Phase.DECODE).flops().at(10)).isEqualTo(position + head);
    assertThat(prefill.stateBytes().at(10)).isEqualTo(4 * 2 * 32);
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    assertThatThrownBy(() -> new Rnn(golden.model(), ModelShape.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("embedding.weight");
  }
}
