package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for every model whose state does not grow, whatever its weights. */
public abstract class RecurrentContract {

  /** A width that is no multiple of a vector, and lengths beyond one chunk. */
  private static final ModelShape ODD = new ModelShape(19, 3, 1, 6, 23);

  private static final int LONG = 300;

  /**
   * Parallel and sequential form sum in another order; random weights spread that over 300 steps.
   */
  private static final double TOLERANCE = 2e-5;

  private final ModelProvider provider;

  /** Tests a provider's models. */
  protected RecurrentContract(ModelProvider provider) {
    this.provider = provider;
  }

  private SequenceModel model() {
    return provider.create(ODD, 42);
  }

  private Cost cost(Phase phase) {
    return provider.cost(ODD, phase).orElseThrow();
  }

  private static int[] tokens(int length) {
    return Tokens.random(length, ODD.vocabulary(), 1);
  }

  @Test
  void isFoundByItsId() {
    assertThat(Models.load(getClass().getClassLoader()).get(provider.id()))
        .hasSameClassAs(provider);
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherAnother() {
    int[] prompt = tokens(5);
    float[] logits = model().open(5).prefill(prompt);
    Golden.assertClose(model().open(5).prefill(prompt), logits);
    assertThat(provider.create(ODD, 43).open(5).prefill(prompt)).isNotEqualTo(logits);
    assertThat(model().shape()).isEqualTo(ODD);
  }

  @Test
  void steppingEqualsPrefillAtEveryLength() {
    int[] tokens = tokens(LONG);
    Session whole = model().open(LONG);
    Session steps = model().open(LONG);
    for (int length = 1; length <= LONG; length += length < 40 ? 1 : 37) {
      Session stepping = length == 1 ? steps : model().open(LONG);
      float[] stepped = null;
      for (int t = 0; t < length; t++) {
        stepped = stepping.step(tokens[t]);
      }
      assertThat(stepping.length()).isEqualTo(length);
      Golden.assertClose(whole.prefill(Arrays.copyOf(tokens, length)), stepped, TOLERANCE);
    }
  }

  @Test
  void stepsContinueAPrefillOfAnyLength() {
    int[] tokens = tokens(LONG);
    Session session = model().open(LONG);
    float[] all = new float[LONG * ODD.vocabulary()];
    session.score(tokens, all);
    for (int length = 1; length < LONG; length += length < 40 ? 1 : 37) {
      session.prefill(Arrays.copyOf(tokens, length));
      for (int t = length; t < Math.min(LONG, length + 9); t++) {
        Golden.assertClose(session.step(tokens[t]), row(all, t), TOLERANCE);
      }
    }
  }

  @Test
  void scoreWritesWhatPrefillReturnsAtEveryPosition() {
    int[] tokens = tokens(LONG);
    Session session = model().open(LONG);
    float[] all = new float[LONG * ODD.vocabulary()];
    session.score(tokens, all);
    assertThat(session.length()).isEqualTo(LONG);
    for (int length : new int[] {1, 2, 3, 64, 127, 128, 129, 255, 257, 300}) {
      float[] logits = session.prefill(Arrays.copyOf(tokens, length));
      assertThat(session.length()).isEqualTo(length);
      Golden.assertClose(logits, row(all, length - 1), TOLERANCE);
    }
  }

  @Test
  void aLaterTokenDoesNotChangeEarlierLogits() {
    int[] tokens = tokens(LONG);
    Session session = model().open(LONG);
    float[] before = new float[LONG * ODD.vocabulary()];
    session.score(tokens, before);
    for (int changed : new int[] {1, 150, 299}) {
      int[] others = tokens.clone();
      others[changed] = (others[changed] + 1) % ODD.vocabulary();
      float[] after = new float[before.length];
      session.score(others, after);
      int size = changed * ODD.vocabulary();
      Golden.assertClose(Arrays.copyOf(after, size), Arrays.copyOf(before, size), TOLERANCE);
      assertThat(row(after, changed)).isNotEqualTo(row(before, changed));
    }
  }

  @Test
  void aRewoundStepIsRepeatedExactly() {
    int[] tokens = tokens(20);
    Session session = model().open(20);
    float[] first = session.step(tokens[0]).clone();
    session.rewind();
    assertThat(session.length()).isZero();
    Golden.assertClose(session.step(tokens[0]), first);
    session.prefill(Arrays.copyOf(tokens, 18));
    float[] other = session.step(tokens[18]).clone();
    session.rewind();
    session.step((tokens[18] + 1) % ODD.vocabulary());
    session.rewind();
    assertThat(session.length()).isEqualTo(18);
    Golden.assertClose(session.step(tokens[18]), other);
    float[] last = session.step(tokens[19]).clone();
    session.rewind();
    Golden.assertClose(session.step(tokens[19]), last);
  }

  @Test
  void rewindNeedsAStep() {
    Session session = model().open(4);
    String message = "a rewind must follow a step";
    assertThatThrownBy(session::rewind).isInstanceOf(IllegalStateException.class);
    session.step(1);
    session.rewind();
    assertThatThrownBy(session::rewind).hasMessage(message);
    session.step(1);
    session.prefill(new int[] {1, 2});
    assertThatThrownBy(session::rewind).hasMessage(message);
    session.step(1);
    session.score(new int[] {1}, new float[ODD.vocabulary()]);
    assertThatThrownBy(session::rewind).hasMessage(message);
  }

  @Test
  void aPrefillForgetsWhatWasBefore() {
    Session session = model().open(9);
    float[] logits = session.prefill(tokens(3)).clone();
    session.prefill(tokens(9));
    Golden.assertClose(session.prefill(tokens(3)), logits);
    session.step(4);
    Golden.assertClose(session.prefill(tokens(3)), logits);
  }

  @Test
  void sessionsDoNotDisturbEachOther() {
    SequenceModel model = model();
    Session one = model.open(9);
    Session two = model.open(9);
    float[] expected = one.prefill(tokens(4)).clone();
    float[] next = one.step(5).clone();
    one.rewind();
    two.prefill(tokens(9));
    Golden.assertClose(one.step(5), next);
    Golden.assertClose(two.prefill(tokens(4)), expected);
  }

  @Test
  void generationFollowsTheLargestLogit() {
    int[] prompt = tokens(3);
    int[] output = new int[6];
    model().open(8).generate(prompt, output);
    int[] taken = prompt;
    for (int token : output) {
      assertThat(token).isEqualTo(Tokens.largest(model().open(20).prefill(taken)));
      taken = Arrays.copyOf(taken, taken.length + 1);
      taken[taken.length - 1] = token;
    }
  }

  @Test
  void rejectsWhatDoesNotFit() {
    SequenceModel model = model();
    assertThatThrownBy(() -> model.open(0)).hasMessage("capacity (0) must be positive");
    Session session = model.open(2);
    assertThatThrownBy(() -> session.prefill(new int[0])).hasMessage("length (0) must be in 1..2");
    assertThatThrownBy(() -> session.prefill(new int[3])).hasMessage("length (3) must be in 1..2");
    assertThatThrownBy(() -> session.prefill(new int[] {23}))
        .hasMessage("token (23) must be in 0..22");
    assertThatThrownBy(() -> session.step(-1)).hasMessage("token (-1) must be in 0..22");
    assertThatThrownBy(() -> session.score(new int[2], new float[45]))
        .hasMessage("logits (45 values) must have at least L × V = 46");
    session.prefill(new int[2]);
    assertThatThrownBy(() -> session.step(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length (2) must be less than the capacity of 2 to step");
  }

  @Test
  void theStateHasTheSameSizeAtAnyLength() {
    SequenceModel model = model();
    Session session = model.open(50);
    long bytes = session.stateBytes();
    assertThat(bytes).isPositive();
    for (Phase phase : EnumSet.complementOf(EnumSet.of(Phase.TRAIN))) {
      assertThat(cost(phase).stateBytes().order()).isEqualTo(Order.CONSTANT);
      assertThat(cost(phase).stateBytes().at(50)).isEqualTo((double) bytes);
    }
    session.prefill(tokens(50));
    assertThat(session.stateBytes()).isEqualTo(bytes);
  }

  @Test
  void aStepCostsTheSameAtAnyLength() {
    Cost decode = cost(Phase.DECODE);
    for (Cost.Quantity quantity :
        new Cost.Quantity[] {decode.flops(), decode.bytes(), decode.span()}) {
      assertThat(quantity.order()).isEqualTo(Order.CONSTANT);
      assertThat(quantity.at(1)).isPositive().isEqualTo(quantity.at(5000));
    }
  }

  @Test
  void generatingCostsOneShortPrefillAndSteps() {
    Cost prefill = cost(Phase.PREFILL);
    Cost decode = cost(Phase.DECODE);
    Cost generate = cost(Phase.GENERATE);
    assertThat(generate.flops().at(1)).isEqualTo(prefill.flops().at(1));
    assertThat(generate.flops().at(9)).isEqualTo(prefill.flops().at(1) + 8 * decode.flops().at(5));
    assertThat(generate.bytes().at(9)).isEqualTo(prefill.bytes().at(1) + 8 * decode.bytes().at(5));
    assertThat(generate.flops().order()).isEqualTo(Order.LINEAR);
  }

  @Tag(Allocation.TAG)
  @Test
  void stepAndPrefillAllocateNothing() {
    SequenceModel model = provider.create(ModelShape.DEFAULT, 1);
    Session session = model.open(200);
    int[] prompt = Tokens.random(200, 256, 5);
    float[] scores = new float[200 * 256];
    session.prefill(Arrays.copyOf(prompt, 20));
    assertThat(
            Allocation.bytesPerCall(
                () -> {
                  session.step(7);
                  session.rewind();
                }))
        .isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> session.prefill(prompt))).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> session.score(prompt, scores))).isLessThan(100);
  }

  private static float[] row(float[] all, int t) {
    return Arrays.copyOfRange(all, t * ODD.vocabulary(), (t + 1) * ODD.vocabulary());
  }

  /**
   * Asserts that a state after both rows of a reference case is as the reference says.
   *
   * @param golden the case
   * @param model the model with its weights
   * @param name the reference's name of the state, shape (layers, 2, d)
   */
  protected static void assertStateEqualsReference(
      Golden golden, SequenceModel model, String name) {
    float[] expected = golden.floats(name);
    int width = model.shape().width();
    for (int row = 0; row < 2; row++) {
      int[] tokens = golden.tokens("input_ids", row);
      float[] wanted = new float[model.shape().layers() * width];
      for (int layer = 0; layer < model.shape().layers(); layer++) {
        System.arraycopy(expected, (layer * 2 + row) * width, wanted, layer * width, width);
      }
      Session session = model.open(tokens.length);
      session.prefill(tokens);
      Golden.assertClose(session.state(name).orElseThrow(), wanted);
      session.prefill(new int[] {tokens[0]});
      for (int t = 1; t < tokens.length; t++) {
        session.step(tokens[t]);
      }
      Golden.assertClose(session.state(name).orElseThrow(), wanted);
    }
  }

  /**
   * Asserts that a model gives the logits, the loss and the greedy tokens of a reference case.
   *
   * @param golden the case
   * @param model the model with its weights
   */
  protected static void assertEqualsReference(Golden golden, SequenceModel model) {
    double loss = 0;
    for (int row = 0; row < 2; row++) {
      int[] tokens = golden.tokens("input_ids", row);
      float[] expected = golden.row("logits", row);
      float[] logits = new float[expected.length];
      Session session = model.open(tokens.length);
      session.score(tokens, logits);
      Golden.assertClose(logits, expected);
      loss += Golden.crossEntropy(logits, tokens) / 2;
      int vocabulary = model.shape().vocabulary();
      Session stepping = model.open(tokens.length);
      for (int t = 0; t < tokens.length; t++) {
        float[] at = Arrays.copyOfRange(expected, t * vocabulary, (t + 1) * vocabulary);
        Golden.assertClose(stepping.step(tokens[t]), at);
        Golden.assertClose(session.prefill(Arrays.copyOf(tokens, t + 1)), at);
      }
    }
    float expectedLoss = golden.floats("loss")[0];
    Golden.assertClose(new float[] {(float) loss}, new float[] {expectedLoss});
    int[] prompt = golden.tokens("input_ids", 0);
    long[] greedy = golden.expected().getLongs("greedy", 12);
    int[] output = new int[12];
    model.open(prompt.length + 11).generate(prompt, output);
    assertThat(output).isEqualTo(Arrays.stream(greedy).mapToInt(Math::toIntExact).toArray());
  }
}
