package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.Counter;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What theory says against the operations of a twin that counts them. */
class S4CostTest {

  private static final long SEED = 5;

  private final Counter counter = new Counter();

  @ParameterizedTest
  @CsvSource({
    "false, 5, 1, 2, 7, 1",
    "false, 6, 3, 4, 4, 9",
    "false, 17, 2, 6, 11, 32",
    "true, 5, 1, 2, 7, 1",
    "true, 6, 3, 4, 4, 9",
    "true, 17, 2, 6, 11, 32",
    "true, 3, 1, 4, 5, 2"
  })
  void everyOperationIsCounted(
      boolean lowRank, int width, int layers, int states, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, states, vocabulary);
    int[] tokens = Tokens.random(length + 1, vocabulary, 3);
    int[] prompt = Arrays.copyOf(tokens, length);
    Session session = S4.create(shape, SEED, lowRank).open(length + 1);

    CountedS4 twin = twin(shape, lowRank);
    float[] prefilled = floats(twin.prefill(prompt));
    assertCounted(shape, Phase.PREFILL, lowRank, length);
    Golden.assertClose(session.prefill(prompt), prefilled);

    counter.reset();
    float[] stepped = floats(twin.step(tokens[length]));
    assertCounted(shape, Phase.DECODE, lowRank, length);
    Golden.assertClose(session.step(tokens[length]), stepped);

    counter.reset();
    int[] generated = new int[length];
    CountedS4 generator = twin(shape, lowRank);
    float[] logits = floats(generator.prefill(new int[] {tokens[0]}));
    for (int i = 0; i < length; i++) {
      generated[i] = Tokens.largest(logits);
      if (i + 1 < length) {
        logits = floats(generator.step(generated[i]));
      }
    }
    assertCounted(shape, Phase.GENERATE, lowRank, length);
    int[] output = new int[length];
    session.generate(new int[] {tokens[0]}, output);
    assertThat(output).isEqualTo(generated);
  }

  @ParameterizedTest
  @CsvSource({
    "false, 5, 1, 2, 7, 2",
    "false, 6, 3, 4, 4, 9",
    "false, 17, 2, 6, 11, 32",
    "true, 5, 1, 2, 7, 2",
    "true, 6, 3, 4, 4, 9",
    "true, 17, 2, 6, 11, 32",
    "true, 3, 1, 4, 5, 3"
  })
  void everyOperationOfTrainingIsCounted(
      boolean lowRank, int width, int layers, int states, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, states, vocabulary);
    int[] tokens = Tokens.random(length, vocabulary, 3);
    CountedS4Training twin =
        new CountedS4Training(S4.random(shape, SEED, lowRank), shape, lowRank, counter);
    double loss = twin.step(tokens);
    assertCounted(shape, Phase.TRAIN, lowRank, length);

    Training training = S4.training(shape, SEED, length, lowRank);
    assertThat((double) training.step(new int[][] {tokens})).isCloseTo(loss, within(1e-5 * loss));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(twin.gradients().keySet());
    twin.gradients().forEach((name, value) -> Golden.assertClose(training.gradient(name), value));
  }

  private CountedS4 twin(ModelShape shape, boolean lowRank) {
    return new CountedS4(S4.random(shape, SEED, lowRank), shape, lowRank, counter);
  }

  private void assertCounted(ModelShape shape, Phase phase, boolean lowRank, int length) {
    assertThat(S4Cost.of(shape, phase, lowRank).flops().at(length))
        .as("%s", phase)
        .isEqualTo((double) counter.operations());
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingIsParallelAndAPrefillOnlyWithoutALowRankTerm(boolean lowRank) {
    ModelShape shape = new ModelShape(8, 3, 1, 4, 11);
    Cost train = S4Cost.of(shape, Phase.TRAIN, lowRank);
    assertThat(train.flops().order()).isEqualTo(Order.LINEARITHMIC);
    assertThat(train.span().order()).isEqualTo(Order.LOGARITHMIC);
    assertThat(train.span().at(1000)).isEqualTo(2 * 3 * 21 + (lowRank ? 30 : 10));
    assertThat(train.stateBytes().order()).isEqualTo(Order.LINEAR);
    Cost prefill = S4Cost.of(shape, Phase.PREFILL, lowRank);
    assertThat(prefill.span().order()).isEqualTo(lowRank ? Order.LINEAR : Order.LOGARITHMIC);
    assertThat(prefill.span().at(1000)).isEqualTo(lowRank ? 10 + 2 * 21 + 1000 : 3 * 21);
  }

  /** Where products of matrices are nearly all, training takes three times a forward pass. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingOfWideModelsCostsThreeForwardPasses(boolean lowRank) {
    ModelShape shape = new ModelShape(1 << 17, 2, 1, 4, 2);
    double train = S4Cost.of(shape, Phase.TRAIN, lowRank).flops().at(64);
    double prefill = S4Cost.of(shape, Phase.PREFILL, lowRank).flops().at(64);
    assertThat(train / prefill).isCloseTo(3, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trainingMovesParametersThriceAndWhatIsKeptTwice(boolean lowRank) {
    ModelShape shape = new ModelShape(32, 2, 1, 16, 61);
    Training training = S4.training(shape, SEED, 20, lowRank);
    double floats = 32 * 20 + 32 * 61;
    for (String name : training.names()) {
      if (!name.equals("embedding.weight")) {
        floats += 3 * training.parameter(name).length;
      }
    }
    Cost cost = S4Cost.of(shape, Phase.TRAIN, lowRank);
    assertThat(cost.bytes().at(20)).isEqualTo(4 * floats + 2 * cost.stateBytes().at(20));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weightsMoveOnce(boolean lowRank) {
    ModelShape shape = new ModelShape(32, 2, 1, 16, 61);
    Tensors weights = S4.random(shape, 1, lowRank);
    // An embedding row, logits, the residual stream, the state, and the recurrence's constants.
    double floats = 32 + 61 + 2 * 2 * 32 + 2 * 32 * 16 + 2 * (lowRank ? 5 : 2) * 32 * 16;
    for (String name : weights.names()) {
      if (!name.contains(S4Block.KERNEL) && !name.equals("embedding.weight")) {
        floats += weights.get(name, weights.shape(name)).length;
      }
    }
    assertThat(S4Cost.of(shape, Phase.PREFILL, lowRank).bytes().at(1)).isEqualTo(4 * floats);
  }
}
