package dev.ordo.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Cost;
import dev.ordo.models.Counter;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.GruCell;
import dev.ordo.models.kernel.LstmCell;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says against the operations of a twin that counts them. */
class RecurrentCostTest {

  private static final long SEED = 5;

  private final Counter counter = new Counter();

  private static ModelProvider provider(String type) {
    return Models.load(RecurrentCostTest.class.getClassLoader()).get(type);
  }

  private static Tensors weights(String type, ModelShape shape) {
    return switch (type) {
      case "rnn" -> RecurrentStack.random(shape, Rnn.GATES, SEED);
      case "lstm" -> RecurrentStack.random(shape, LstmCell.GATES, SEED);
      default -> RecurrentStack.random(shape, GruCell.GATES, SEED);
    };
  }

  private CountedRecurrent twin(String type, ModelShape shape) {
    return new CountedRecurrent(type, weights(type, shape), shape, counter);
  }

  private static double flops(String type, ModelShape shape, Phase phase, int length) {
    return provider(type).cost(shape, phase).orElseThrow().flops().at(length);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @ParameterizedTest
  @CsvSource({
    "rnn, 5, 1, 7, 1", "rnn, 6, 3, 4, 9", "rnn, 17, 2, 11, 30",
    "lstm, 5, 1, 7, 1", "lstm, 6, 3, 4, 9", "lstm, 17, 2, 11, 30",
    "gru, 5, 1, 7, 1", "gru, 6, 3, 4, 9", "gru, 17, 2, 11, 30"
  })
  void everyOperationIsCounted(String type, int width, int layers, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, 2, vocabulary);
    int[] tokens = Tokens.random(length + 1, vocabulary, 3);
    int[] prompt = Arrays.copyOf(tokens, length);

    Session session = provider(type).create(shape, SEED).open(length + 1);

    CountedRecurrent twin = twin(type, shape);
    float[] prefilled = floats(twin.prefill(prompt));
    assertCounted(flops(type, shape, Phase.PREFILL, length));
    Golden.assertClose(session.prefill(prompt), prefilled);

    counter.reset();
    float[] stepped = floats(twin.step(tokens[length]));
    assertCounted(flops(type, shape, Phase.DECODE, length));
    Golden.assertClose(session.step(tokens[length]), stepped);

    counter.reset();
    int[] generated = twin(type, shape).generate(tokens[0], length);
    assertCounted(flops(type, shape, Phase.GENERATE, length));
    int[] output = new int[length];
    session.generate(new int[] {tokens[0]}, output);
    assertThat(output).isEqualTo(generated);
  }

  @ParameterizedTest
  @CsvSource({
    "rnn, 5, 1, 7, 2", "rnn, 6, 3, 4, 9", "rnn, 17, 2, 11, 30",
    "lstm, 5, 1, 7, 2", "lstm, 6, 3, 4, 9", "lstm, 17, 2, 11, 30",
    "gru, 5, 1, 7, 2", "gru, 6, 3, 4, 9", "gru, 17, 2, 11, 30"
  })
  void everyOperationOfTrainingIsCounted(
      String type, int width, int layers, int vocabulary, int length) {
    ModelShape shape = new ModelShape(width, layers, 1, 2, vocabulary);
    int[] tokens = Tokens.random(length, vocabulary, 3);
    CountedTraining twin = new CountedTraining(type, weights(type, shape), shape, counter);
    double loss = twin.step(tokens);
    assertCounted(flops(type, shape, Phase.TRAIN, length));

    Training training = provider(type).training(shape, SEED, length);
    assertThat((double) training.step(new int[][] {tokens})).isCloseTo(loss, within(1e-5));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(twin.gradients().keySet());
    twin.gradients()
        .forEach((name, value) -> Golden.assertClose(training.gradient(name), floats(value)));
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void trainingIsLinearAndItsSpanThatOfAPrefillThereAndBack(String type) {
    ModelShape shape = new ModelShape(17, 3, 1, 2, 11);
    Cost train = provider(type).cost(shape, Phase.TRAIN).orElseThrow();
    Cost prefill = provider(type).cost(shape, Phase.PREFILL).orElseThrow();
    assertThat(train.span().at(50)).isEqualTo(2 * prefill.span().at(50)).isEqualTo(104);
    for (Cost.Quantity quantity :
        new Cost.Quantity[] {train.flops(), train.bytes(), train.span(), train.stateBytes()}) {
      assertThat(quantity.order()).isEqualTo(Order.LINEAR);
      assertThat(quantity.at(2L << 30) / quantity.at(1L << 30)).isCloseTo(2, within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"rnn, 1", "lstm, 4", "gru, 3"})
  void trainingMovesWeightsGradientsAndWhatIsKept(String type, int gates) {
    ModelShape shape = new ModelShape(17, 3, 1, 2, 11);
    Cost cost = provider(type).cost(shape, Phase.TRAIN).orElseThrow();
    double layers = 3 * (2 * gates * 17 * 17 + 2 * gates * 17);
    double read = 2 * (layers + 11 * 17) + 17 * 40;
    double written = layers + 2 * 11 * 17;
    assertThat(cost.bytes().at(40)).isEqualTo(4 * (read + written) + 2 * cost.stateBytes().at(40));
  }

  private void assertCounted(double flops) {
    assertThat(flops).isEqualTo((double) counter.operations());
  }
}
