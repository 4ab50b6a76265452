package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.translation.Marian;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionCommandTest {

  private static final String GOLDEN = "../models/src/test/resources/golden/";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int ordo(String... args) {
    return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void writesAPictureAndTheNumbersOfAHead() throws IOException {
    Path to = folder.resolve("maps");
    int code =
        ordo(
            "attention",
            "--model=transformer",
            "--checkpoint=" + GOLDEN + "gpt2",
            "--tokens=1,5,9,5",
            "--layer=1",
            "--head=3",
            "--out=" + to);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.FINE);
    assertThat(out.toString().lines())
        .containsExactly(
            to.resolve("attention-layer1-head3.png").toString(),
            to.resolve("attention-layer1-head3.svg").toString(),
            to.resolve("attention-layer1-head3.json").toString());
    JsonNode json = new ObjectMapper().readTree(to.resolve("attention-layer1-head3.json").toFile());
    assertThat(json.get("tokens")).hasSize(4);
    JsonNode rows = json.get("weights");
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        assertThat(rows.get(i).get(j).asDouble() > 0).isEqualTo(j <= i);
        sum += rows.get(i).get(j).asDouble();
      }
      assertThat(sum).isBetween(0.9999, 1.0001);
    }
  }

  @Test
  void writesAllHeadsOfAllLayersUnlessOneIsChosen() throws IOException {
    int code =
        ordo(
            "attention",
            "--model=transformer-kv",
            "--shape=d=16,layers=2,heads=2",
            "--text=The cat",
            "--out=" + folder);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.FINE);
    assertThat(Files.list(folder)).hasSize(2 * 2 * 3);
    assertThat(Files.readString(folder.resolve("attention-layer0-head0.json")))
        .contains("\"labels\":[\"T\",\"h\",\"e\",\"#32\",\"c\",\"a\",\"t\"]");
  }

  @Test
  void writesTheCrossAttentionOfAHead() throws IOException {
    int code =
        ordo(
            "attention",
            "--model=t5-kv",
            "--checkpoint=" + GOLDEN + "t5",
            "--tokens=10,11,12",
            "--target-tokens=20,21,22,23",
            "--part=cross",
            "--layer=1",
            "--head=2",
            "--out=" + folder);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.FINE);
    assertThat(out.toString().lines())
        .containsExactly(
            folder.resolve("attention-cross-layer1-head2.png").toString(),
            folder.resolve("attention-cross-layer1-head2.svg").toString(),
            folder.resolve("attention-cross-layer1-head2.json").toString());
    JsonNode json = json("attention-cross-layer1-head2");
    assertThat(json.get("part").asText()).isEqualTo("cross");
    assertThat(json.get("tokens").toString()).isEqualTo("[10,11,12]");
    assertThat(json.get("rowTokens").toString()).isEqualTo("[0,20,21,22,23]");
    assertThat(json.get("rowLabels").toString())
        .isEqualTo("[\"start\",\"#20\",\"#21\",\"#22\",\"#23\"]");
    assertThat(json.get("weights")).hasSize(5);
    for (JsonNode row : json.get("weights")) {
      assertThat(row).hasSize(3);
      double sum = row.get(0).asDouble() + row.get(1).asDouble() + row.get(2).asDouble();
      assertThat(sum).isBetween(0.9999, 1.0001);
    }
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name + ".json").toFile());
  }

  @Test
  void writesAllHeadsOfAllPartsWithWhatTheModelWritesItself() throws IOException {
    int code =
        ordo(
            "attention",
            "--model=marian",
            "--checkpoint=" + GOLDEN + "marian-options",
            "--tokens=4,5,6",
            "--out=" + folder);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.FINE);
    // 2 layers of 5 heads in the encoder; 1 layer of 3 in the decoder, twice.
    assertThat(Files.list(folder)).hasSize((10 + 3 + 3) * 3);
    JsonNode decoder = json("attention-decoder-layer0-head2");
    int[] written = new int[3];
    Marian.load(Checkpoint.open(Path.of(GOLDEN + "marian-options")), true)
        .open(3)
        .generate(new int[] {4, 5, 6}, written);
    assertThat(decoder.get("tokens").toString())
        .isEqualTo("[3," + written[0] + "," + written[1] + "," + written[2] + "]");
    assertThat(decoder.get("rowTokens")).isEqualTo(decoder.get("tokens"));
    JsonNode encoder = json("attention-encoder-layer1-head4");
    assertThat(encoder.get("tokens").toString()).isEqualTo("[4,5,6]");
    assertThat(encoder.get("rowLabels").toString()).isEqualTo("[\"#4\",\"#5\",\"#6\"]");
    assertThat(json("attention-cross-layer0-head0").get("tokens")).hasSize(3);
  }

  @Test
  void theEncoderAndTextsOfSourceAndTarget() throws IOException {
    int code =
        ordo(
            "attention",
            "--model=t5",
            "--shape=d=16,layers=1,heads=1",
            "--text=cat",
            "--target-text=Katze",
            "--part=encoder,cross",
            "--out=" + folder);
    assertThat(code).as(err.toString()).isEqualTo(ExitCode.FINE);
    assertThat(Files.list(folder)).hasSize(2 * 3);
    assertThat(json("attention-encoder-layer0-head0").get("rowLabels").toString())
        .isEqualTo("[\"c\",\"a\",\"t\"]");
    assertThat(json("attention-cross-layer0-head0").get("rowLabels").toString())
        .isEqualTo("[\"start\",\"K\",\"a\",\"t\",\"z\",\"e\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model=rnn --text=abc | model 'rnn' must have attention, has none",
        "--model=transformer --text=abc --head=4 | head (4) must be in 0..3",
        "--model=transformer --text=abc --layer=-1 | layer (-1) must be in 0..1",
        "--model=transformer --tokens=1,256 | 256",
        "--model=transformer --tokens=1,x | --tokens",
        "--model=transformer --text= | tokens (0) must be in 1..4096",
        "--model=transformer | --text",
        "--model=transformer --text=a --part=cross | part (cross) of model 'transformer' must be"
            + " one",
        "--model=t5 --text=a --part=heart | must be one of [encoder, decoder, cross]",
        "--model=transformer --text=a --target-text=b | must stand beside a model with an encoder",
        "--model=t5 --text=a --target-text= | target tokens (0) must be in 1..4096",
        "--model=t5 --text=a --target-tokens=256 | token (256) must be in 0..255",
        "--model=t5 --text=a --target-tokens=1 --target-text=b | --target-t",
        "--model=t5 --text=a --head=4 | encoder head (4) must be in 0..3",
        "--model=marian --text=a --part=cross --layer=9 | cross layer (9) must be in 0..1",
        "--model=none --text=abc | unknown model 'none'",
        "--model=transformer --text=a --checkpoint=/no/such/folder | /no/such/folder",
        "--model=transformer --text=a --shape=d=8 --checkpoint=x | must not stand beside"
      })
  void refusesBadInputInOneLine(String args, String message) {
    String[] all = ("attention --out=" + folder.resolve("new") + " " + args).split(" ");
    assertThat(ordo(all)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(folder.resolve("new")).doesNotExist();
  }
}
