package dev.ordo.models.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderCostTest {

  private static final int LONGEST = 9;

  private static final List<ModelShape> SHAPES =
      List.of(
          new ModelShape(8, 2, 2, 2, 11),
          new ModelShape(6, 1, 1, 2, 3),
          new ModelShape(12, 3, 6, 2, 5),
          new ModelShape(18, 1, 3, 2, 7));

  static Stream<Arguments> cases() {
    return Stream.of(
            Variant.RECOMPUTED, Variant.CACHED, Variant.RECOMPUTED_FULL, Variant.CACHED_FULL)
        .flatMap(variant -> SHAPES.stream().map(shape -> Arguments.of(variant, shape)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gpt2TakesTheOperationsThatItsTwinCounts(Variant variant, ModelShape shape) {
    float[] positions = Positions.random(shape.width(), 5).first(LONGEST + 1);
    Tensors weights = Gpt2Weights.random(shape, 5, positions);
    check(
        shape,
        Gpt2.random(shape, 5, variant),
        capacity -> new CountedGpt2(weights, shape, variant, capacity),
        phase -> Gpt2Cost.of(shape, phase, variant));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void llamaTakesTheOperationsThatItsTwinCounts(Variant variant, ModelShape shape) {
    LlamaSizes sizes = LlamaSizes.of(shape);
    Tensors weights = LlamaWeights.random(sizes, 5);
    check(
        shape,
        Llama.random(shape, 5, variant),
        capacity -> new CountedLlama(weights, sizes, variant, capacity),
        phase -> LlamaCost.of(shape, phase, variant));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainingGpt2TakesTheOperationsThatItsTwinCounts(Variant variant, ModelShape shape) {
    for (int length = 2; length <= LONGEST; length++) {
      float[] positions = Positions.random(shape.width(), 5).first(length);
      Tensors weights = Gpt2Weights.random(shape, 5, positions);
      int[] tokens = Tokens.random(length, shape.vocabulary(), length);
      CountedGpt2Training twin = new CountedGpt2Training(weights, shape, variant);
      double loss = twin.step(tokens);
      assertThat((double) twin.count.operations())
          .isEqualTo(Gpt2Cost.of(shape, Phase.TRAIN, variant).flops().at(length));
      check(Gpt2.training(shape, 5, length, variant), tokens, loss, twin);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainingLlamaTakesTheOperationsThatItsTwinCounts(Variant variant, ModelShape shape) {
    LlamaSizes sizes = LlamaSizes.of(shape);
    Tensors weights = LlamaWeights.random(sizes, 5);
    for (int length = 2; length <= LONGEST; length++) {
      int[] tokens = Tokens.random(length, shape.vocabulary(), length);
      CountedLlamaTraining twin = new CountedLlamaTraining(weights, sizes, variant);
      double loss = twin.step(tokens);
      assertThat((double) twin.count.operations())
          .isEqualTo(LlamaCost.of(shape, Phase.TRAIN, variant).flops().at(length));
      check(new LlamaTraining(weights, sizes, variant), tokens, loss, twin);
    }
  }

  private static void check(Training training, int[] tokens, double loss, CountedTraining twin) {
    assertThat((double) training.step(new int[][] {tokens})).isCloseTo(loss, within(1e-5));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(twin.gradients.keySet());
    twin.gradients.forEach(
        (name, expected) -> {
          float[] actual = training.gradient(name);
          // Where tokens are alike, gradients cancel to nothing but rounding.
          double largest = 1e-5;
          for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
          }
          assertThat(actual).hasSameSizeAs(expected);
          for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as(name).isCloseTo(expected[i], within(1e-4 * largest));
          }
        });
  }

  private static void check(
      ModelShape shape,
      SequenceModel model,
      IntFunction<CountedDecoder> twin,
      Function<Phase, Cost> cost) {
    for (int length = 1; length <= LONGEST; length++) {
      int[] prompt = Tokens.random(length, shape.vocabulary(), length);
      CountedDecoder counted = twin.apply(length + 1);
      double[] logits = counted.take(prompt);
      assertThat((double) counted.counter.operations())
          .isEqualTo(cost.apply(Phase.PREFILL).flops().at(length));
      Golden.assertClose(model.open(length).prefill(prompt), floats(logits));
      counted.counter.reset();
      counted.take(1);
      assertThat((double) counted.counter.operations())
          .isEqualTo(cost.apply(Phase.DECODE).flops().at(length));
      CountedDecoder generating = twin.apply(length);
      for (int token : prompt) {
        generating.take(token);
      }
      assertThat((double) generating.counter.operations())
          .isEqualTo(cost.apply(Phase.GENERATE).flops().at(length));
    }
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
