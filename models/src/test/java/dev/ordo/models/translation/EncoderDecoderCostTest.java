package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderDecoderCostTest {

  private static final List<ModelShape> SHAPES =
      List.of(
          new ModelShape(8, 1, 2, 2, 11),
          new ModelShape(6, 2, 3, 2, 5),
          new ModelShape(12, 3, 1, 2, 7));
  private static final int[] LENGTHS = {1, 2, 5, 9};

  @ParameterizedTest
  @EnumSource
  void theOperationsAreThoseOfThePlainLoops(Kind kind) {
    for (ModelShape shape : SHAPES) {
      for (int length : LENGTHS) {
        for (boolean cached : new boolean[] {false, true}) {
          assertThat((double) prefill(kind, shape, length))
              .isEqualTo(flops(kind, shape, Phase.PREFILL, cached, length));
          assertThat((double) decode(kind, shape, length, cached))
              .isEqualTo(flops(kind, shape, Phase.DECODE, cached, length));
          assertThat((double) generate(kind, shape, length, cached))
              .isEqualTo(flops(kind, shape, Phase.GENERATE, cached, length));
        }
      }
    }
  }

  private static double flops(
      Kind kind, ModelShape shape, Phase phase, boolean cached, int length) {
    return EncoderDecoderCost.of(kind.architecture(shape), phase, cached).flops().at(length);
  }

  private static Twin twin(Kind kind, ModelShape shape) {
    return new Twin(kind.architecture(shape), kind.weights(shape, 1));
  }

  private static long prefill(Kind kind, ModelShape shape, int length) {
    Twin twin = twin(kind, shape);
    int[] tokens = Tokens.random(length, shape.vocabulary(), 3);
    twin.read(tokens);
    double[] logits = twin.logits(twin.step(0));
    float[] actual = kind.model(shape, 1, true).open(length).prefill(tokens);
    Golden.assertClose(actual, floats(logits));
    return twin.counter.operations();
  }

  private static long decode(Kind kind, ModelShape shape, int length, boolean cached) {
    Twin twin = twin(kind, shape);
    int[] tokens = Tokens.random(length + 1, shape.vocabulary(), 3);
    int[] context = Arrays.copyOf(tokens, length);
    twin.read(context);
    twin.step(0);
    for (int token : context) {
      twin.step(token);
    }
    if (!cached) {
      twin.forgetTarget();
    }
    twin.counter.reset();
    if (!cached) {
      twin.step(0);
      for (int token : context) {
        twin.step(token);
      }
    }
    double[] logits = twin.logits(twin.step(tokens[length]));
    EncoderDecoderSession session = kind.model(shape, 1, cached).open(length + 1);
    session.prime(context);
    Golden.assertClose(session.step(tokens[length]), floats(logits));
    return twin.counter.operations();
  }

  private static long generate(Kind kind, ModelShape shape, int length, boolean cached) {
    Twin twin = twin(kind, shape);
    twin.read(new int[length]);
    for (int made = 1; made <= length; made++) {
      double[] x = null;
      for (int i = cached ? made - 1 : 0; i < made; i++) {
        x = twin.step(0);
      }
      twin.logits(x);
      if (!cached) {
        twin.forgetTarget();
      }
    }
    return twin.counter.operations();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource
  void generatingOneTokenIsAPrefill(Kind kind) {
    for (boolean cached : new boolean[] {false, true}) {
      for (Function<Cost, Cost.Quantity> part :
          List.<Function<Cost, Cost.Quantity>>of(Cost::flops, Cost::bytes)) {
        Architecture architecture = kind.architecture(SHAPES.get(0));
        double one = part.apply(EncoderDecoderCost.of(architecture, Phase.PREFILL, cached)).at(1);
        assertThat(part.apply(EncoderDecoderCost.of(architecture, Phase.GENERATE, cached)).at(1))
            .isEqualTo(one);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStateIsWhatTheoryKeeps(Kind kind) {
    ModelShape shape = SHAPES.get(1);
    for (boolean cached : new boolean[] {false, true}) {
      Architecture architecture = kind.architecture(shape);
      EncoderDecoderSession session = kind.model(shape, 1, cached).open(8);
      int[] tokens = new int[7];
      session.prefill(tokens);
      assertThat((double) session.stateBytes())
          .isEqualTo(EncoderDecoderCost.of(architecture, Phase.PREFILL, cached).stateBytes().at(7));
      session.prime(tokens);
      session.step(0);
      assertThat((double) session.stateBytes())
          .isEqualTo(EncoderDecoderCost.of(architecture, Phase.DECODE, cached).stateBytes().at(7));
      session.generate(tokens, new int[7]);
      assertThat((double) session.stateBytes())
          .isEqualTo(
              EncoderDecoderCost.of(architecture, Phase.GENERATE, cached).stateBytes().at(7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyQuantityGrowsAsItsOrderSays(Kind kind) {
    for (Phase phase : Phase.values()) {
      for (boolean cached : new boolean[] {false, true}) {
        Cost cost = EncoderDecoderCost.of(kind.architecture(SHAPES.get(0)), phase, cached);
        for (Cost.Quantity quantity :
            List.of(cost.flops(), cost.bytes(), cost.span(), cost.stateBytes())) {
          long n = 1L << 30;
          double growth = quantity.at(2 * n) / quantity.at(n);
          double expected = quantity.order().at(0x1p31) / quantity.order().at(0x1p30);
          assertThat(growth).isCloseTo(expected, within(0.01 * expected));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCacheLowersTheOrder(Kind kind) {
    Architecture architecture = kind.architecture(SHAPES.get(0));
    assertThat(EncoderDecoderCost.of(architecture, Phase.DECODE, true).flops().order())
        .isEqualTo(Order.LINEAR);
    assertThat(EncoderDecoderCost.of(architecture, Phase.DECODE, false).flops().order())
        .isEqualTo(Order.QUADRATIC);
    assertThat(EncoderDecoderCost.of(architecture, Phase.GENERATE, true).flops().order())
        .isEqualTo(Order.QUADRATIC);
    assertThat(EncoderDecoderCost.of(architecture, Phase.GENERATE, false).flops().order())
        .isEqualTo(Order.CUBIC);
  }
}
