package dev.ordo.models.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ordo.models.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir private Path folder;

  @Test
  void readsTheReferenceFile() throws IOException {
    Tensors tensors = Tensors.read(Golden.folder("gpt2").resolve("expected.safetensors"));
    assertThat(tensors.names()).contains("logits", "input_ids", "greedy", "loss").hasSize(4 + 28);
    assertThat(tensors.shape("logits")).containsExactly(2, 24, 61);
    assertThat(Arrays.stream(tensors.getLongs("greedy", 12)))
        .allMatch(token -> token >= 0 && token < 61);
    assertThat(tensors.get("loss", 1)[0]).isPositive();
  }

  @Test
  void readsEveryElementType() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"f64\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"f32\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},"
            + "\"f16\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[16,20]},"
            + "\"bf16\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[20,22]},"
            + "\"i64\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[22,30]},"
            + "\"i32\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[30,34]},"
            + "\"u8\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[34,35]},"
            + "\"bool\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[35,37]},"
            + "\"none\":{\"dtype\":\"F32\",\"shape\":[3,0],\"data_offsets\":[37,37]}}  ";
    ByteBuffer data = ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(-1.5).putFloat(3.25f).putFloat(1e-40f);
    data.putShort((short) 0x3E00).putShort((short) 0xFC00);
    data.putShort((short) 0xC040);
    data.putLong(Long.MIN_VALUE).putInt(-7).put((byte) 200).put((byte) 0).put((byte) 1);
    Tensors tensors = Tensors.read(write(header, data.array()));
    assertThat(tensors.names())
        .containsExactlyInAnyOrder("f64", "f32", "f16", "bf16", "i64", "i32", "u8", "bool", "none");
    assertThat(tensors.get("f64", 1)).containsExactly(-1.5f);
    assertThat(tensors.get("f32", 1, 2)).containsExactly(3.25f, 1e-40f);
    assertThat(tensors.get("f16", 2)).containsExactly(1.5f, Float.NEGATIVE_INFINITY);
    assertThat(tensors.get("bf16", 1)).containsExactly(-3f);
    assertThat(tensors.getLongs("i64")).containsExactly(Long.MIN_VALUE);
    assertThat(tensors.getLongs("i32", 1)).containsExactly(-7);
    assertThat(tensors.getLongs("u8", 1)).containsExactly(200);
    assertThat(tensors.getLongs("bool", 2)).containsExactly(0, 1);
    assertThat(tensors.get("none", 3, 0)).isEmpty();
  }

  @Test
  void readsAnEmptySet() throws IOException {
    assertThat(Tensors.read(write("{}", new byte[0])).names()).isEmpty();
  }

  @Test
  void readsTensorsThatSpanSeveralPieces() throws IOException {
    int count = (1 << 20) + 3;
    ByteBuffer data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      data.putFloat(i);
    }
    float[] values =
        Tensors.read(write(tensor("F32", "[" + count + "]", 0, 4L * count), data.array()))
            .get("w", count);
    for (int i = 0; i < count; i++) {
      assertThat(values[i]).isEqualTo((float) i);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // The header as a whole; 8 bytes of data follow each.
        "{\"w\"                        | header: expected ':', found the end at character 4",
        "[1]                           | header: expected '{', found '['",
        "{} x                          | header: expected the end of the header, found 'x'",
        "{\"a\":1.5}                   | header: a number that is not whole",
        "{\"a\":01}                    | header: a number that is not whole",
        "{\"a\":-}                     | header: a number that is not whole",
        "{\"a\":99999999999999999999}  | header: a number that does not fit 64 bits",
        "{\"a\":null}                  | expected an object, array, string or whole number",
        "{\"a\":\"b                    | header: expected the rest of a string, found the end",
        "{\"a\\x\":1}                  | header: expected an escape, found 'x'",
        "{\"a\\u00g0\":1}              | header: expected a hexadecimal digit, found 'g'",
        "{\"a\":1,}                    | header: expected '\"', found '}'",
        "{\"a\":1 \"b\":2}             | header: expected ',', found '\"'",
        "{\"a\":[1 2]}                 | header: expected ',', found '2'",
        "{\"a\":1,\"\\u0061\":2}       | header: name 'a' occurs twice",
        "{\"a\":[[[[[[[[[[[[[[[[[[1    | header: more than 16 nested levels",
        // One entry.
        "{\"w\":3}                     | tensor 'w': expected an object, found 3",
        "{\"w\":{}}                    | tensor 'w': dtype: expected one of F64, F32,",
        "{}                            | expected 0 data bytes after the header, found 8"
      })
  void rejectsAHeaderThatBreaksTheRules(String header, String message) throws IOException {
    rejects(write(header, new byte[8]), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Q4  | [2]          | 0  | 8 | dtype: expected one of F64, F32, F16, BF16, I64, I32, U8,",
        "F32 | 2            | 0  | 8 | shape: expected an array of numbers that are not negative",
        "F32 | [-2]         | 0  | 8 | shape: expected an array of numbers that are not negative",
        "F32 | [[2]]        | 0  | 8 | shape: expected an array of numbers that are not negative",
        "F32 | [3]          | 0  | 8 | data_offsets: expected 12 bytes for F32 [3], found 8",
        "F64 | [2]          | 0  | 8 | data_offsets: expected 16 bytes for F64 [2], found 8",
        "F32 | [4294967298] | 0  | 8 | shape: expected fewer than 2147483639 elements",
        "F32 | [65536,65537] | 0 | 8 | shape: expected fewer than 2147483639 elements",
        "F32 | [4294967296,4294967296,4294967298] | 0 | 8 | shape: expected fewer than",
        "F32 | [2]          | 8  | 0 | data_offsets: expected [begin, end], found [8, 0]",
        "F32 | [2]          | -8 | 0 | data_offsets: expected an array of numbers that are not",
        "F32 | [2]          | 4 | 12 | expected an end within the file's 8 data bytes, found 12",
        "F32 | [1]          | 4 | 8  | expected a begin of 0, where the tensor before ends, found"
            + " 4",
        "F32 | [1]          | 0 | 4  | expected 4 data bytes after the header, found 8",
        "F32 | [2]  | 9223372036854775799 | 9223372036854775807 | expected an end within the",
      })
  void rejectsAnEntryThatBreaksTheRules(
      String dtype, String shape, long begin, long end, String message) throws IOException {
    rejects(write(tensor(dtype, shape, begin, end), new byte[8]), message);
  }

  @Test
  void rejectsTensorsThatOverlap() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
    rejects(
        write(header, new byte[12]),
        "tensor 'b': data_offsets: expected a begin of 8, where the tensor before ends, found 4");
  }

  @Test
  void rejectsATensorThatOccursTwice() throws IOException {
    String entry = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}";
    rejects(write("{" + entry + "," + entry + "}", new byte[4]), "name 'a' occurs twice");
  }

  @Test
  void rejectsOffsetsThatAreNotAPair() throws IOException {
    rejects(
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4]}}", new byte[4]),
        "tensor 'a': data_offsets: expected [begin, end], found [4]");
  }

  @ParameterizedTest
  @CsvSource({
    "0, found 0",
    "1, found 1",
    "2305843009213693952, found 2305843009213693952",
    "-1, found 18446744073709551615",
    "11, found 11"
  })
  void rejectsAHeaderLengthThatIsNotInTheFile(long length, String found) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    rejects(write(file.array()), "header length: expected 2..10 bytes, " + found);
  }

  @Test
  void rejectsAFileTooShortForAHeaderLength() throws IOException {
    rejects(write(new byte[7]), "expected at least 8 bytes, found 7");
    rejects(write(new byte[0]), "expected at least 8 bytes, found 0");
  }

  @Test
  void rejectsAHeaderThatIsNotUtf8() throws IOException {
    ByteBuffer file = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(2);
    rejects(write(file.put((byte) 0xC3).put((byte) '{').array()), "header: expected UTF-8");
  }

  @Test
  void namesInMessagesCannotBreakTheLine() throws IOException {
    Path path = write("{\"a\\n\\u2028b" + "c".repeat(1000) + "\":3}", new byte[0]);
    assertThatThrownBy(() -> Tensors.read(path))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(path + ": tensor 'a??bccc")
        .message()
        .hasSizeLessThan(path.toString().length() + 320)
        .hasLineCount(1);
  }

  @Test
  void aMissingFileIsNotACorruptOne() {
    assertThatThrownBy(() -> Tensors.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void noDamageCausesAnyOtherFailure() throws IOException {
    String header =
        "{\"__metadata__\":{\"a\":\"b\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[0,48]},"
            + "\"i\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[48,64]}}";
    byte[] good = Files.readAllBytes(write(header, new byte[64]));
    SplittableRandom random = new SplittableRandom(2026);
    int rejected = 0;
    int rounds = 4000;
    for (int round = 0; round < rounds; round++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        // Most of the damage goes to the header, where it can do something.
        int at = random.nextInt(random.nextInt(4) == 0 ? bad.length : 8 + header.length());
        bad[at] =
            round % 2 == 0
                ? (byte) (bad[at] ^ 1 << random.nextInt(8))
                : (byte) "0123456789{}[]\",:-\\".charAt(random.nextInt(19));
      }
      if (random.nextInt(4) == 0) {
        bad = Arrays.copyOf(bad, random.nextInt(bad.length + 20));
      }
      Path path = write(bad);
      Throwable failure = catchThrowable(() -> Tensors.read(path));
      if (failure != null) {
        assertThat(failure).isInstanceOf(CheckpointException.class);
        assertThat(failure).message().startsWith(path + ": ").hasLineCount(1);
        rejected++;
      }
    }
    assertThat(rejected).isBetween(rounds / 2, rounds - 1);
  }

  private void rejects(Path path, String message) {
    assertThatThrownBy(() -> Tensors.read(path))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(message);
  }

  private static String tensor(String dtype, String shape, long begin, long end) {
    return "{\"w\":{\"dtype\":\""
        + dtype
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":["
        + begin
        + ","
        + end
        + "]}}";
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return write(file.putLong(json.length).put(json).put(data).array());
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file.safetensors"), bytes);
  }
}
