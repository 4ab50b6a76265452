package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncoderDecoderTest {

  private static final ModelShape SHAPE = new ModelShape(32, 2, 4, 2, 50);

  /** Interpreted and compiled vector code sum lanes in another order and round exp otherwise. */
  private static final double ROUNDING = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "T5, 1, 1, 1, 7, 3, 5",
    "T5, 20, 2, 4, 61, 150, 150",
    "T5, 48, 1, 2, 33, 1, 140",
    "MARIAN, 2, 1, 1, 3, 9, 2",
    "MARIAN, 20, 2, 4, 61, 150, 150",
    "MARIAN, 64, 1, 2, 256, 300, 10"
  })
  void steppingEqualsTheParallelFormInBothKinds(
      Kind kind, int width, int layers, int heads, int vocabulary, int source, int target) {
    ModelShape shape = new ModelShape(width, layers, heads, 2, vocabulary);
    int[] tokens = Tokens.random(source, vocabulary, 5);
    int[] labels = Tokens.random(target, vocabulary, 6);
    EncoderDecoderSession cached = kind.model(shape, 11, true).open(Math.max(source, target));
    EncoderDecoderSession plain = kind.model(shape, 11, false).open(Math.max(source, target));
    float[] scores = new float[target * vocabulary];
    float[] others = new float[target * vocabulary];
    cached.score(tokens, labels, scores);
    plain.score(tokens, labels, others);
    Golden.assertClose(others, scores, ROUNDING);
    float[] stepped = new float[target * vocabulary];
    System.arraycopy(cached.prefill(tokens), 0, stepped, 0, vocabulary);
    for (int t = 1; t < target; t++) {
      System.arraycopy(cached.step(labels[t - 1]), 0, stepped, t * vocabulary, vocabulary);
    }
    Golden.assertClose(stepped, scores);
    plain.score(tokens, Arrays.copyOf(labels, target - 1 + target % 2), others);
    float[] last = Arrays.copyOfRange(scores, (target - 1) * vocabulary, target * vocabulary);
    if (target % 2 == 0) {
      Golden.assertClose(plain.step(labels[target - 2]), last);
    }
    assertThat(cached.length()).isEqualTo(source + target - 1);
  }

  @ParameterizedTest
  @EnumSource
  void aTargetSeesItsPastAndAllOfTheSource(Kind kind) {
    EncoderDecoderSession session = kind.model(SHAPE, 3, true).open(100);
    int[] source = Tokens.random(100, 50, 1);
    int[] labels = Tokens.random(100, 50, 2);
    float[] before = new float[100 * 50];
    session.score(source, labels, before);
    for (int changed : new int[] {0, 31, 32, 98}) {
      int[] others = labels.clone();
      others[changed] = (others[changed] + 1) % 50;
      float[] after = new float[100 * 50];
      session.score(source, others, after);
      int same = (changed + 1) * 50;
      Golden.assertClose(Arrays.copyOf(after, same), Arrays.copyOf(before, same), ROUNDING);
      assertThat(after[same]).isNotEqualTo(before[same]);
    }
    for (int changed : new int[] {0, 50, 99}) {
      int[] others = source.clone();
      others[changed] = (others[changed] + 1) % 50;
      float[] after = new float[100 * 50];
      session.score(others, labels, after);
      assertThat(after[0]).isNotEqualTo(before[0]);
      assertThat(after[99 * 50]).isNotEqualTo(before[99 * 50]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void primingTakesInSourceAndTarget(Kind kind) {
    int[] tokens = Tokens.random(40, 50, 4);
    for (boolean cached : new boolean[] {false, true}) {
      EncoderDecoderSession session = kind.model(SHAPE, 3, cached).open(41);
      float[] primed = session.prime(tokens).clone();
      assertThat(session.length()).isEqualTo(80);
      assertThatThrownBy(session::rewind).hasMessage("rewind must follow a step");
      float[] next = session.step(7).clone();
      session.rewind();
      float[] other = session.step(8).clone();
      assertThatThrownBy(() -> Golden.assertClose(other, next)).isInstanceOf(AssertionError.class);
      session.rewind();
      Golden.assertClose(session.step(7), next, ROUNDING);
      float[] logits = session.prefill(tokens);
      assertThat(session.length()).isEqualTo(40);
      for (int token : tokens) {
        logits = session.step(token);
      }
      Golden.assertClose(logits, primed);
      Golden.assertClose(session.step(7), next);
      assertThatThrownBy(() -> session.step(7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("length (41) of the target must be less than its capacity (41)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void generatesTheLikeliestTokens(Kind kind) {
    int[] source = Tokens.random(30, 50, 4);
    int[] output = new int[30];
    EncoderDecoder model = kind.model(SHAPE, 3, true);
    EncoderDecoderSession session = model.open(30);
    session.generate(source, output);
    int[] plain = new int[30];
    kind.model(SHAPE, 3, false).open(30).generate(source, plain);
    assertThat(plain).isEqualTo(output);
    float[] scores = new float[30 * 50];
    session.score(source, output, scores);
    for (int i = 0; i < 30; i++) {
      assertThat(Tokens.largest(Arrays.copyOfRange(scores, i * 50, (i + 1) * 50)))
          .isEqualTo(output[i]);
    }
    assertThat(model.promptLength(30)).isEqualTo(30);
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @EnumSource
  void allocatesNothingOnceOpen(Kind kind) {
    for (boolean cached : new boolean[] {false, true}) {
      EncoderDecoderSession session = kind.model(SHAPE, 1, cached).open(40);
      int[] source = Tokens.random(35, 50, 1);
      float[] logits = new float[35 * 50];
      session.prime(source);
      Runnable step =
          () -> {
            session.step(3);
            session.rewind();
          };
      assertThat(Allocation.bytesPerCall(step)).isLessThan(100);
      assertThat(Allocation.bytesPerCall(() -> session.prefill(source))).isLessThan(100);
      assertThat(Allocation.bytesPerCall(() -> session.score(source, logits))).isLessThan(100);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejectsTokensThatCannotBeRead(Kind kind) {
    EncoderDecoderSession session = kind.model(SHAPE, 1, true).open(2);
    assertThatThrownBy(() -> session.step(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step must follow a prefill, which reads the source");
    assertThatThrownBy(() -> session.prefill(new int[0])).hasMessage("length (0) must be in 1..2");
    assertThatThrownBy(() -> session.prime(new int[3])).hasMessage("length (3) must be in 1..2");
    assertThatThrownBy(() -> session.prefill(new int[] {50}))
        .hasMessage("token (50) must be in 0..49");
    assertThatThrownBy(() -> session.score(new int[1], new int[2], new float[99]))
        .hasMessage("logits (99 values) must have at least L × V = 100");
    assertThatThrownBy(() -> session.score(new int[1], new int[] {-1}, new float[99]))
        .hasMessage("token (-1) must be in 0..49");
    session.prefill(new int[1]);
    assertThatThrownBy(() -> session.step(50)).hasMessage("token (50) must be in 0..49");
    assertThat(session.length()).isEqualTo(1);
    assertThatThrownBy(() -> kind.model(SHAPE, 1, true).open(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity (0) must be in 1..");
  }

  @Test
  void theLastPositionIsTheEndOfTheTarget() throws IOException {
    EncoderDecoder model = Marian.load(Checkpoint.open(Golden.folder("marian")), true);
    assertThat(model.positions()).isEqualTo(255);
    assertThatThrownBy(() -> model.open(257))
        .hasMessage("capacity (257) must be in 1..256, the model's positions");
    EncoderDecoderSession session = model.open(256);
    session.score(new int[256], new int[256], new float[256 * 61]);
    assertThatThrownBy(() -> session.step(1))
        .hasMessage("length (255) of the target must be less than its capacity (255)");
    assertThatThrownBy(() -> session.prime(new int[256]))
        .hasMessage("length (256) must be in 1..255");
    EncoderDecoder unlimited = T5.load(Checkpoint.open(Golden.folder("t5")), true);
    assertThat(unlimited.positions()).isEqualTo(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource
  void randomWeightsDependOnTheSeedAloneAndNotOnTheCapacity(Kind kind) {
    int[] tokens = Tokens.random(30, 50, 1);
    float[] logits = kind.model(SHAPE, 3, true).open(30).prefill(tokens).clone();
    Golden.assertClose(kind.model(SHAPE, 3, true).open(500).prefill(tokens), logits, ROUNDING);
    float[] other = kind.model(SHAPE, 4, true).open(30).prefill(tokens);
    assertThatThrownBy(() -> Golden.assertClose(other, logits)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatTheEncoderMadeOfTheSource(Kind kind) {
    EncoderDecoderSession session = kind.model(SHAPE, 3, true).open(30);
    assertThat(session.state("encoder_last_hidden_state")).isEmpty();
    int[] tokens = Tokens.random(20, 50, 1);
    session.prefill(tokens);
    float[] encoded = session.state("encoder_last_hidden_state").orElseThrow();
    Twin twin = new Twin(kind.architecture(SHAPE), kind.weights(SHAPE, 3));
    float[] expected = new float[20 * 32];
    int i = 0;
    for (double[] row : twin.read(tokens)) {
      for (double value : row) {
        expected[i++] = (float) value;
      }
    }
    Golden.assertClose(encoded, expected);
    assertThat(session.state("final_hidden")).isEmpty();
  }
}
