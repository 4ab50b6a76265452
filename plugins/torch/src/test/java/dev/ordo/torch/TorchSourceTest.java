package dev.ordo.torch;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchSourceTest {

  private static final Path EXAMPLES = Path.of("../../docs/examples");
  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @TempDir private Path directory;

  private static ModelProvider open(Path file, String options) throws IOException {
    return Models.load(TorchSourceTest.class.getClassLoader())
        .open("torchscript", "mine", file, options);
  }

  private static SequenceModel model(String example, String options) throws IOException {
    return open(EXAMPLES.resolve(example), options == null ? "" : options)
        .create(ModelShape.DEFAULT, 1);
  }

  private ModelProvider forward(String forward) throws IOException {
    return open(
        Files.write(
            directory.resolve("mine.pt"),
            new ArchiveWriter("Mine").parameter("w", 8, 8).file(forward)),
        "");
  }

  @Test
  void examplesAreWhatTheGeneratorMakes() throws IOException {
    for (Map.Entry<String, byte[]> model : ExampleArchives.all().entrySet()) {
      assertThat(EXAMPLES.resolve(model.getKey())).hasBinaryContent(model.getValue());
    }
  }

  @Test
  void phasesFollowFromTheForwardMethod() throws IOException {
    assertThat(open(EXAMPLES.resolve("sums.pt"), "").phases())
        .containsExactlyInAnyOrder(Phase.PREFILL, Phase.GENERATE);
    assertThat(open(EXAMPLES.resolve("elman.pt"), "features=8").phases())
        .containsExactlyInAnyOrder(Phase.PREFILL, Phase.DECODE);
    assertThat(open(EXAMPLES.resolve("elman.pt"), "features=8").description())
        .isEqualTo(
            "TorchScript model elman.pt, reads rows of 8 numbers, keeps a state between steps");
  }

  @ParameterizedTest
  @CsvSource({"sums.pt,", "elman.pt, features=8"})
  void steppingEqualsThePrefillOfAll(String example, String options) throws IOException {
    SequenceModel model = model(example, options);
    int[] tokens = Tokens.random(20, 256, 3);
    Session parallel = model.open(20);
    Session stepping = model.open(20);
    stepping.prefill(Arrays.copyOf(tokens, 7));

    float[] stepped = {};
    for (int i = 7; i < 20; i++) {
      stepped = stepping.step(tokens[i]);
    }

    assertThat(stepped).isNotEmpty().containsExactly(parallel.prefill(tokens), CLOSE);
    assertThat(stepping.length()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({"sums.pt,", "elman.pt, features=8"})
  void aStepThatIsTakenBackLeavesNoTrace(String example, String options) throws IOException {
    Session session = model(example, options).open(20);
    session.prefill(Tokens.random(12, 256, 3));
    float[] first = session.step(5).clone();

    for (int again = 0; again < 4; again++) {
      session.rewind();
      assertThat(session.length()).isEqualTo(12);
      session.step(9);
      session.rewind();
      assertThat(session.step(5)).containsExactly(first);
    }
  }

  @Test
  void theStateIsWhatTheForwardMethodReturns() throws IOException {
    Session session = model("elman.pt", "features=8").open(20);

    session.prefill(Tokens.random(12, 256, 3));

    assertThat(session.stateBytes()).isEqualTo(4 * 32);
  }

  @Test
  void generatesTokensOfTheVocabulary() throws IOException {
    int[] output = new int[12];

    open(EXAMPLES.resolve("sums.pt"), "")
        .create(ModelShape.of("vocab=50"), 1)
        .open(13)
        .generate(new int[] {1}, output);

    assertThat(Arrays.stream(output)).allMatch(token -> token >= 0 && token < 50);
  }

  @Test
  void saysWhereTheVocabularyIsSmaller() throws IOException {
    Session session =
        open(EXAMPLES.resolve("sums.pt"), "").create(ModelShape.of("vocab=300"), 1).open(4);

    assertThatThrownBy(() -> session.prefill(new int[] {1, 299}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer than 300 tokens: --shape vocab=N");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pt"), "no model");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(text, ""))
        .withMessage("--torchscript " + text + " must be a TorchScript archive, found no zip file");
  }

  @Test
  void refusesUnknownOptions() {
    for (String option : new String[] {"features=0", "features=x", "width=8"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> open(EXAMPLES.resolve("sums.pt"), option))
          .withMessageEndingWith(
              "must have no option but features=N, N in 1..999999, found '" + option + "'");
    }
  }

  @Test
  void refusesMethodsThatItCannotCall() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> forward("x: Tensor,\nmask: Tensor) -> Tensor:\nreturn x"))
        .withMessageEndingWith(
            "forward must take a tensor, and after it only what has a default, found forward(x:"
                + " Tensor, mask: Tensor) -> Tensor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> forward("xs: List[Tensor]) -> Tensor:\nreturn xs[0]"))
        .withMessageContaining("found forward(xs: List[Tensor]) -> Tensor");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> forward("x: Tensor) -> Dict[str, Tensor]:\nreturn {}"))
        .withMessageEndingWith("a tuple that begins with one, found Dict[str, Tensor]");
  }
}
