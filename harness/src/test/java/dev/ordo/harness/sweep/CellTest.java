package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Cell EVERYTHING =
      new Cell("rnn", Phase.TRAIN, 64, 2, 8, "25.0.1", "-XX:+UseParallelGC");

  @Test
  void readsWhatOlderJournalsLackAsWhatItWas() throws IOException {
    String old = "{\"model\":\"rnn\",\"phase\":\"DECODE\",\"length\":64}";

    assertThat(JSON.readValue(old, Cell.class))
        .isEqualTo(new Cell("rnn", Phase.DECODE, 64, 1, 1, "", ""))
        .isEqualTo(new Cell("rnn", Phase.DECODE, 64, 1));
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    assertThat(JSON.readValue(JSON.writeValueAsString(EVERYTHING), Cell.class))
        .isEqualTo(EVERYTHING);
  }

  @Test
  void differsFromItselfAtAnotherLengthInNothingElse() {
    assertThat(EVERYTHING.at(128))
        .isEqualTo(new Cell("rnn", Phase.TRAIN, 128, 2, 8, "25.0.1", "-XX:+UseParallelGC"));
  }

  @Test
  void hasAParameterForEachPart() {
    assertThat(EVERYTHING.params())
        .containsExactly(
            Map.entry("model", "rnn"),
            Map.entry("phase", "train"),
            Map.entry("length", "64"),
            Map.entry("threads", "2"),
            Map.entry("batch", "8"),
            Map.entry("jvm", "25.0.1"),
            Map.entry("jvmArgs", "-XX:+UseParallelGC"));
    assertThat(new Cell("rnn", Phase.TRAIN, 64, 1).params()).doesNotContainKeys("jvm", "jvmArgs");
  }

  @Test
  void namesWhatIsNotUsual() {
    assertThat(new Cell("rnn", Phase.TRAIN, 64, 1)).hasToString("rnn train L=64");
    assertThat(EVERYTHING)
        .hasToString(
            "rnn train L=64 batch 8 on 2 threads on JVM 25.0.1 with arguments -XX:+UseParallelGC");
  }

  @Test
  void rejectsNumbersThatCannotBe() {
    assertThatThrownBy(() -> new Cell("rnn", Phase.TRAIN, 0, 1))
        .hasMessage("length (0) must be positive");
    assertThatThrownBy(() -> new Cell("rnn", Phase.TRAIN, 1, -1))
        .hasMessage("threads (-1) must not be negative");
    assertThatThrownBy(() -> new Cell("rnn", Phase.TRAIN, 1, 1, -1, "", ""))
        .hasMessage("batch (-1) must not be negative");
  }
}
