package dev.ordo.models.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final String CONFIG =
      "{\"model_type\": \"toy\", \"d\": 32, \"big\": 5000000000, \"epsilon\": 1e-5, \"rate\": 2.0,"
          + " \"tied\": true, \"inner\": null, \"labels\": {\"0\": [false, null, -0.5]}}";

  @TempDir private Path folder;

  private Checkpoint open(String config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);
    return Checkpoint.open(folder);
  }

  @Test
  void readsFieldsOfAllKinds() throws IOException {
    Checkpoint checkpoint = open(CONFIG);
    assertThat(checkpoint.modelType()).isEqualTo("toy");
    assertThat(checkpoint.integer("d")).isEqualTo(32);
    assertThat(checkpoint.size("d")).isEqualTo(32);
    assertThat(checkpoint.number("d")).isEqualTo(32);
    assertThat(checkpoint.number("epsilon")).isEqualTo(1e-5);
    assertThat(checkpoint.epsilon("epsilon", 1)).isEqualTo(1e-5f);
    assertThat(checkpoint.flag("tied", false)).isTrue();
    assertThat(checkpoint.has("tied")).isTrue();
    assertThat(checkpoint.isText("model_type", "toy")).isTrue();
    assertThat(checkpoint.isText("d", "toy")).isFalse();
  }

  @Test
  void whatIsMissingOrNullIsTheOtherValue() throws IOException {
    Checkpoint checkpoint = open(CONFIG);
    assertThat(checkpoint.has("inner")).isFalse();
    assertThat(checkpoint.integer("inner", -7)).isEqualTo(-7);
    assertThat(checkpoint.size("inner", 128)).isEqualTo(128);
    assertThat(checkpoint.number("none", 0.5)).isEqualTo(0.5);
    assertThat(checkpoint.epsilon("none", 1e-6f)).isEqualTo(1e-6f);
    assertThat(checkpoint.text("none", "x")).isEqualTo("x");
    assertThat(checkpoint.flag("inner", true)).isTrue();
  }

  @Test
  void aFieldOfAnotherTypeIsNamedWithWhatWasExpectedAndFound() throws IOException {
    Checkpoint checkpoint = open(CONFIG);
    rejects(() -> checkpoint.integer("none"), "field 'none': expected a whole number, found none");
    rejects(
        () -> checkpoint.integer("inner"), "field 'inner': expected a whole number, found null");
    rejects(
        () -> checkpoint.integer("rate"), "'rate': expected a whole number of 32 bits, found 2.0");
    rejects(
        () -> checkpoint.integer("big"), "expected a whole number of 32 bits, found 5000000000");
    rejects(() -> checkpoint.number("tied"), "field 'tied': expected a number, found true");
    rejects(() -> checkpoint.text("d"), "field 'd': expected text, found 32");
    rejects(() -> checkpoint.flag("d", true), "field 'd': expected true or false, found 32");
    rejects(
        () -> checkpoint.epsilon("rate", 1), "expected a number above 0 and at most 1, found 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1048577", "2147483647"})
  void rejectsAbsurdSizes(String size) throws IOException {
    Checkpoint checkpoint = open("{\"model_type\":\"toy\",\"d\":" + size + "}");
    rejects(() -> checkpoint.size("d"), "field 'd': expected 1..1048576, found " + size);
  }

  @Test
  void refusesWhatIsNotImplemented() throws IOException {
    Checkpoint checkpoint = open(CONFIG);
    checkpoint.require("tied", true);
    checkpoint.require("none", false);
    checkpoint.require("model_type", "other", "toy");
    checkpoint.require("none", "toy");
    rejects(() -> checkpoint.require("tied", false), "field 'tied': expected false");
    rejects(() -> checkpoint.require("model_type", "a", "b"), "expected a or b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "^^|expected a JSON object, found expected '{', found the end at character 0",
        "[]|expected '{', found '['",
        "{\"model_type\":\"x\"|found the end at character 17",
        "{\"model_type\":\"x\"} x|expected the end of the file, found 'x'",
        "{\"model_type\":\"x\",\"a\":01}|a number that is not JSON's at character 22",
        "{\"model_type\":\"x\",\"a\":1.}|a number that is not JSON's at character 22",
        "{\"model_type\":\"x\",\"a\":1e999}|a number that does not fit a double",
        "{\"model_type\":\"x\",\"a\":99999999999999999999}|a number that does not fit 64 bits",
        "{\"model_type\":\"x\",\"a\":NaN}|expected a value, found 'N'",
        "{\"model_type\":\"x\",\"model_type\":\"y\"}|name 'model_type' occurs twice",
        "{}|field 'model_type': expected text, found none",
        "{\"model_type\":3}|field 'model_type': expected text, found 3"
      })
  void rejectsABrokenConfiguration(String config, String message) {
    rejects(() -> open(config), message);
  }

  @Test
  void rejectsAConfigurationThatIsNotUtf8() throws IOException {
    Files.write(folder.resolve("config.json"), new byte[] {'{', (byte) 0xC3, '}'});
    rejects(() -> Checkpoint.open(folder), "expected UTF-8, found other bytes");
  }

  @Test
  void rejectsFoldersAndFilesThatAreNotThere() throws IOException {
    rejects(() -> Checkpoint.open(folder), "config.json: expected a file, found none");
    rejects(() -> Checkpoint.open(folder.resolve("no")), "no: expected a folder, found none");
    Checkpoint checkpoint = open(CONFIG);
    rejects(checkpoint::weights, "model.safetensors: expected a file, found none");
    rejects(
        () -> Checkpoint.open(folder.resolve("config.json")), "expected a folder, found a file");
  }

  @Test
  void readsWeightsFromOneFile() throws IOException {
    tensor("model.safetensors", "w", 3);
    assertThat(open(CONFIG).weights().get("w", 1)).containsExactly(3);
  }

  @Test
  void readsWeightsFromSeveralFiles() throws IOException {
    tensor("model-00001-of-00002.safetensors", "a", 1);
    tensor("model-00002-of-00002.safetensors", "b", 2);
    index("\"a\":\"model-00001-of-00002.safetensors\",\"b\":\"model-00002-of-00002.safetensors\"");
    Tensors weights = open(CONFIG).weights();
    assertThat(weights.names()).containsExactly("a", "b");
    assertThat(weights.get("b", 1)).containsExactly(2);
    assertThatThrownBy(() -> weights.get("c", 1))
        .hasMessageStartingWith(folder.resolve(Shards.INDEX) + ": tensor 'c'");
  }

  @Test
  void rejectsABrokenIndex() throws IOException {
    Checkpoint checkpoint = open(CONFIG);
    tensor("one.safetensors", "a", 1);
    tensor("two.safetensors", "a", 1);
    index("");
    rejects(checkpoint::weights, "field 'weight_map': expected an object of file names");
    index("\"a\":\"../one.safetensors\"");
    rejects(checkpoint::weights, "expected a safetensors file beside it, found ../one.safetensors");
    index("\"a\":7");
    rejects(checkpoint::weights, "expected a safetensors file beside it, found 7");
    index("\"a\":\"three.safetensors\"");
    rejects(checkpoint::weights, "three.safetensors: expected a file, found none");
    index("\"b\":\"one.safetensors\"");
    rejects(checkpoint::weights, "tensor 'b': expected it in one.safetensors, found none");
    index("\"a\":\"one.safetensors\",\"a \":\"two.safetensors\"");
    rejects(checkpoint::weights, "tensor 'a ': expected it in two.safetensors, found none");
  }

  @Test
  void noDamageToAConfigurationCausesAnyOtherFailure() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int rejected = 0;
    for (int round = 0; round < 2000; round++) {
      StringBuilder config = new StringBuilder(CONFIG);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        char c = "0123456789{}[]\",:-\\.eEtfn".charAt(random.nextInt(25));
        config.setCharAt(random.nextInt(config.length()), c);
      }
      Throwable failure = catchThrowable(() -> open(config.toString()).size("d"));
      if (failure != null) {
        assertThat(failure).isInstanceOf(CheckpointException.class);
        assertThat(failure).message().startsWith(folder.toString()).hasLineCount(1);
        rejected++;
      }
    }
    assertThat(rejected).isBetween(500, 1999);
  }

  private void index(String entries) throws IOException {
    Files.writeString(
        folder.resolve(Shards.INDEX),
        "{\"metadata\":{\"total_size\":8.0},\"weight_map\":{" + entries + "}}");
  }

  private void tensor(String file, String name, float value) throws IOException {
    byte[] header =
        ("{\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(12 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).putFloat(value);
    Files.write(folder.resolve(file), bytes.array());
  }

  private void rejects(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }
}
