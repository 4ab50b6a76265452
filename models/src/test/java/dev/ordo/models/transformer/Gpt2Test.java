package dev.ordo.models.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import dev.ordo.models.AttentionHeads;
import dev.ordo.models.AttentionPart;
import dev.ordo.models.AttentionWeights;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gpt2Test {

  private static final Golden GOLDEN = Golden.load("gpt2");
  private static final ModelShape SHAPE =
      new ModelShape(
          GOLDEN.integer("n_embd"),
          GOLDEN.integer("n_layer"),
          GOLDEN.integer("n_head"),
          2,
          GOLDEN.integer("vocab_size"));

  /** Interpreted and compiled vector code sum lanes in another order and round exp otherwise. */
  private static final double ROUNDING = 1e-5;

  private static Gpt2 golden(boolean cached) {
    return Gpt2.load(GOLDEN.model(), SHAPE, cached);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logitsAndLossEqualTheReference(boolean cached) {
    Session session = golden(cached).open(24);
    double loss = 0;
    for (int row = 0; row < 2; row++) {
      int[] tokens = GOLDEN.tokens("input_ids", row);
      float[] logits = new float[tokens.length * SHAPE.vocabulary()];
      session.score(tokens, logits);
      Golden.assertClose(logits, GOLDEN.row("logits", row));
      loss += Golden.crossEntropy(logits, tokens) / 2;
    }
    float expected = GOLDEN.floats("loss")[0];
    assertThat(loss).isCloseTo(expected, within(Golden.TOLERANCE * expected));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void greedyTokensEqualTheReference(boolean cached) {
    int[] prompt = GOLDEN.tokens("input_ids", 0);
    int[] expected = GOLDEN.tokens("greedy", 0);
    int[] actual = new int[expected.length];
    golden(cached).open(prompt.length + actual.length - 1).generate(prompt, actual);
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void steppingEqualsPrefill(boolean cached) {
    int[] tokens = GOLDEN.tokens("input_ids", 1);
    float[] expected = GOLDEN.row("logits", 1);
    Session session = golden(cached).open(tokens.length);
    for (int i = 0; i < tokens.length; i++) {
      float[] logits = i == 0 ? session.prefill(new int[] {tokens[0]}) : session.step(tokens[i]);
      int from = i * SHAPE.vocabulary();
      Golden.assertClose(
          logits, Arrays.copyOfRange(expected, from, from + SHAPE.vocabulary()), 2e-4);
      assertThat(session.length()).isEqualTo(i + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,7", "8,1,2,3", "20,2,4,61", "48,1,2,33", "64,2,4,256", "160,1,2,50"})
  void cachedEqualsUncachedAtOddSizes(int width, int layers, int heads, int vocabulary) {
    ModelShape shape = new ModelShape(width, layers, heads, 2, vocabulary);
    int length = 150;
    int[] tokens = Tokens.random(length + 3, vocabulary, 5);
    Session cached = Gpt2.random(shape, 11, true).open(length + 3);
    Session uncached = Gpt2.random(shape, 11, false).open(length + 3);
    int[] prompt = Arrays.copyOf(tokens, length);
    Golden.assertClose(cached.prefill(prompt), uncached.prefill(prompt));
    for (int i = length; i < tokens.length; i++) {
      Golden.assertClose(cached.step(tokens[i]), uncached.step(tokens[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,7", "20,2,4,61", "64,2,4,256"})
  void theFullMatrixEqualsTiles(int width, int layers, int heads, int vocabulary) {
    ModelShape shape = new ModelShape(width, layers, heads, 2, vocabulary);
    int length = 150;
    int[] tokens = Tokens.random(length + 3, vocabulary, 5);
    int[] prompt = Arrays.copyOf(tokens, length);
    for (Variant variant : new Variant[] {Variant.CACHED_FULL, Variant.RECOMPUTED_FULL}) {
      Session full = Gpt2.random(shape, 11, variant).open(length + 3);
      Session tiled = Gpt2.random(shape, 11, true).open(length + 3);
      Golden.assertClose(full.prefill(prompt), tiled.prefill(prompt));
      for (int i = length; i < tokens.length; i++) {
        Golden.assertClose(full.step(tokens[i]), tiled.step(tokens[i]));
      }
    }
  }

  @Test
  void theFullMatrixLimitsThePositions() {
    assertThat(Gpt2.random(SHAPE, 1, Variant.CACHED_FULL).positions()).isEqualTo(46_000);
    assertThat(Gpt2.random(SHAPE, 1, true).positions()).isEqualTo(Gpt2.MOST_RANDOM_POSITIONS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsWithWhichWeightsAHeadAttends(boolean cached) {
    int[] tokens = GOLDEN.tokens("input_ids", 0);
    Session session = golden(cached).open(tokens.length);
    float[] first = session.attention(tokens, 0, 1).orElseThrow();
    float[] second = session.attention(tokens, 1, 1).orElseThrow();
    assertThat(session.length()).isZero();
    assertThat(first).hasSize(24 * 24).isNotEqualTo(second);
    for (int i = 0; i < 24; i++) {
      double sum = 0;
      for (int j = 0; j < 24; j++) {
        assertThat(second[i * 24 + j] > 0).isEqualTo(j <= i);
        sum += second[i * 24 + j];
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
    assertThat(golden(cached).attentionHeads())
        .containsExactly(new AttentionHeads(AttentionPart.DECODER, 2, 4));
    AttentionWeights same =
        session.attention(AttentionPart.DECODER, new int[] {1}, tokens, 1, 1).orElseThrow();
    assertThat(same.weights()).isEqualTo(second);
    assertThat(same.rows()).isEqualTo(tokens);
    assertThat(same.columns()).isEqualTo(tokens);
    assertThat(session.attention(AttentionPart.CROSS, tokens, tokens, 0, 0)).isEmpty();
    assertThatThrownBy(() -> session.attention(tokens, 2, 0))
        .hasMessage("layer (2) must be in 0..1, head (0) in 0..3");
    assertThatThrownBy(() -> session.attention(tokens, 0, 4))
        .isInstanceOf(IllegalArgumentException.class);
    Golden.assertClose(
        session.prefill(tokens), Arrays.copyOfRange(GOLDEN.row("logits", 0), 23 * 61, 24 * 61));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void laterTokensDoNotChangeEarlierLogits(boolean cached) {
    ModelShape shape = new ModelShape(32, 2, 4, 2, 50);
    int length = 100;
    Session session = Gpt2.random(shape, 3, cached).open(length);
    int[] tokens = Tokens.random(length, 50, 1);
    float[] before = new float[length * 50];
    session.score(tokens, before);
    for (int changed : new int[] {1, 31, 32, 64, 99}) {
      int[] others = tokens.clone();
      for (int i = changed; i < length; i++) {
        others[i] = (others[i] + 1) % 50;
      }
      float[] after = new float[length * 50];
      session.score(others, after);
      Golden.assertClose(
          Arrays.copyOf(after, changed * 50), Arrays.copyOf(before, changed * 50), ROUNDING);
      assertThat(Math.abs(after[changed * 50] - before[changed * 50])).isGreaterThan(0.001f);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rewindForgetsTheLastStep(boolean cached) {
    int[] tokens = GOLDEN.tokens("input_ids", 0);
    Session session = golden(cached).open(25);
    session.prefill(tokens);
    float[] first = session.step(7).clone();
    session.rewind();
    assertThat(session.length()).isEqualTo(24);
    float[] other = session.step(9);
    assertThatThrownBy(() -> Golden.assertClose(other, first)).isInstanceOf(AssertionError.class);
    session.rewind();
    Golden.assertClose(session.step(7), first, ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void onlyAStepCanBeRewound(boolean cached) {
    Session session = golden(cached).open(8);
    assertThatThrownBy(session::rewind).hasMessage("rewind must follow a step");
    session.prefill(new int[] {1});
    assertThatThrownBy(session::rewind).isInstanceOf(IllegalStateException.class);
    session.step(1);
    session.rewind();
    assertThatThrownBy(session::rewind).isInstanceOf(IllegalStateException.class);
    session.step(1);
    session.score(new int[] {1}, new float[61]);
    assertThatThrownBy(session::rewind).isInstanceOf(IllegalStateException.class);
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @CsvSource({"false,61", "true,61", "true,256"})
  void allocatesNothingOnceOpen(boolean cached, int vocabulary) {
    Session session = Gpt2.random(new ModelShape(32, 2, 4, 2, vocabulary), 1, cached).open(40);
    int[] prompt = Tokens.random(35, vocabulary, 1);
    float[] logits = new float[35 * vocabulary];
    session.prefill(prompt);
    Runnable call =
        () -> {
          session.step(3);
          session.rewind();
        };
    assertThat(Allocation.bytesPerCall(call)).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> session.prefill(prompt))).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> session.score(prompt, logits))).isLessThan(100);
  }

  @Test
  void theStateIsWhatTheoryKeeps() {
    for (boolean cached : new boolean[] {false, true}) {
      Gpt2 model = golden(cached);
      Session session = model.open(24);
      session.prefill(new int[17]);
      assertThat((double) session.stateBytes())
          .isEqualTo(
              Gpt2Cost.of(model.shape(), Phase.PREFILL, Variant.tiled(cached)).stateBytes().at(17));
      session.step(0);
      assertThat((double) session.stateBytes())
          .isEqualTo(
              Gpt2Cost.of(model.shape(), Phase.DECODE, Variant.tiled(cached)).stateBytes().at(17));
    }
  }

  @Test
  void rejectsTokensThatCannotBeRead() {
    Session session = golden(true).open(2);
    assertThatThrownBy(() -> session.prefill(new int[0])).hasMessage("length (0) must be in 1..2");
    assertThatThrownBy(() -> session.prefill(new int[3])).hasMessage("length (3) must be in 1..2");
    assertThatThrownBy(() -> session.prefill(new int[] {61}))
        .hasMessage("token (61) must be in 0..60");
    assertThatThrownBy(() -> session.score(new int[2], new float[121]))
        .hasMessage("logits (121 values) must have at least L × V = 122");
    session.prefill(new int[1]);
    assertThatThrownBy(() -> session.step(-1)).hasMessage("token (-1) must be in 0..60");
    session.step(0);
    assertThatThrownBy(() -> session.step(0))
        .hasMessage("length (2) must be less than capacity (2)");
    assertThat(session.length()).isEqualTo(2);
  }

  @Test
  void rejectsMoreTokensThanTheCheckpointHasPositions() {
    golden(true).open(256);
    assertThatThrownBy(() -> golden(true).open(257))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity (257) must be in 1..256, the model's positions");
    assertThatThrownBy(() -> golden(false).open(0)).hasMessageContaining("capacity (0)");
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    ModelShape wider = new ModelShape(64, 2, 4, 2, 61);
    assertThatThrownBy(() -> Gpt2.load(GOLDEN.model(), wider, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transformer.wpe.weight")
        .hasMessageContaining("[256, 64]")
        .hasMessageContaining("[256, 32]");
    ModelShape deeper = new ModelShape(32, 3, 4, 2, 61);
    assertThatThrownBy(() -> Gpt2.load(GOLDEN.model(), deeper, true))
        .hasMessageContaining("transformer.h.2.mlp.c_fc.weight");
  }

  @Test
  void anUntiedHeadReplacesTheEmbeddings() {
    Tensors.Builder builder = Tensors.builder("test");
    for (String name : GOLDEN.model().names()) {
      int[] shape = GOLDEN.model().shape(name);
      builder.put(name.substring("transformer.".length()), GOLDEN.model().get(name, shape), shape);
    }
    float[] head = GOLDEN.model().get("transformer.wte.weight", 61, 32);
    for (int i = 0; i < head.length; i++) {
      head[i] *= -2;
    }
    Tensors untied = builder.put("lm_head.weight", head, 61, 32).build();
    float[] tied = golden(true).open(1).prefill(new int[] {5}).clone();
    float[] actual = Gpt2.load(untied, SHAPE, true).open(1).prefill(new int[] {5});
    for (int i = 0; i < tied.length; i++) {
      tied[i] *= -2;
    }
    Golden.assertClose(actual, tied, 1e-6);
  }

  @Test
  void randomWeightsDependOnTheSeedAloneAndNotOnTheCapacity() {
    ModelShape shape = new ModelShape(32, 2, 4, 2, 50);
    int[] tokens = Tokens.random(30, 50, 1);
    float[] logits = Gpt2.random(shape, 3, true).open(30).prefill(tokens).clone();
    Golden.assertClose(Gpt2.random(shape, 3, true).open(500).prefill(tokens), logits, ROUNDING);
    float[] other = Gpt2.random(shape, 4, true).open(30).prefill(tokens);
    assertThatThrownBy(() -> Golden.assertClose(other, logits)).isInstanceOf(AssertionError.class);
  }

  @Test
  void randomWeightsAreSpreadAsInGpt2() {
    ModelShape shape = new ModelShape(64, 8, 4, 2, 256);
    Tensors weights = Gpt2Weights.random(shape, 42);
    float[] embedding = weights.get("transformer.wte.weight", 256, 64);
    assertThat(deviation(embedding)).isCloseTo(0.02, within(0.0005));
    float[] projection = weights.get("transformer.h.7.mlp.c_proj.weight", 256, 64);
    assertThat(deviation(projection)).isCloseTo(0.02 / 4, within(0.0001));
    assertThat(weights.get("transformer.h.0.ln_1.weight", 64)).containsOnly(1);
    assertThat(weights.get("transformer.h.0.attn.c_attn.bias", 192)).containsOnly(0);
    assertThat(embedding[0]).as("the same on every JVM").isEqualTo(0.027341556f);
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
