package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  private static final String GPT2 = "../models/src/test/resources/golden/gpt2";

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
            "--checkpoint=" + GPT2,
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
