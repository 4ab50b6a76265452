package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Cost.Quantity;
import org.junit.jupiter.api.Test;

class CostTest {

  private final Quantity quantity = new Quantity(Order.LINEAR, length -> 3.0 * length + 1);

  @Test
  void aQuantityIsItsFunction() {
    assertThat(quantity.at(1)).isEqualTo(4);
    assertThat(quantity.at(1L << 40)).isEqualTo(3.0 * (1L << 40) + 1);
  }

  @Test
  void rejectsLengthsBelowOne() {
    assertThatThrownBy(() -> quantity.at(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length (0) must be positive");
  }

  @Test
  void rejectsMissingParts() {
    assertThatThrownBy(() -> new Cost(quantity, null, quantity, quantity))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("bytes");
    assertThatThrownBy(() -> new Quantity(null, length -> 1)).hasMessage("order");
  }
}
