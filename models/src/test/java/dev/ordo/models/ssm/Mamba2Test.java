package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.RecurrentContract;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Mamba2Test extends RecurrentContract {

  private final Golden golden = Golden.load("mamba2");

  @TempDir private Path folder;

  Mamba2Test() {
    super(new Mamba2Provider());
  }

  @Test
  void equalsTheReference() throws IOException {
    SequenceModel model = new Mamba2Provider().load(Checkpoint.open(Golden.folder("mamba2")));
    assertEqualsReference(golden, model);
    assertThat(model.shape()).isEqualTo(new ModelShape(32, 2, 8, 16, 61));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7", "24", "256"})
  void theLengthOfAChunkChangesNothing(String chunk) throws IOException {
    assertEqualsReference(golden, changed("\"chunk_size\": 16", "\"chunk_size\": " + chunk));
  }

  @Test
  void limitsOfTheStepHold() throws IOException {
    String infinite = "\"time_step_limit\": [\n  0.0,\n  Infinity\n ]";
    float[] unlimited = prefill(changed(infinite, "\"time_step_limit\": null"));
    Golden.assertClose(prefill(changed("\"chunk_size\": 16", "\"chunk_size\": 16")), unlimited);
    String tagged = "\"time_step_limit\": [0.0, {\"__float__\": \"Infinity\"}]";
    Golden.assertClose(prefill(changed(infinite, tagged)), unlimited);
    float[] still = prefill(changed(infinite, "\"time_step_limit\": [0, 0]"));
    assertThat(still).isNotEqualTo(unlimited);
    // Without a step no state is read or written: the decays mean nothing.
    String key = "backbone.layers.0.mixer.A_log";
    Tensors.Builder other = Tensors.builder("test");
    for (String name : golden.model().names()) {
      int[] shape = golden.model().shape(name);
      float[] values = golden.model().get(name, shape);
      if (name.equals(key)) {
        Arrays.fill(values, 3);
      }
      other.put(name, values, shape);
    }
    Mamba2Sizes sizes = Mamba2Sizes.of(Checkpoint.open(folder));
    assertThat(sizes.longest()).isZero();
    Golden.assertClose(prefill(new Mamba2(other.build(), sizes)), still);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"hidden_act\": \"silu\"|\"hidden_act\": \"gelu\"|'hidden_act'",
        "\"n_groups\": 2|\"n_groups\": 3|expected a divisor of num_heads (8), found 3",
        "\"head_dim\": 8|\"head_dim\": 9|expected expand × hidden_size = 64.0",
        "\"state_size\": 16|\"state_size\": 15|expected an even number, found 15",
        "\"time_step_limit\": [|\"time_step_limit\": [1.0,|expected two numbers, the smaller first",
        "\"chunk_size\": 16|\"chunk_size\": 0|'chunk_size'"
      })
  void refusesWhatIsNotImplemented(String field, String other, String message) {
    assertThatThrownBy(() -> changed(field, other))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  /** The reference gates before the norm, whatever that field of published checkpoints says. */
  @Test
  void readsWhatTheReferenceDoesNotLookAt() throws IOException {
    String bias = "\"use_bias\": false";
    assertThat(prefill(changed(bias, bias + ", \"norm_before_gate\": true")))
        .isEqualTo(prefill(changed(bias, bias)));
  }

  /** Biases of the projections may as well be in those of the steps that follow. */
  @Test
  void biasesOfTheProjectionsAreAdded() {
    Mamba2Sizes sizes =
        new Mamba2Sizes(
            new ModelShape(32, 2, 8, 16, 61),
            8,
            8,
            2,
            4,
            16,
            0,
            Float.POSITIVE_INFINITY,
            true,
            true,
            false,
            1e-5f);
    Tensors.Builder projected = Tensors.builder("test");
    for (String name : golden.model().names()) {
      int[] shape = golden.model().shape(name);
      float[] values = golden.model().get(name, shape);
      if (name.endsWith("dt_bias")) {
        float[] bias = new float[200];
        System.arraycopy(values, 0, bias, 192, 8);
        String mixer = name.substring(0, name.indexOf("dt_bias"));
        projected.put(mixer + "in_proj.bias", bias, 200);
        projected.put(mixer + "out_proj.bias", new float[32], 32);
        values = new float[8];
      }
      projected.put(name, values, shape);
    }
    assertEqualsReference(golden, new Mamba2(projected.build(), sizes));
  }

  @Test
  void randomWeightsStartAsTheAuthorsSay() {
    Mamba2Sizes sizes = Mamba2Sizes.of(ModelShape.DEFAULT);
    assertThat(sizes.headWidth()).isEqualTo(32);
    Tensors weights = Mamba2Weights.random(sizes, 3);
    for (float value : weights.get("backbone.layers.1.mixer.dt_bias", 4)) {
      assertThat(Math.log1p(Math.exp(value))).isBetween(0.00099, 0.1001);
    }
    for (float value : weights.get("backbone.layers.0.mixer.A_log", 4)) {
      assertThat(Math.exp(value)).isBetween(0.999, 16.001);
    }
    assertThat(weights.has("lm_head.weight")).isFalse();
  }

  @Test
  void spanCountsChunks() {
    Mamba2Cost cost = new Mamba2Cost(Mamba2Sizes.of(ModelShape.DEFAULT));
    assertThat(cost.of(Phase.PREFILL).span().at(64)).isEqualTo(2);
    assertThat(cost.of(Phase.PREFILL).span().at(65)).isEqualTo(3);
    assertThat(cost.of(Phase.PREFILL).flops().order()).isEqualTo(Order.LINEAR);
    assertThat(cost.of(Phase.DECODE).span().at(65)).isEqualTo(2);
  }

  @Test
  void bytesHoldEveryWeightOnce() {
    ModelShape shape = new ModelShape(32, 2, 8, 16, 61);
    Tensors weights = Mamba2Weights.random(Mamba2Sizes.of(shape), 1);
    double floats = 61 + 32 + 2 * 2 * 32 + 2 * (64 * 16 + 3 * 96);
    for (String name : weights.names()) {
      floats += Arrays.stream(weights.shape(name)).reduce(1, Math::multiplyExact);
    }
    assertThat(new Mamba2Cost(Mamba2Sizes.of(shape)).of(Phase.PREFILL).bytes().at(1))
        .isEqualTo(4 * floats);
  }

  private float[] prefill(SequenceModel model) {
    return model.open(24).prefill(golden.tokens("input_ids", 0)).clone();
  }

  /** Loads the reference case with a changed configuration. */
  private SequenceModel changed(String field, String other) throws IOException {
    Path from = Golden.folder("mamba2");
    String config = Files.readString(from.resolve("config.json"));
    assertThat(config).contains(field);
    Files.writeString(folder.resolve("config.json"), config.replace(field, other));
    Files.write(
        folder.resolve("model.safetensors"), Files.readAllBytes(from.resolve("model.safetensors")));
    return new Mamba2Provider().load(Checkpoint.open(folder));
  }
}
