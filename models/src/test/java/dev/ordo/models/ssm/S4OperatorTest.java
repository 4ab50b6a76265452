package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of configurations that the reference folders do not have. */
class S4OperatorTest {

  private static final int D = 6;
  private static final int HALF = 2;

  @TempDir private Path folder;

  /** Writes a checkpoint whose state space has the given options. */
  private S4Operator operator(Spaces spaces, String fields, int attuned) throws IOException {
    SpaceOptions options = spaces.options;
    RandomTensors drawn = new RandomTensors(2);
    drawn
        .normal("layer.D", 1, 1, options.width())
        .uniform("output_linear.0.weight", 0.5, 2 * options.width(), options.width())
        .uniform("output_linear.0.bias", 0.5, 2 * options.width());
    int half = options.half();
    put(drawn, spaces, "A_real", options.copies(), half);
    put(drawn, spaces, "A_imag", options.copies(), half);
    put(drawn, spaces, "B", 1, options.copies(), half, 2);
    put(drawn, spaces, "C", 1, options.width(), half, 2);
    put(drawn, spaces, "inv_dt", options.width(), options.tied() ? 1 : half);
    if (options.lowRank()) {
      put(drawn, spaces, "P", 1, options.copies(), half, 2);
      drawn.constant("layer.kernel.l_kernel", attuned);
    }
    write(drawn.build(), folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("config.json"),
        "{\"model_type\": \"%s\", \"d_model\": %d, \"d_state\": %d%s}"
            .formatted(options.lowRank() ? "s4" : "s4d", options.width(), 2 * half, fields));
    return S4Operator.load(Checkpoint.open(folder));
  }

  private static void put(RandomTensors to, Spaces spaces, String name, int... shape) {
    float[] values = spaces.stored.get(name);
    to.fill("layer.kernel." + name, i -> values[i], shape);
  }

  private static void write(Tensors tensors, Path file) throws IOException {
    StringBuilder header = new StringBuilder("{");
    int bytes = 0;
    for (String name : tensors.names()) {
      int[] shape = tensors.shape(name);
      int size = 4 * tensors.get(name, shape).length;
      header
          .append(header.length() > 1 ? "," : "")
          .append(
              "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                  .formatted(name, Arrays.toString(shape), bytes, bytes + size));
      bytes += size;
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(8 + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json);
    for (String name : tensors.names()) {
      for (float value : tensors.get(name, tensors.shape(name))) {
        buffer.putFloat(value);
      }
    }
    Files.write(file, buffer.array());
  }

  private static float[] input(int length) {
    float[] u = new float[D * length];
    for (int i = 0; i < u.length; i++) {
      u[i] = (float) Math.sin(1.3 * i);
    }
    return u;
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, true, false, ''",
    "true, 3, true, false, ', \"n_ssm\": 3, \"bidirectional\": false'",
    "true, 6, false, false, ', \"dt_tie\": false, \"rank\": 1, \"channels\": 1'",
    "false, 2, true, true, ', \"n_ssm\": 2, \"disc\": \"bilinear\"'",
    "false, 1, false, false, ', \"n_ssm\": 1, \"dt_tie\": false'"
  })
  void bothFormsAgreeWhateverIsStoredHow(
      boolean lowRank, int copies, boolean tied, boolean bilinear, String fields)
      throws IOException {
    SpaceOptions options = Spaces.options(D, 2 * HALF, lowRank, copies, tied, lowRank || bilinear);
    String given = fields.contains("n_ssm") ? fields : fields + ", \"n_ssm\": " + copies;
    Spaces spaces = new Spaces(options, 3);
    S4Operator operator = operator(spaces, given, 0);
    float[] u = input(21);
    Golden.assertClose(operator.step(u), operator.convolve(u), 5e-6);
    if (lowRank) {
      float[] kernel = operator.kernel(21);
      for (int c = 0; c < D; c++) {
        double[] expected = new DenseSpace(spaces.values(), c).kernel(21, 0);
        float[] floats = new float[21];
        for (int t = 0; t < 21; t++) {
          floats[t] = (float) expected[t];
        }
        Golden.assertClose(Arrays.copyOfRange(kernel, c * 21, (c + 1) * 21), floats, 5e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConvolutionLeavesItsKernelOffAtTheGreatestLength(boolean lowRank) throws IOException {
    SpaceOptions options = Spaces.options(D, 2 * HALF, lowRank, D, true, lowRank);
    S4Operator operator = operator(new Spaces(options, 3), ", \"l_max\": 8", 0);
    assertThat(operator.longest()).isEqualTo(8);
    float[] impulse = new float[D * 20];
    for (int c = 0; c < D; c++) {
      impulse[c * 20] = 1;
    }
    float[] convolved = operator.convolve(impulse);
    float[] stepped = operator.step(impulse);
    float[] silence = operator.convolve(new float[D * 20]);
    for (int c = 0; c < D; c++) {
      for (int t = 0; t < 20; t++) {
        float expected = t < 8 ? stepped[c * 20 + t] : silence[c * 20 + t];
        assertThat(convolved[c * 20 + t]).isCloseTo(expected, within(1e-5f));
      }
    }
    Map<String, float[]> gradients = operator.gradients(impulse, impulse, 20);
    assertThat(gradients.get("u")).hasSize(impulse.length).doesNotContain(Float.NaN);
  }

  /** The gradient depends on the length for which C is kept, as it does in the reference. */
  @ParameterizedTest
  @CsvSource({"0, 5", "5, 5", "3, 12", "7, 7", "16, 16"})
  void gradientsAreThoseOfTheAttunedOutput(int attuned, int points) throws IOException {
    SpaceOptions options = Spaces.options(D, 2 * HALF, true, D, true, true);
    Spaces spaces = new Spaces(options, 3);
    S4Operator operator = operator(spaces, "", attuned);
    int length = points == 12 ? 10 : 5;
    float[] u = input(length);
    float[] dy = new float[u.length];
    Arrays.fill(dy, 1);
    float[] gradient = operator.gradients(u, dy, length).get("layer.kernel.A_imag");
    // What C̃ is at that number of points, as a checkpoint that is attuned to it.
    double[][] output = new DplrSpace(spaces.values(), attuned).attunedTo(points);
    float[] c = spaces.stored.get("C");
    for (int i = 0; i < c.length; i++) {
      c[i] = (float) output[i % 2][i / 2];
    }
    float[] expected = new float[gradient.length];
    float[] values = spaces.stored.get("A_imag");
    for (int i = 0; i < values.length; i++) {
      float value = values[i];
      values[i] = value + 0.01f;
      double above = sum(operator(spaces, "", points).convolve(u));
      values[i] = value - 0.01f;
      double below = sum(operator(spaces, "", points).convolve(u));
      values[i] = value;
      expected[i] = (float) ((above - below) / 0.02);
    }
    Golden.assertClose(gradient, expected, 2e-3);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0.5f, 1e9f, Float.NaN})
  void rejectsAnAttunedLengthThatIsNone(float length) throws IOException {
    SpaceOptions options = Spaces.options(D, 2 * HALF, true, D, true, true);
    Spaces spaces = new Spaces(options, 3);
    operator(spaces, "", 0);
    Tensors weights = Tensors.read(folder.resolve("model.safetensors"));
    Tensors.Builder changed = Tensors.builder("changed");
    for (String name : weights.names()) {
      int[] shape = weights.shape(name);
      boolean changes = name.endsWith("l_kernel");
      changed.put(name, changes ? new float[] {length} : weights.get(name, shape), shape);
    }
    write(changed.build(), folder.resolve("model.safetensors"));
    assertThatThrownBy(() -> S4Operator.load(Checkpoint.open(folder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("l_kernel", "expected a whole number in 0..");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"bandlimit\": 0.5', bandlimit",
    "'\"dt_fast\": true', dt_fast",
    "'\"is_real\": true', is_real",
    "'\"disc\": \"dss\"', disc",
    "'\"dt_transform\": \"tanh\"', dt_transform",
    "'\"real_transform\": \"relu6\"', real_transform",
    "'\"activation\": \"relu\"', activation",
    "'\"final_act\": \"id\"', final_act",
    "'\"mult_act\": \"gelu\"', mult_act",
    "'\"transposed\": false', transposed",
    "'\"bottleneck\": 2', bottleneck"
  })
  void rejectsWhatItDoesNotCompute(String field, String name) {
    SpaceOptions options = Spaces.options(D, 2 * HALF, false, D, true, false);
    assertThatThrownBy(() -> operator(new Spaces(options, 3), ", " + field, 0))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContainingAll(folder.toString(), name);
  }

  @Test
  void aModelWithAVocabularyIsNoBlock() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"s4\"}");
    assertThat(S4Operator.loads(Checkpoint.open(folder))).isTrue();
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"s4\", \"vocab_size\": 7}");
    assertThat(S4Operator.loads(Checkpoint.open(folder))).isFalse();
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt2\"}");
    assertThat(S4Operator.loads(Checkpoint.open(folder))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"s4, true", "s4d, false"})
  void modelsOfCheckpointsAreThoseTheyWereWrittenFrom(String type, boolean lowRank)
      throws IOException {
    ModelShape shape = new ModelShape(8, 2, 1, 4, 11);
    write(S4.random(shape, 3, lowRank), folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("config.json"),
        ("{\"model_type\": \"%s\", \"d_model\": 8, \"d_state\": 4, \"n_layers\": 2,"
                + " \"vocab_size\": 11, \"l_max\": 16}")
            .formatted(type));
    Checkpoint checkpoint = Checkpoint.open(folder);
    int[] tokens = {1, 10, 3, 0};
    assertThat(S4.load(checkpoint, lowRank).open(4).prefill(tokens))
        .isEqualTo(S4.create(shape, 3, lowRank).open(4).prefill(tokens));
    assertThat(S4.training(checkpoint, lowRank).step(new int[][] {tokens}))
        .isEqualTo(S4.training(shape, 3, 16, lowRank).step(new int[][] {tokens}));
  }
}
