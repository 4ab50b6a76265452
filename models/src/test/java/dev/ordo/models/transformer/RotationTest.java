package dev.ordo.models.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.transformer.Rotation.Scaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationTest {

  @TempDir private Path folder;

  private Rotation read(String fields) throws IOException {
    String end = fields.isEmpty() ? "" : ", " + fields;
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llama\"" + end + "}");
    return Rotation.of(Checkpoint.open(folder));
  }

  @Test
  void readsTheConfigurationsOfTheFamily() throws IOException {
    assertThat(read("")).isEqualTo(Rotation.DEFAULT);
    assertThat(read("\"rope_theta\": 500000, \"rope_scaling\": null"))
        .isEqualTo(new Rotation(500_000, Scaling.DEFAULT, 1, 1, 1, 1));
    assertThat(read("\"rope_scaling\": {\"type\": \"linear\", \"factor\": 4.0}"))
        .isEqualTo(new Rotation(10_000, Scaling.LINEAR, 4, 1, 1, 1));
    assertThat(read("\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 1e5}"))
        .isEqualTo(new Rotation(100_000, Scaling.DEFAULT, 1, 1, 1, 1));
    assertThat(read("\"rope_theta\": 2e4, \"rope_parameters\": {}"))
        .isEqualTo(new Rotation(20_000, Scaling.DEFAULT, 1, 1, 1, 1));
    String llama3 =
        "{\"factor\": 32.0, \"high_freq_factor\": 4.0, \"low_freq_factor\": 1.0,"
            + " \"original_max_position_embeddings\": 8192, \"rope_type\": \"llama3\"}";
    Rotation expected = new Rotation(500_000, Scaling.LLAMA3, 32, 1, 4, 8192);
    assertThat(read("\"rope_theta\": 500000.0, \"rope_scaling\": " + llama3)).isEqualTo(expected);
    assertThat(read("\"rope_theta\": 500000.0, \"rope_parameters\": " + llama3))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "yarn, 'rope_scaling.type'': expected default or linear or llama3, which is implemented, found"
        + " yarn'",
    "dynamic, 'found dynamic'",
    "longrope, 'found longrope'",
    "linear, 'field ''rope_scaling.factor'': expected a number, found none'",
    "llama3, 'field ''rope_scaling.low_freq_factor'': expected a number, found none'",
  })
  void refusesWhatItWouldNotCompute(String type, String message) {
    assertThatThrownBy(() -> read("\"rope_scaling\": {\"type\": \"" + type + "\"}"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> read("\"rope_scaling\": 3"))
        .hasMessageContaining("field 'rope_scaling': expected an object, found 3");
    assertThatThrownBy(() -> read("\"rope_theta\": 0"))
        .hasMessageContaining("field 'rope_theta': expected a positive number");
    assertThatThrownBy(
            () ->
                read(
                    "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 2,"
                        + " \"low_freq_factor\": 4, \"high_freq_factor\": 4}"))
        .hasMessageContaining("'rope_scaling.high_freq_factor': expected more than 4.0, found 4.0");
  }

  @Test
  void frequenciesFallFromOneToOneOverTheta() {
    float[] frequencies = Rotation.DEFAULT.frequencies(8);
    assertThat(frequencies).containsExactly(new float[] {1, 0.1f, 0.01f, 0.001f}, within(1e-8f));
    float[] slower = new Rotation(10_000, Scaling.LINEAR, 4, 1, 1, 1).frequencies(8);
    assertThat(slower)
        .containsExactly(new float[] {0.25f, 0.025f, 0.0025f, 0.00025f}, within(1e-8f));
  }

  @Test
  void llama3DividesLongWavesKeepsShortOnesAndGoesBetween() {
    // Wavelengths 6.28, 62.8, 628, 6283 of an old context of 1000: kept below 250, divided above
    // 1000; at 628 the share of what is kept is (1000/628.3 − 1) ÷ (4 − 1) = 0.19718.
    float[] frequencies = new Rotation(10_000, Scaling.LLAMA3, 8, 1, 4, 1000).frequencies(8);
    double share = (1000 / (200 * Math.PI) - 1) / 3;
    float between = (float) (0.01 * (share + (1 - share) / 8));
    assertThat(frequencies)
        .containsExactly(new float[] {1, 0.1f, between, 0.000125f}, within(1e-7f));
  }
}
