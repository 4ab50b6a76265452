package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelsTest {

  private static final Models BUILT_IN = Models.load(ModelsTest.class.getClassLoader());

  @TempDir private Path folder;

  /** A provider that is not built in. */
  public static class Plugin implements ModelProvider {

    private final String id;

    /** Makes a provider with a good id. */
    public Plugin() {
      this("plug-in.1");
    }

    Plugin(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String description() {
      return "a plug-in";
    }

    @Override
    public SequenceModel create(ModelShape shape, long seed) {
      throw new IllegalArgumentException("there is no such model");
    }
  }

  /** A provider whose id has a capital letter. */
  public static final class BadId extends Plugin {
    /** Makes the provider. */
    public BadId() {
      super("Plug");
    }
  }

  /** A provider without an id. */
  public static final class NoId extends Plugin {
    /** Makes the provider. */
    public NoId() {
      super(null);
    }
  }

  /** A provider that claims the id of a built-in one. */
  public static final class Duplicate extends Plugin {
    /** Makes the provider. */
    public Duplicate() {
      super("transformer");
    }
  }

  @Test
  void findsTheBuiltInModels() {
    assertThat(BUILT_IN.ids())
        .contains("gru", "llama-kv", "lstm", "mamba", "mamba2", "rnn", "s4", "s4d", "transformer")
        .contains("marian", "marian-kv", "t5", "t5-kv");
    assertThat(BUILT_IN.get("transformer").id()).isEqualTo("transformer");
  }

  @Test
  void anUnknownIdNamesTheKnownOnes() {
    assertThatThrownBy(() -> BUILT_IN.get("transformers"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown model 'transformers'; known models: ")
        .hasMessageContaining("transformer, transformer-full, transformer-kv");
  }

  @Test
  void findsPlugins() throws IOException {
    try (URLClassLoader loader = loader(Plugin.class.getName())) {
      assertThat(Models.load(loader).ids()).contains("plug-in.1", "transformer");
    }
  }

  @Test
  void rejectsBadIds() throws IOException {
    try (URLClassLoader loader = loader(BadId.class.getName())) {
      assertThatThrownBy(() -> Models.load(loader))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("'Plug'", BadId.class.getName(), "must match");
    }
    try (URLClassLoader loader = loader(NoId.class.getName())) {
      assertThatThrownBy(() -> Models.load(loader)).hasMessageContaining("model id 'null'");
    }
  }

  @Test
  void rejectsAnIdThatIsClaimedTwice() throws IOException {
    try (URLClassLoader loader = loader(Duplicate.class.getName())) {
      assertThatThrownBy(() -> Models.load(loader))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("'transformer' is claimed by both", Duplicate.class.getName());
    }
  }

  @Test
  void rejectsAProviderThatCannotBeLoaded() throws IOException {
    try (URLClassLoader loader = loader("no.such.Provider")) {
      assertThatThrownBy(() -> Models.load(loader))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no.such.Provider");
    }
  }

  static Iterable<String> builtIn() {
    return BUILT_IN.ids();
  }

  @ParameterizedTest
  @MethodSource("builtIn")
  void everyBuiltInModelKeepsTheContract(String id) {
    ModelProvider provider = BUILT_IN.get(id);
    assertThat(provider.description()).isNotBlank().hasLineCount(1);
    ModelShape shape = new ModelShape(16, 2, 2, 4, 20);
    SequenceModel model = provider.create(shape, 1);
    assertThat(model.shape()).isEqualTo(shape);
    for (Phase phase : provider.phases()) {
      assertThat(provider.cost(shape, phase).orElseThrow().flops().at(10)).isPositive();
    }
    int[] tokens = Tokens.random(10, 20, 1);
    float[] scores = new float[10 * 20];
    Session session = model.open(11);
    session.score(tokens, scores);
    // What reads a source apart from its target has a logit of the first token alone after it.
    int row = model.promptLength(10) == 1 ? 9 : 0;
    float[] last = Arrays.copyOfRange(scores, row * 20, (row + 1) * 20);
    Golden.assertClose(session.prefill(tokens), last);
    float[] next = session.step(3).clone();
    session.rewind();
    assertThat(session.length()).isEqualTo(10);
    Golden.assertClose(session.step(3), next);
    Golden.assertClose(provider.create(shape, 1).open(10).prefill(tokens), last);
    assertThat(session.stateBytes()).isPositive();
  }

  static Iterable<String> trained() {
    return BUILT_IN.ids().stream()
        .filter(id -> BUILT_IN.get(id).phases().contains(Phase.TRAIN))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("trained")
  void everyTrainingKeepsWhatTheorySaysAndStartsWhereTheModelStands(String id) {
    ModelProvider provider = BUILT_IN.get(id);
    ModelShape shape = new ModelShape(16, 2, 2, 4, 20);
    for (int length : new int[] {2, 9, 70}) {
      int[][] row = {Tokens.random(length, 20, 1)};
      Training training = provider.training(shape, 1, length);
      assertThat(training.keptBytes()).isZero();
      float loss = training.step(row);
      // Weights near nothing predict all tokens alike; none of these models starts far from that.
      assertThat(loss).isBetween(0.5f, 12f);
      // Code that is compiled meanwhile may add in another order.
      assertThat(training.step(row))
          .as("parameters stay as they are")
          .isCloseTo(loss, within(1e-4f));
      assertThat((double) training.keptBytes())
          .isEqualTo(provider.cost(shape, Phase.TRAIN).orElseThrow().stateBytes().at(length));
      for (String name : training.names()) {
        assertThat(training.gradient(name)).as(name).hasSameSizeAs(training.parameter(name));
        assertThat(training.gradient(name)).as(name).doesNotContain(Float.NaN);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("trained")
  void parametersAreAsManyAsTrainingHas(String id) {
    ModelProvider provider = BUILT_IN.get(id);
    ModelShape shape = new ModelShape(16, 2, 2, 4, 20);
    Training training = provider.training(shape, 1, 8);
    long count = 0;
    for (String name : training.names()) {
      // A table of positions is as long as what is read.
      count += name.endsWith("wpe.weight") ? 0 : training.parameter(name).length;
    }
    assertThat(provider.parameters(shape)).hasValue(count);
  }

  @ParameterizedTest
  @MethodSource("trained")
  void aStepAgainstTheGradientLowersTheLoss(String id) {
    ModelProvider provider = BUILT_IN.get(id);
    int[][] rows = {Tokens.random(12, 20, 1), Tokens.random(12, 20, 2)};
    Training training = provider.training(new ModelShape(16, 2, 2, 4, 20), 1, 12);
    float before = training.step(rows);
    double squares = 0;
    for (String name : training.names()) {
      for (float slope : training.gradient(name)) {
        squares += slope * slope;
      }
    }
    // Small enough for the first order to hold: the loss falls by a hundredth, as it says.
    double rate = 0.01 / squares;
    for (String name : training.names()) {
      float[] values = training.parameter(name);
      float[] slopes = training.gradient(name);
      for (int i = 0; i < values.length; i++) {
        values[i] -= (float) (rate * slopes[i]);
      }
    }
    assertThat(before - training.step(rows)).isBetween(0.005f, 0.015f);
  }

  @ParameterizedTest
  @MethodSource("trained")
  void aTrainingRefusesRowsOfTheWrongShape(String id) {
    Training training = BUILT_IN.get(id).training(new ModelShape(16, 2, 2, 4, 20), 1, 4);
    assertThatThrownBy(() -> training.step(new int[0][]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> training.step(new int[][] {{1, 2, 3}, {1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> training.step(new int[][] {{1, 20}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> training.gradient("no such parameter"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no such parameter");
  }

  private URLClassLoader loader(String provider) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(ModelProvider.class.getName()), provider + "\n");
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, ModelsTest.class.getClassLoader());
  }
}
