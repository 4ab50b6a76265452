package dev.ordo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxSourceTest {

  private static final Path EXAMPLES = Path.of("../../docs/examples");
  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @TempDir private Path directory;

  private static ModelProvider open(Path file) throws IOException {
    return Models.load(OnnxSourceTest.class.getClassLoader()).open("onnx", "mine", file, "");
  }

  private static SequenceModel model(String example) throws IOException {
    return open(EXAMPLES.resolve(example)).create(ModelShape.DEFAULT, 1);
  }

  private ModelProvider open(GraphWriter graph) throws IOException {
    return open(Files.write(directory.resolve("mine.onnx"), graph.file()));
  }

  @Test
  void examplesAreWhatTheGeneratorMakes() throws IOException {
    for (Map.Entry<String, byte[]> model : ExampleModels.all().entrySet()) {
      assertThat(EXAMPLES.resolve(model.getKey())).hasBinaryContent(model.getValue());
    }
  }

  @Test
  void aModelThatKeepsNothingDoesNotDecode() throws IOException {
    assertThat(open(EXAMPLES.resolve("sums.onnx")).phases())
        .containsExactlyInAnyOrder(Phase.PREFILL, Phase.GENERATE);
    assertThat(open(EXAMPLES.resolve("sums.onnx")).description())
        .isEqualTo("ONNX model sums.onnx, reads tokens");
  }

  @Test
  void aModelWithACacheDoesAllButTrain() throws IOException {
    assertThat(open(EXAMPLES.resolve("attention.onnx")).phases())
        .containsExactlyInAnyOrder(Phase.PREFILL, Phase.DECODE, Phase.GENERATE);
  }

  @Test
  void aModelOfFeaturesPredictsNoTokens() throws IOException {
    assertThat(open(EXAMPLES.resolve("elman.onnx")).phases())
        .containsExactlyInAnyOrder(Phase.PREFILL, Phase.DECODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sums.onnx", "attention.onnx", "elman.onnx"})
  void steppingEqualsThePrefillOfAll(String example) throws IOException {
    SequenceModel model = model(example);
    int[] tokens = Tokens.random(20, 256, 3);
    Session parallel = model.open(20);
    Session stepping = model.open(20);
    stepping.prefill(Arrays.copyOf(tokens, 7));

    float[] stepped = {};
    for (int i = 7; i < 20; i++) {
      stepped = stepping.step(tokens[i]).clone();
    }

    assertThat(stepped).containsExactly(parallel.prefill(tokens).clone(), CLOSE);
    assertThat(stepping.length()).isEqualTo(20);
    for (int again = 0; again < 3; again++) {
      assertThat(parallel.prefill(tokens)).containsExactly(stepped, CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sums.onnx", "attention.onnx", "elman.onnx"})
  void aStepThatIsTakenBackLeavesNoTrace(String example) throws IOException {
    Session session = model(example).open(20);
    session.prefill(Tokens.random(12, 256, 3));
    float[] first = session.step(5).clone();
    long bytes = session.stateBytes();

    for (int again = 0; again < 4; again++) {
      session.rewind();
      assertThat(session.length()).isEqualTo(12);
      session.step(9);
      session.rewind();
      assertThat(session.step(5)).containsExactly(first);
      assertThat(session.stateBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void keysAndValuesAreTheStateOfACache() throws IOException {
    Session session = model("attention.onnx").open(20);

    session.prefill(Tokens.random(12, 256, 3));

    assertThat(session.stateBytes()).isEqualTo(4 * 2 * 12 * 32);
  }

  @Test
  void logitsDependOnEveryToken() throws IOException {
    Session session = model("attention.onnx").open(4);
    float[] logits = session.prefill(new int[] {1, 2, 3}).clone();

    assertThat(session.prefill(new int[] {9, 2, 3})).isNotEqualTo(logits);
  }

  @Test
  void generatesTokensOfTheVocabulary() throws IOException {
    for (String example : new String[] {"sums.onnx", "attention.onnx"}) {
      int[] output = new int[12];
      SequenceModel model = open(EXAMPLES.resolve(example)).create(ModelShape.of("vocab=50"), 1);

      model.open(13).generate(new int[] {1}, output);

      assertThat(Arrays.stream(output)).allMatch(token -> token >= 0 && token < 50);
    }
  }

  @Test
  void thereAreNoMoreTokensThanLogits() throws IOException {
    SequenceModel model =
        open(EXAMPLES.resolve("sums.onnx")).create(ModelShape.of("vocab=50000"), 1);

    assertThat(model.shape().vocabulary()).isEqualTo(256);
  }

  @Test
  void refusesAModelWithoutASequence() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                open(
                    new GraphWriter("fixed")
                        .input("x", GraphWriter.FLOAT, "batch", 4)
                        .weights("w", 4, 3)
                        .node("MatMul", "y", "x", "w")
                        .output("y", GraphWriter.FLOAT, "batch", 3)))
        .withMessage(
            "--onnx "
                + directory.resolve("mine.onnx")
                + ": at least one input must have an axis of open size along which a sequence"
                + " runs; found x float[batch, 4]");
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path text = Files.writeString(directory.resolve("text.onnx"), "no model");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(text))
        .withMessageContaining(text + " must be a model that ONNX Runtime runs");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Models.load(getClass().getClassLoader())
                    .open("onnx", "mine", EXAMPLES.resolve("sums.onnx"), "features=3"))
        .withMessageContaining("must have no options, found 'features=3'");
  }

  @Test
  void saysWhereTheVocabularyIsSmallerThanItsLogits() throws IOException {
    Session session =
        open(new GraphWriter("few")
                .input("ids", GraphWriter.INT64, "n", "l")
                .weights("embedding", 10, 64)
                .node("Gather", "out", "embedding", "ids")
                .output("out", GraphWriter.FLOAT, "n", "l", 64))
            .create(ModelShape.DEFAULT, 1)
            .open(4);

    assertThatThrownBy(() -> session.prefill(new int[] {1, 60}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer than 64 tokens: --shape vocab=N");
  }

  @Test
  void theRuntimeHasNoAddressToSendAnythingTo() throws IOException {
    try (InputStream library =
        OnnxSourceTest.class.getResourceAsStream(
            "/ai/onnxruntime/native/linux-x64/libonnxruntime.so")) {
      assertThat(new String(library.readAllBytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain("events.data.microsoft.com");
    }
  }
}
