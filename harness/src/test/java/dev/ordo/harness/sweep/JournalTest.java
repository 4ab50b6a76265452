package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

  private static final RunOptions OPTIONS =
      new RunOptions(Optional.of(new Shard(2, 3)), Optional.of(Duration.ofSeconds(40)));

  private static final Entry.LeftOut LEFT_OUT =
      new Entry.LeftOut(new Cell("rnn", Phase.DECODE, 128, 1), 1.5e10, "too long");

  @TempDir private Path directory;
  private Path file;
  private Sweep sweep;
  private Entry.Start start;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve(Journal.FILE);
    Path model = Files.writeString(directory.resolve("rnn.onnx"), "a model");
    sweep =
        new Sweep(
            List.of("rnn"),
            List.of(Phase.DECODE),
            List.of(64, 128),
            Dimensions.plain(List.of(1, 2), List.of("-Xmx1g")),
            Sweep.same(ModelShape.DEFAULT, List.of("rnn")),
            5,
            Duration.ofSeconds(90),
            3,
            0.1,
            List.of(),
            Optional.empty(),
            List.of(new Guest("rnn", "onnx", model.toString(), "")));
    start = Entry.Start.of(sweep, OPTIONS, "1.0", "2026-01-01T00:00:00Z");
    try (Journal journal = Journal.create(directory, start)) {
      journal.append(fork(null));
      journal.append(LEFT_OUT);
    }
  }

  private static Entry.Fork fork(Failure failure) {
    return new Entry.Fork(
        1,
        new Cell("rnn", Phase.DECODE, 64, 1),
        "2026-01-01T00:00:01Z",
        812,
        new ForkPlan(6, 5, 50),
        new Entry.Jvm("java", List.of("-Xmx1g"), "17", "HotSpot", "17.0.1"),
        new double[] {1.25, 1.5},
        Map.of("gc.alloc.rate.norm", new Entry.Metric("B/op", new double[] {0, 8})),
        true,
        failure == null ? new Entry.Account(210, 3.5, 40, 512.25, 900, 240) : null,
        failure);
  }

  @Test
  void readsBackWhatWasWritten() throws IOException {
    List<Entry> entries = Journal.read(directory);

    assertThat(entries).hasSize(3);
    assertThat(entries.get(0)).isEqualTo(start);
    assertThat(entries.get(2)).isEqualTo(LEFT_OUT);
    Entry.Fork fork = (Entry.Fork) entries.get(1);
    assertThat(fork.nanosPerOp()).containsExactly(1.25, 1.5);
    assertThat(fork.secondary().get("gc.alloc.rate.norm").values()).containsExactly(0, 8);
    assertThat(fork.succeeded()).isTrue();
    assertThat(fork.meanNanos()).isEqualTo(1.375);
    assertThat(fork.account()).isEqualTo(new Entry.Account(210, 3.5, 40, 512.25, 900, 240));
  }

  @Test
  void readsAStartThatKnowsOfNoDimensions() throws IOException {
    String old =
        "{\"type\":\"start\",\"models\":[\"rnn\"],\"phases\":[\"DECODE\"],\"lengths\":[64],"
            + "\"shape\":\"d=64,layers=2\",\"jvmArgs\":[\"-Xmx1g\"]}\n";
    Files.writeString(file, old);

    Entry.Start start = (Entry.Start) Journal.read(directory).get(0);

    assertThat(start.dimensions()).isEqualTo(Dimensions.plain(List.of(1), List.of("-Xmx1g")));
  }

  @Test
  void tellsTheSweepAndTheOptionsOfTheRun() throws IOException {
    Entry.Start read = (Entry.Start) Journal.read(directory).get(0);

    assertThat(read.sweep()).isEqualTo(sweep);
    assertThat(read.options()).isEqualTo(OPTIONS);
  }

  @Test
  void isOneLineAnEntryWithItsChecksum() throws IOException {
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .allMatch(line -> line.matches("\\{.*,\"crc\":\"[0-9a-f]{8}\"}"));
  }

  @Test
  void readsWhatIsWholeWhereverTheFileIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;

    for (int length = first; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      long lines = new String(whole, 0, length, StandardCharsets.UTF_8).lines().count();
      boolean torn = whole[length - 1] != '\n';
      assertThat(Journal.read(directory)).hasSize((int) lines - (torn ? 1 : 0));
    }
  }

  @Test
  void cutsOffWhatIsTornBeforeItGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.writeString(file, "{\"type\":\"fork\",\"round\":2,\"ce", StandardOpenOption.APPEND);
    Entry.End end = new Entry.End("2026-01-01T00:01:00Z");

    try (Journal journal = Journal.resume(directory)) {
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
      journal.append(end);
      assertThat(journal.entries()).hasSize(4);
    }

    assertThat(Journal.read(directory)).hasSize(4).endsWith(end);
  }

  @Test
  void takesALastLineThatIsNotWhatWasWrittenForTorn() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 40] = 0;
    Files.write(file, bytes);

    assertThat(Journal.read(directory)).hasSize(2);
  }

  @Test
  void namesALineInTheMiddleThatIsNotWhatWasWrittenAndLeavesTheFileAlone() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"round\":1", "\"round\":2"));
    byte[] damaged = Files.readAllBytes(file);

    assertThatThrownBy(() -> Journal.resume(directory))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".*journal\\.jsonl, line 2: expected checksum [0-9a-f]{8}, found [0-9a-f]{8}");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void noticesEveryChangedByteInTheMiddle() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int begin = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    int end = new String(whole, StandardCharsets.UTF_8).indexOf('\n', begin);

    for (int i = begin; i < end; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      assertThatThrownBy(() -> Journal.read(directory))
          .as("byte %s", i)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("line 2");
    }
  }

  @Test
  void readsJournalsFromBeforeThereWereChecksums() throws IOException {
    Files.writeString(
        file,
        "{\"type\":\"start\",\"ordo\":\"0.1\",\"started\":\"2026-01-01T00:00:00Z\",\"models\":[\"rnn\"],\"phases\":[\"DECODE\"],\"lengths\":[64],\"shape\":\"d=64\",\"seed\":1,\"budgetMillis\":1000,\"forks\":1,\"plugins\":[],\"jvmArgs\":[]}\n"
            + "{\"type\":\"fork\",\"round\":1,\"cell\":{\"model\":\"rnn\",\"phase\":\"DECODE\",\"length\":64},\"started\":\"2026-01-01T00:00:01Z\",\"wallMillis\":1,\"plan\":{\"warmups\":1,\"iterations\":1,\"iterationMillis\":1},\"nanosPerOp\":[],\"secondary\":{},\"steady\":false,\"failure\":\"boom\"}\n");

    List<Entry> entries = Journal.read(directory);

    assertThat(((Entry.Start) entries.get(0)).format()).isEqualTo(1);
    assertThat(((Entry.Fork) entries.get(1)).failure())
        .isEqualTo(new Failure(Failure.Kind.OTHER, "boom"));
  }

  @Test
  void keepsTheKindOfAFailure() throws IOException {
    Failure failure = new Failure(Failure.Kind.OUT_OF_MEMORY, "out of memory\n with 1 GiB");
    try (Journal journal = Journal.resume(directory)) {
      journal.append(fork(failure));
    }

    Entry.Fork read = (Entry.Fork) Journal.read(directory).get(3);
    assertThat(read.failure())
        .isEqualTo(new Failure(Failure.Kind.OUT_OF_MEMORY, "out of memory with 1 GiB"));
    assertThat(Files.readString(file)).contains("\"kind\":\"out-of-memory\"");
  }

  @Test
  void rejectsAFormatThatIsNewer() throws IOException {
    Files.writeString(
        file,
        "{\"type\":\"start\",\"format\":99,\"models\":[],\"phases\":[],\"lengths\":[],"
            + "\"shape\":\"d=64\"}\n");

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("line 1", "format (99)", "at most 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"cat\"}", "{\"type\":\"fork\",\"round\":1}", "", "cat"})
  void namesALineWithoutAChecksum(String line) throws IOException {
    String text = Files.readString(file);
    Files.writeString(
        file, text + line + "\n" + text.lines().skip(2).findFirst().orElseThrow() + "\n");

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "line 4", "checksum", "found none");
  }

  @Test
  void rejectsBytesThatAreNoText() throws IOException {
    byte[] text = Files.readAllBytes(file);
    Files.write(file, new byte[] {(byte) 0xff, '\n'});
    Files.write(file, text, StandardOpenOption.APPEND);

    assertThatThrownBy(() -> Journal.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "line 1", "UTF-8");
  }

  @Test
  void doesNotRepeatEntriesThatItHolds() throws IOException {
    try (Journal journal = Journal.resume(directory)) {
      journal.entries().forEach(entry -> appendTo(journal, entry));
      appendTo(journal, new Entry.LeftOut(LEFT_OUT.cell(), 2e10, "too long by far"));
    }

    assertThat(Journal.read(directory)).hasSize(3);
  }

  private static void appendTo(Journal journal, Entry entry) {
    try {
      journal.append(entry);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isNeverWrittenOver() {
    assertThatThrownBy(() -> Journal.create(directory, start))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void hasOneWriterAtATime() throws IOException {
    try (Journal journal = Journal.resume(directory)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> Journal.resume(directory))
            .isInstanceOf(IOException.class)
            .hasMessageContainingAll("a run is going on", directory.toString());
      }
      assertThat(JournalLock.isHeld(directory)).isTrue();
      assertThat(Journal.read(directory)).hasSameSizeAs(journal.entries());
    }
    assertThat(JournalLock.isHeld(directory)).isFalse();
    Journal.resume(directory).close();
  }
}
