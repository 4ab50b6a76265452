package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.Counter;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says against the operations of twins that count them: equal, one for one. */
class CountedOperationsTest {

  private final Counter counter = new Counter();

  @ParameterizedTest
  @CsvSource({
    "false, 5, 1, 2, 7, 1",
    "false, 18, 2, 4, 9, 40",
    "true, 5, 1, 2, 7, 1",
    "true, 6, 3, 4, 9, 32",
    "true, 18, 2, 4, 9, 70"
  })
  void ofMamba(boolean chunked, int width, int layers, int state, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, state, vocabulary);
    Tensors weights = MambaWeights.random(shape, 3);
    MambaSizes sizes = MambaSizes.of(shape, true);
    check(
        new Mamba(weights, sizes, chunked),
        new CountedMamba(weights, sizes, chunked, counter),
        MambaCost.of(shape, chunked)::of,
        length);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1, 1, 2, 4, 1",
    "2, 4, 2, 1, 2, 4, 9",
    "4, 3, 2, 2, 4, 8, 24",
    "6, 2, 1, 3, 6, 64, 70"
  })
  void ofMamba2(int heads, int width, int layers, int groups, int state, int chunk, int length) {
    ModelShape shape = new ModelShape(12, layers, 1, state, 9);
    Mamba2Sizes sizes =
        new Mamba2Sizes(
            shape,
            heads,
            width,
            groups,
            3,
            chunk,
            0,
            Float.POSITIVE_INFINITY,
            true,
            false,
            true,
            1e-5f);
    Tensors weights = Mamba2Weights.random(sizes, 3);
    check(
        new Mamba2(weights, sizes),
        new CountedMamba2(weights, sizes, counter),
        new Mamba2Cost(sizes)::of,
        length);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 5, 1, 2, 7, 2",
    "false, 18, 2, 4, 9, 40",
    "false, 6, 3, 4, 9, 16",
    "false, 10, 1, 2, 4, 3",
    "true, 5, 1, 2, 7, 2",
    "true, 18, 2, 4, 9, 40",
    "true, 6, 3, 4, 9, 16",
    "true, 10, 1, 2, 4, 33"
  })
  void ofTrainingMamba(
      boolean chunked, int width, int layers, int state, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, state, vocabulary);
    Tensors weights = MambaWeights.random(shape, 3);
    MambaSizes sizes = MambaSizes.of(shape, true);
    checkTraining(
        new MambaTraining(new Parameters(weights), sizes, chunked),
        new CountedMambaTraining(weights, sizes, chunked, counter),
        MambaCost.of(shape, chunked).of(Phase.TRAIN),
        shape,
        length);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 3, 1, 1, 2, 4, 2, Infinity",
    "2, 4, 2, 1, 2, 4, 9, Infinity",
    "4, 3, 2, 2, 4, 8, 24, Infinity",
    "6, 2, 1, 3, 6, 64, 70, Infinity",
    "4, 3, 2, 2, 4, 8, 21, 0.05"
  })
  void ofTrainingMamba2(
      int heads,
      int width,
      int layers,
      int groups,
      int state,
      int chunk,
      int length,
      float longest) {
    ModelShape shape = new ModelShape(12, layers, 1, state, 9);
    Mamba2Sizes sizes =
        new Mamba2Sizes(
            shape, heads, width, groups, 3, chunk, 0, longest, true, false, true, 1e-5f);
    Tensors weights = Mamba2Weights.random(sizes, 3);
    checkTraining(
        new Mamba2Training(new Parameters(weights), sizes),
        new CountedMamba2Training(weights, sizes, counter),
        new Mamba2Cost(sizes).of(Phase.TRAIN),
        shape,
        length);
  }

  private void checkTraining(
      Training training, CountedSelectiveTraining twin, Cost cost, ModelShape shape, int length) {
    int[] tokens = Tokens.random(length, shape.vocabulary(), 3);
    double loss = twin.step(tokens);
    assertThat((double) training.step(new int[][] {tokens})).isCloseTo(loss, within(1e-5 * loss));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(twin.gradients().keySet());
    twin.gradients().forEach((name, value) -> Golden.assertClose(training.gradient(name), value));
    assertCounted(cost, length);
    double parameters = training.names().stream().mapToInt(n -> training.parameter(n).length).sum();
    double kept = training.keptBytes();
    assertThat(cost.stateBytes().at(length)).isEqualTo(kept);
    assertThat(cost.bytes().at(length)).isEqualTo(4 * 3 * parameters + 2 * kept);
  }

  private void check(
      SequenceModel model, CountedBlocks twin, Function<Phase, Cost> cost, int length) {
    int[] tokens = Tokens.random(length + 1, model.shape().vocabulary(), 3);
    int[] prompt = Arrays.copyOf(tokens, length);
    Session session = model.open(length + 1);

    float[] prefilled = CountedBlocks.floats(twin.prefill(prompt));
    assertCounted(cost.apply(Phase.PREFILL), length);
    Golden.assertClose(session.prefill(prompt), prefilled);

    counter.reset();
    float[] stepped = CountedBlocks.floats(twin.step(tokens[length]));
    assertCounted(cost.apply(Phase.DECODE), length);
    Golden.assertClose(session.step(tokens[length]), stepped);

    counter.reset();
    int[] generated = twin.generate(tokens[0], length);
    assertCounted(cost.apply(Phase.GENERATE), length);
    int[] output = new int[length];
    session.generate(new int[] {tokens[0]}, output);
    assertThat(output).isEqualTo(generated);
  }

  private void assertCounted(Cost cost, int length) {
    assertThat(cost.flops().at(length)).isEqualTo((double) counter.operations());
  }
}
