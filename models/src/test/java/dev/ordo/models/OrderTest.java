package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {

  @Test
  void valuesFollowTheirSymbols() {
    assertThat(Order.CONSTANT.at(8)).isEqualTo(1);
    assertThat(Order.LOGARITHMIC.at(8)).isEqualTo(3);
    assertThat(Order.LINEAR.at(8)).isEqualTo(8);
    assertThat(Order.LINEARITHMIC.at(8)).isEqualTo(24);
    assertThat(Order.QUADRATIC.at(8)).isEqualTo(64);
    assertThat(Order.QUADRATIC_LOGARITHMIC.at(8)).isEqualTo(192);
    assertThat(Order.CUBIC.at(8)).isEqualTo(512);
    assertThat(Order.LINEARITHMIC.symbol()).isEqualTo("L log L");
  }

  @Test
  void eachGrowsFasterThanTheOneBefore() {
    double before = 0;
    for (Order order : Order.values()) {
      assertThat(order.at(1e6)).isGreaterThan(before);
      before = order.at(1e6);
    }
  }
}
