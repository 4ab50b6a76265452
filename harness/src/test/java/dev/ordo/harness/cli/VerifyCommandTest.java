package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {

  private static final Path GOLDEN = Path.of("..", "models", "src", "test", "resources", "golden");
  private static final String MODEL = "model.safetensors";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ordo(String... args) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void allReferenceFoldersPass() throws IOException {
    List<String> args = new ArrayList<>(List.of("verify"));
    try (Stream<Path> folders = Files.list(GOLDEN)) {
      folders.map(Path::toString).sorted().forEach(args::add);
    }
    assertThat(args).hasSizeGreaterThan(11);
    assertThat(ordo(args.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.FINE);
    assertThat(err.toString()).isEmpty();
    // Every folder has more gradients than this, and each model of its type a row for each.
    assertThat(rows("pass")).isGreaterThan(10L * args.size());
    assertThat(rows("FAIL")).isZero();
    assertThat(out.toString()).doesNotContain("not checked");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void aChangedWeightFails() throws IOException {
    copy("rnn");
    byte[] bytes = Files.readAllBytes(folder.resolve(MODEL));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    // The first tensor of the file: the embedding.
    int first = 8 + (int) buffer.getLong(0);
    for (int i = 0; i < 61 * 32; i++) {
      buffer.putFloat(first + 4 * i, buffer.getFloat(first + 4 * i) + 0.01f);
    }
    Files.write(folder.resolve(MODEL), bytes);
    assertThat(ordo("verify", folder.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).containsPattern("logits .* FAIL");
  }

  @Test
  void aToleranceOfItsOwnDecides() {
    assertThat(ordo("verify", "--tolerance", "1e-12", golden("gpt2"))).isEqualTo(1);
    assertThat(out.toString()).containsPattern("logits .* FAIL").containsPattern("greedy .* pass");
    assertThat(ordo("verify", "--tolerance", "NaN", golden("gpt2"))).isEqualTo(2);
    assertThat(err.toString()).contains("tolerance (NaN) must be finite").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9999999999|header length: expected 2..",
        "-1|header length: expected 2..",
        "0|header length: expected 2.."
      })
  void refusesAHeaderThatIsLongerThanTheFile(long length, String message) throws IOException {
    copy("gpt2");
    byte[] bytes = Files.readAllBytes(folder.resolve(MODEL));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Files.write(folder.resolve(MODEL), bytes);
    refuses(MODEL + ": " + message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, 20000})
  void refusesACutFile(int length) throws IOException {
    for (String file : List.of(MODEL, "expected.safetensors")) {
      copy("mamba");
      byte[] bytes = Files.readAllBytes(folder.resolve(file));
      Files.write(folder.resolve(file), Arrays.copyOf(bytes, length));
      refuses(file + ": ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "[1]|[0,4000000000]|data_offsets: expected 4 bytes",
        "[1]|[4,8]|data_offsets: expected",
        "[1]|[8,4]|data_offsets: expected [begin, end]",
        "[4294967296,4294967296]|[0,4]|shape: expected fewer than",
        "[2147483640,2147483640,2147483640]|[0,4]|shape: expected fewer than",
        "[9223372036854775807]|[0,4]|shape: expected fewer than",
        "[99999999999999999999]|[0,4]|a number that does not fit 64 bits",
        "[-1]|[0,4]|shape: expected an array of numbers that are not negative"
      })
  void refusesOffsetsOutsideTheFileAndSizesThatOverflow(
      String shape, String offsets, String message) throws IOException {
    copy("rnn");
    byte[] header =
        ("{\"w\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(12 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(folder.resolve(MODEL), bytes.putLong(header.length).put(header).array());
    refuses(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"model_type\": \"gpt3\"}', 'unknown model_type ''gpt3''; known: gpt2, '",
    "'{\"model_type\": \"a\\nb\"}', unknown model_type 'a?b'",
    "'{\"model_type\": \"rnn\"}', 'field ''hidden_size'': expected a whole number, found none'",
    "'{\"model_type\": \"rnn\", \"hidden_size\": 4e9}', field 'hidden_size'",
    "'{', config.json: expected a JSON object"
  })
  void refusesAConfigurationInOneLine(String config, String message) throws IOException {
    copy("rnn");
    Files.writeString(folder.resolve("config.json"), config);
    refuses(message);
  }

  @Test
  void refusesAFolderWithoutExpectedOutputs() throws IOException {
    copy("rnn");
    Files.copy(
        folder.resolve(MODEL),
        folder.resolve("expected.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    refuses("expected.safetensors: tensor 'input_ids': expected a tensor of that name");
    Files.delete(folder.resolve("expected.safetensors"));
    refuses("expected.safetensors: expected a file, found none");
  }

  @Test
  void verifiesTheOtherFoldersWhereOneIsUnreadable() {
    assertThat(ordo("verify", folder.toString(), golden("rnn"))).isEqualTo(2);
    assertThat(err.toString()).contains("config.json: expected a file").hasLineCount(1);
    assertThat(rows("pass")).isEqualTo(16);
  }

  @Test
  void asksForAFolder() {
    assertThat(ordo("verify")).isEqualTo(2);
    assertThat(err.toString()).contains("DIR").hasLineCount(1);
  }

  private void refuses(String message) {
    err.getBuffer().setLength(0);
    assertThat(ordo("verify", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString())
        .startsWith("ordo: " + folder)
        .contains(message)
        .hasLineCount(1)
        .hasSizeLessThan(700);
    assertThat(out.toString()).isEmpty();
  }

  private static String golden(String type) {
    return GOLDEN.resolve(type).toString();
  }

  private long rows(String result) {
    return out.toString().lines().filter(line -> line.endsWith("  " + result)).count();
  }

  private void copy(String type) throws IOException {
    for (String file : List.of("config.json", MODEL, "expected.safetensors")) {
      Files.write(folder.resolve(file), Files.readAllBytes(GOLDEN.resolve(type).resolve(file)));
    }
  }
}
