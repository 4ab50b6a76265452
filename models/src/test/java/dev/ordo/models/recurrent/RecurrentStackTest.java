package dev.ordo.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Golden;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configurations and weight files of recurrent networks may say. */
class RecurrentStackTest {

  private static final ModelShape SHAPE = new ModelShape(5, 2, 1, 16, 7);
  private static final int[] TOKENS = {3, 0, 6, 6, 1, 2};
  private static final String CONFIG =
      "{\"model_type\": \"@\", \"hidden_size\": 5, \"num_hidden_layers\": 2, \"vocab_size\": 7#}";

  @TempDir private Path folder;

  private static Tensors weights(String type) {
    return RecurrentStack.random(SHAPE, gates(type), 3);
  }

  private static int gates(String type) {
    return type.equals("rnn") ? 1 : type.equals("lstm") ? 4 : 3;
  }

  private static ModelProvider provider(String type) {
    return Models.load(RecurrentStackTest.class.getClassLoader()).get(type);
  }

  private Checkpoint checkpoint(String type, String fields, Tensors weights) throws IOException {
    Files.writeString(
        folder.resolve("config.json"), CONFIG.replace("@", type).replace("#", fields));
    write(folder.resolve("model.safetensors"), weights);
    return Checkpoint.open(folder);
  }

  /** Returns other weights: what the change makes of each, dropped where it makes nothing. */
  private static Tensors changed(Tensors weights, BiFunction<String, float[], float[]> change) {
    Tensors.Builder builder = Tensors.builder("test");
    for (String name : weights.names()) {
      int[] shape = weights.shape(name);
      float[] values = change.apply(name, weights.get(name, shape));
      if (values != null) {
        builder.put(name, values, shape);
      }
    }
    return builder.build();
  }

  private static Tensors without(Tensors weights, String start) {
    return changed(weights, (name, values) -> name.startsWith(start) ? null : values);
  }

  private static Tensors zeroed(Tensors weights, String start) {
    return changed(
        weights, (name, values) -> name.startsWith(start) ? new float[values.length] : values);
  }

  private void assertSame(String type, String fields, Tensors weights, Tensors full)
      throws IOException {
    float[] expected = logits(provider(type).load(checkpoint(type, "", full)));
    Checkpoint checkpoint = checkpoint(type, fields, weights);
    Golden.assertClose(logits(provider(type).load(checkpoint)), expected, 1e-6);
    Training training = provider(type).training(checkpoint);
    float loss = training.step(new int[][] {TOKENS});
    double expectedLoss = Golden.crossEntropy(expected, TOKENS);
    Golden.assertClose(new float[] {loss}, new float[] {(float) expectedLoss}, 1e-5);
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(weights.names());
  }

  private static float[] logits(SequenceModel model) {
    float[] logits = new float[TOKENS.length * 7];
    model.open(TOKENS.length).score(TOKENS, logits);
    return logits;
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void biasesMayBeAbsent(String type) throws IOException {
    Tensors full = zeroed(weights(type), "rnn.bias");
    Tensors none = without(full, "rnn.bias");
    assertSame(type, "", none, full);
    assertSame(type, ", \"bias\": false", none, full);
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void aHeadThatIsAbsentIsTheEmbedding(String type) throws IOException {
    Tensors weights = weights(type);
    float[] embedding = weights.get("embedding.weight", 7, 5);
    Tensors full =
        changed(weights, (name, values) -> name.equals("head.weight") ? embedding : values);
    assertSame(type, ", \"tie_word_embeddings\": true", without(full, "head"), full);
  }

  @ParameterizedTest
  @CsvSource({"rnn", "lstm", "gru"})
  void aHeadMayHaveABias(String type) throws IOException {
    float[] bias = {1, -2, 3, 0, 5, 0.5f, -1};
    Tensors plain = weights(type);
    Tensors.Builder builder = Tensors.builder("test").put("head.bias", bias, 7);
    for (String name : plain.names()) {
      builder.put(name, plain.get(name, plain.shape(name)), plain.shape(name));
    }
    float[] expected = logits(provider(type).load(checkpoint(type, "", plain)));
    for (int i = 0; i < expected.length; i++) {
      expected[i] += bias[i % 7];
    }
    Checkpoint checkpoint = checkpoint(type, "", builder.build());
    Golden.assertClose(logits(provider(type).load(checkpoint)), expected, 1e-6);
    Training training = provider(type).training(checkpoint);
    assertThat(training.step(new int[][] {TOKENS}))
        .isCloseTo((float) Golden.crossEntropy(expected, TOKENS), within(1e-5f));
    assertThat(training.gradient("head.bias")).hasSize(7).doesNotContain(0);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"bidirectional\": true', field 'bidirectional'",
    "'\"proj_size\": 3', 'field ''proj_size'': expected 0'",
    "'\"input_size\": 4', 'field ''input_size'': expected hidden_size (5)'",
    "'\"embedding_size\": 6', 'field ''embedding_size'''",
    "'\"bias\": false', 'tensor ''rnn.bias_ih_l0'': expected none'",
    "'\"bias\": 1', field 'bias'"
  })
  void refusesWhatIsNotImplementedOrNotTrue(String field, String message) throws IOException {
    for (String type : new String[] {"rnn", "lstm", "gru"}) {
      Checkpoint checkpoint = checkpoint(type, ", " + field, weights(type));
      assertThatThrownBy(() -> provider(type).load(checkpoint))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> provider(type).training(checkpoint))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rnn.bias, ', \"bias\": true', 'tensor ''rnn.bias_ih_l0'': expected one'",
    "head, ', \"tie_word_embeddings\": false', 'tensor ''head.weight'': expected one'",
    "rnn.bias_ih_l1, '', rnn.bias_ih_l1",
    "rnn.bias_ih_l0, '', rnn.bias_ih_l0",
    "rnn.weight_hh_l1, '', rnn.weight_hh_l1",
    "embedding, '', embedding.weight"
  })
  void refusesMissingTensors(String start, String fields, String message) throws IOException {
    for (String type : new String[] {"rnn", "lstm", "gru"}) {
      Checkpoint checkpoint = checkpoint(type, fields, without(weights(type), start));
      assertThatThrownBy(() -> provider(type).load(checkpoint))
          .isInstanceOfAny(CheckpointException.class, IllegalArgumentException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> provider(type).training(checkpoint)).hasMessageContaining(message);
    }
  }

  private static void write(Path file, Tensors tensors) throws IOException {
    StringJoiner header = new StringJoiner(",", "{", "}");
    int bytes = 0;
    for (String name : tensors.names()) {
      int[] shape = tensors.shape(name);
      int end = bytes + 4 * Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      header.add(
          "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(name, Arrays.toString(shape), bytes, end));
      bytes = end;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(text.length).put(text);
    for (String name : tensors.names()) {
      for (float value : tensors.get(name, tensors.shape(name))) {
        buffer.putFloat(value);
      }
    }
    Files.write(file, buffer.array());
  }
}
