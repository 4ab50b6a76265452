package dev.ordo.models.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class Gpt2CostTest {

  private static final ModelShape SHAPE = new ModelShape(64, 2, 4, 16, 256);
  private static final Gpt2Cost COST = new Gpt2Cost(SHAPE, 256);
  private static final List<Function<Cost, Cost.Quantity>> WORK =
      List.of(Cost::flops, Cost::bytes, Cost::span);

  @Test
  void countsTheOperationsOfOnePosition() {
    double affine = 2.0 * (64 * 192 + 64 * 64 + 2 * 64 * 256);
    double norms = 2 * 7 * 64;
    double gelu = 7 * 256;
    double residual = 2 * 64;
    double attention = 2 * 64 + 4 * 4 + 2 * 64 + 4 + 64;
    double ends = 64 + 7 * 64 + 2 * 64 * 256;
    assertThat(COST.of(Phase.PREFILL, Variant.CACHED).flops().at(1))
        .isEqualTo(2 * (affine + norms + gelu + residual + attention) + ends);
  }

  @Test
  void countsTheBytesOfOnePosition() {
    double weights = 192 * 65 + 64 * 65 + 256 * 65 + 64 * 257 + 4 * 64;
    double keyValues = 4 * 64;
    double residual = 2 * 64;
    double ends = 2 * 64 + 2 * 64 + 256 * 64 + 256;
    assertThat(COST.of(Phase.PREFILL, Variant.CACHED).bytes().at(1))
        .isEqualTo(4 * (2 * (weights + keyValues + residual) + ends));
  }

  static List<Variant> variants() {
    return List.of(
        Variant.RECOMPUTED, Variant.CACHED, Variant.RECOMPUTED_FULL, Variant.CACHED_FULL);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void generatingIsAPrefillOfOneTokenAndThenSteps(Variant variant) {
    for (int length = 1; length <= 40; length++) {
      for (Function<Cost, Cost.Quantity> part : WORK) {
        double sum = part.apply(COST.of(Phase.PREFILL, variant)).at(1);
        for (int context = 1; context < length; context++) {
          sum += part.apply(COST.of(Phase.DECODE, variant)).at(context);
        }
        assertThat(part.apply(COST.of(Phase.GENERATE, variant)).at(length))
            .isCloseTo(sum, within(1e-9 * sum));
      }
    }
  }

  @Test
  void aCacheSavesAllButTheHeadOfAPrefill() {
    double head = 7 * 64 + 2 * 64 * 256;
    double steps = COST.of(Phase.PREFILL, Variant.CACHED).flops().at(1);
    for (int context = 1; context < 100; context++) {
      steps += COST.of(Phase.DECODE, Variant.CACHED).flops().at(context) - head;
    }
    assertThat(COST.of(Phase.PREFILL, Variant.RECOMPUTED).flops().at(100)).isEqualTo(steps);
  }

  @Test
  void ordersAreThoseOfTheory() {
    assertThat(COST.of(Phase.DECODE, Variant.CACHED).flops().order()).isEqualTo(Order.LINEAR);
    assertThat(COST.of(Phase.DECODE, Variant.RECOMPUTED).flops().order())
        .isEqualTo(Order.QUADRATIC);
    assertThat(COST.of(Phase.GENERATE, Variant.CACHED).flops().order()).isEqualTo(Order.QUADRATIC);
    assertThat(COST.of(Phase.GENERATE, Variant.RECOMPUTED).flops().order()).isEqualTo(Order.CUBIC);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void everyQuantityGrowsAsItsOrderSays(Phase phase) {
    for (Variant variant : variants()) {
      Cost cost = COST.of(phase, variant);
      for (Cost.Quantity quantity :
          new Cost.Quantity[] {cost.flops(), cost.bytes(), cost.span(), cost.stateBytes()}) {
        long n = 1L << 30;
        double growth = quantity.at(2 * n) / quantity.at(n);
        double expected = quantity.order().at(0x1p31) / quantity.order().at(0x1p30);
        assertThat(growth).isCloseTo(expected, within(0.01 * expected));
      }
    }
  }
}
