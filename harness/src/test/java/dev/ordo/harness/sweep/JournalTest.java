package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final Entry.Start START =
      Entry.Start.of(
          new Sweep(
              List.of("rnn"),
              List.of(Phase.DECODE),
              List.of(64, 128),
              List.of(1, 2),
              Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
              5,
              Duration.ofSeconds(90),
              3,
              List.of(),
              List.of("-Xmx1g"),
              Optional.empty(),
              List.of(new Guest("mine", "onnx", "/models/mine.onnx", ""))),
          "1.0",
          "2026-01-01T00:00:00Z");

  private static final Entry.LeftOut LEFT_OUT =
      new Entry.LeftOut(new Cell("rnn", Phase.DECODE, 128, 1), 1.5e10, "too long");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve(Journal.FILE);
    try (Journal journal = Journal.create(directory)) {
      journal.append(START);
      journal.append(
          new Entry.Fork(
              1,
              new Cell("rnn", Phase.DECODE, 64, 1),
              "2026-01-01T00:00:01Z",
              812,
              new ForkPlan(6, 5, 50),
              new Entry.Jvm("java", List.of("-Xmx1g"), "17", "HotSpot", "17.0.1"),
              new double[] {1.25, 1.5},
              Map.of("gc.alloc.rate.norm", new Entry.Metric("B/op", new double[] {0, 8})),
              true,
              null));
      journal.append(LEFT_OUT);
    }
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    List<Entry> entries = Journal.read(directory);

    assertThat(entries).hasSize(3);
    assertThat(entries.get(0)).isEqualTo(START);
    assertThat(entries.get(2)).isEqualTo(LEFT_OUT);
    Entry.Fork fork = (Entry.Fork) entries.get(1);
    assertThat(fork.nanosPerOp()).containsExactly(1.25, 1.5);
    assertThat(fork.secondary().get("gc.alloc.rate.norm").values()).containsExactly(0, 8);
    assertThat(fork.succeeded()).isTrue();
    assertThat(fork.meanNanos()).isEqualTo(1.375);
  }

  @Test
  void isOneLineAnEntry() throws IOException {
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void leavesOutALastLineThatWasCutOff() throws IOException {
    Files.writeString(file, "{\"type\":\"fork\",\"round\":2,\"ce", StandardOpenOption.APPEND);

    assertThat(Journal.read(directory)).hasSize(3);
  }

  @Test
  void namesTheLineThatIsNoEntry() throws IOException {
    Files.writeString(file, "{\"type\":\"cat\"}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 4");
  }

  @Test
  void rejectsAnEntryThatLacksWhatItIsAbout() throws IOException {
    Files.writeString(file, "{\"type\":\"fork\",\"round\":1}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 4");
  }

  @Test
  void rejectsBytesThatAreNoText() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "UTF-8");
  }

  @Test
  void isNeverWrittenOver() {
    assertThatThrownBy(() -> Journal.create(directory))
        .isInstanceOf(FileAlreadyExistsException.class);
  }
}
