package dev.ordo.models.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Allocation;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlamaTest {

  private static final Golden GOLDEN = Golden.load("llama");

  static List<Variant> variants() {
    return List.of(
        Variant.RECOMPUTED, Variant.CACHED, Variant.RECOMPUTED_FULL, Variant.CACHED_FULL);
  }

  @TempDir private Path folder;

  /** Returns the golden checkpoint with another padding token. */
  private Checkpoint padded(int id) throws IOException {
    String config = Files.readString(Golden.folder("llama").resolve("config.json"));
    String changed = config.replace("\"pad_token_id\": null", "\"pad_token_id\": " + id);
    assertThat(changed).isNotEqualTo(config);
    Files.writeString(folder.resolve("config.json"), changed);
    return Checkpoint.open(folder);
  }

  private static Checkpoint checkpoint() throws IOException {
    return Checkpoint.open(Golden.folder("llama"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void logitsAndGreedyTokensEqualTheReference(Variant variant) throws IOException {
    Llama model = Llama.load(checkpoint(), variant);
    for (int row = 0; row < 2; row++) {
      int[] tokens = GOLDEN.tokens("input_ids", row);
      float[] logits = new float[tokens.length * 61];
      model.open(24).score(tokens, logits);
      Golden.assertClose(logits, GOLDEN.row("logits", row), 1e-5);
    }
    int[] expected = GOLDEN.tokens("greedy", 0);
    int[] actual = new int[expected.length];
    model.open(24 + actual.length - 1).generate(GOLDEN.tokens("input_ids", 0), actual);
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void steppingEqualsPrefillAndRewinds(Variant variant) throws IOException {
    int[] tokens = GOLDEN.tokens("input_ids", 1);
    float[] expected = GOLDEN.row("logits", 1);
    Session session = Llama.load(checkpoint(), variant).open(tokens.length);
    session.prefill(new int[] {tokens[0]});
    for (int i = 1; i < tokens.length; i++) {
      session.step((tokens[i] + 1) % 61);
      session.rewind();
      float[] logits = session.step(tokens[i]);
      Golden.assertClose(logits, Arrays.copyOfRange(expected, i * 61, (i + 1) * 61), 2e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // heads, key-value heads, head width, attention bias, MLP bias, tied
    "4, 4, 8, false, false, false",
    "4, 1, 8, true, false, true",
    "9, 3, 6, false, true, true",
    "2, 1, 34, true, true, false",
    "1, 1, 2, false, false, true",
  })
  void equalsItsTwinWithTheOptionsOfRealCheckpoints(
      int heads, int groups, int width, boolean bias, boolean innerBias, boolean tied) {
    Rotation rotation = new Rotation(500_000, Rotation.Scaling.LLAMA3, 8, 1, 4, 64);
    ModelShape shape = new ModelShape(36, 2, heads, 2, 41);
    LlamaSizes sizes =
        new LlamaSizes(shape, 50, groups, width, bias, innerBias, tied, 1e-5f, -1, rotation);
    Tensors weights = random(sizes);
    int[] tokens = Tokens.random(40, 41, 3);
    for (Variant variant : variants()) {
      double[] expected = new CountedLlama(weights, sizes, variant, 41).take(tokens);
      Session session = new Llama(weights, sizes, variant).open(41);
      Golden.assertClose(session.prefill(tokens), DecoderCostTest.floats(expected), 1e-5);
    }
    Training training = new LlamaTraining(weights, sizes, Variant.CACHED);
    Training full = new LlamaTraining(weights, sizes, Variant.CACHED_FULL);
    float[] logits = new float[40 * 41];
    new Llama(weights, sizes, Variant.CACHED).open(40).score(tokens, logits);
    float loss = training.step(new int[][] {tokens});
    assertThat((double) loss).isCloseTo(Golden.crossEntropy(logits, tokens), within(1e-4));
    assertThat(full.step(new int[][] {tokens})).isCloseTo(loss, within(1e-5f));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(weights.names());
    for (String name : training.names()) {
      Golden.assertClose(full.gradient(name), training.gradient(name), 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 0", "-1, 60", "-61, 0"})
  void theEmbeddingOfPaddingLearnsNothing(int field, int id) throws IOException {
    LlamaSizes sizes = LlamaSizes.of(padded(field));
    assertThat(sizes.padding()).isEqualTo(id);
    LlamaSizes none = LlamaSizes.of(checkpoint());
    int[][] rows = {{1, id, 3, id, 5}};
    Training padded = new LlamaTraining(GOLDEN.model(), sizes, Variant.CACHED);
    Training plain = new LlamaTraining(GOLDEN.model(), none, Variant.CACHED);
    assertThat(padded.step(rows)).isEqualTo(plain.step(rows));
    for (String name : plain.names()) {
      float[] expected = plain.gradient(name).clone();
      if (name.endsWith("embed_tokens.weight")) {
        Arrays.fill(expected, id * 32, (id + 1) * 32, 0);
      }
      assertThat(padded.gradient(name)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {61, -62})
  void rejectsPaddingBeyondTheVocabulary(int field) {
    assertThatThrownBy(() -> LlamaSizes.of(padded(field)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("'pad_token_id': expected -61..60");
  }

  /** Weights and biases large enough for each to matter. */
  private static Tensors random(LlamaSizes sizes) {
    Tensors plain = LlamaWeights.random(sizes, 1);
    RandomTensors weights = new RandomTensors(8);
    for (String name : plain.names()) {
      weights.normal(name, name.contains("norm") ? 1 : 0.2, plain.shape(name));
      boolean attention = name.contains("self_attn") && sizes.attentionBias();
      if (attention || name.contains("mlp") && sizes.innerBias()) {
        weights.normal(name.replace(".weight", ".bias"), 0.3, plain.shape(name)[0]);
      }
    }
    return weights.build();
  }

  @Test
  void readsWeightsWithoutThePrefixOfTheWholeModel() throws IOException {
    Tensors.Builder bare = Tensors.builder("bare");
    for (String name : GOLDEN.model().names()) {
      int[] shape = GOLDEN.model().shape(name);
      bare.put(name.replaceFirst("^model\\.", ""), GOLDEN.model().get(name, shape), shape);
    }
    LlamaSizes sizes = LlamaSizes.of(checkpoint());
    Llama model = new Llama(bare.build(), sizes, Variant.CACHED);
    float[] logits = model.open(24).prefill(GOLDEN.tokens("input_ids", 0));
    float[] expected = GOLDEN.row("logits", 0);
    Golden.assertClose(logits, Arrays.copyOfRange(expected, 23 * 61, 24 * 61));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsEqualTheReference(Variant variant) throws IOException {
    LlamaSizes sizes = LlamaSizes.of(checkpoint());
    Training training = new LlamaTraining(GOLDEN.model(), sizes, variant);
    int[][] rows = {GOLDEN.tokens("input_ids", 0), GOLDEN.tokens("input_ids", 1)};
    // A shorter row first: the angles of the longer ones have to be made then.
    training.step(new int[][] {{1, 2, 3}});
    float loss = training.step(rows);
    assertThat(loss).isCloseTo(GOLDEN.floats("loss")[0], within(1e-4f));
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(GOLDEN.model().names());
    for (String name : training.names()) {
      Golden.assertClose(training.gradient(name), GOLDEN.floats("grad." + name));
    }
  }

  @Tag(Allocation.TAG)
  @ParameterizedTest
  @MethodSource("variants")
  void allocatesNothingOnceOpen(Variant variant) {
    Session session = Llama.random(new ModelShape(32, 2, 4, 2, 61), 1, variant).open(40);
    int[] prompt = Tokens.random(35, 61, 1);
    session.prefill(prompt);
    Runnable call =
        () -> {
          session.step(3);
          session.rewind();
        };
    assertThat(Allocation.bytesPerCall(call)).isLessThan(100);
    assertThat(Allocation.bytesPerCall(() -> session.prefill(prompt))).isLessThan(100);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theStateIsWhatTheoryKeeps(Variant variant) {
    ModelShape shape = new ModelShape(32, 2, 4, 2, 61);
    Session session = Llama.random(shape, 1, variant).open(24);
    session.prefill(new int[17]);
    assertThat((double) session.stateBytes())
        .isEqualTo(LlamaCost.of(shape, Phase.PREFILL, variant).stateBytes().at(17));
    session.step(0);
    assertThat((double) session.stateBytes())
        .isEqualTo(LlamaCost.of(shape, Phase.DECODE, variant).stateBytes().at(17));
  }

  @Test
  void randomModelsHaveTheSizesOfTheFamily() {
    LlamaSizes sizes = LlamaSizes.of(new ModelShape(4096, 1, 32, 2, 256));
    assertThat(sizes.inner()).isEqualTo(10944);
    assertThat(sizes.keyValueHeads()).isEqualTo(16);
    assertThat(sizes.headWidth()).isEqualTo(128);
    assertThat(LlamaSizes.of(new ModelShape(18, 1, 3, 2, 8)).keyValueHeads()).isEqualTo(3);
    assertThatThrownBy(() -> LlamaSizes.of(new ModelShape(15, 1, 3, 2, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width of a head (5) must be even");
  }

  @Test
  void rejectsMorePositionsThanItsArraysCanHold() {
    Llama model = Llama.random(new ModelShape(32, 1, 4, 2, 8), 1, Variant.CACHED_FULL);
    assertThat(model.positions()).isEqualTo(46_000);
    assertThatThrownBy(() -> model.open(46_001))
        .hasMessage("capacity (46001) must be in 1..46000, the model's positions");
    assertThat(Llama.random(new ModelShape(32, 1, 4, 2, 8), 1, Variant.CACHED).positions())
        .isEqualTo(Llama.MOST_POSITIONS);
  }
}
