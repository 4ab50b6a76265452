package dev.ordo.harness.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.history.History;
import dev.ordo.reports.history.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {

  @TempDir private Path folder;
  private HistoryStore store;

  @BeforeEach
  void makeStore() {
    store = new HistoryStore(folder.resolve("store"));
  }

  private static StoredRun run(int number) {
    return Stores.run(number, 100, 12, new SplittableRandom(number));
  }

  private Path only() throws IOException {
    return store.add(run(1)).file();
  }

  private String damage(Path file, String content) throws IOException {
    Files.writeString(file, content);
    List<String> damages = store.read().damages();
    assertThat(damages).hasSize(1);
    assertThat(damages.get(0)).startsWith(file + ": ");
    return damages.get(0).substring((file + ": ").length());
  }

  @Test
  void givesBackWhatWasAdded() throws IOException {
    StoredRun added = run(3);
    Path file = store.add(added).file();
    History.Recorded read = store.read().runs().get(0);

    assertThat(file.getParent().getFileName()).hasToString("2024-01");
    assertThat(file.getFileName().toString()).matches("20240101T090000Z-[0-9a-f]{16}\\.json");
    assertThat(read.run().commit()).isEqualTo(added.run().commit());
    assertThat(read.run().branch()).contains("main");
    assertThat(read.run().time()).isEqualTo(added.run().time());
    assertThat(read.run().host().key()).isEqualTo(added.run().host().key());
    assertThat(read.run().host().description()).contains("Generated(R) CPU", "17.0.15+6");
    assertThat(read.keys()).hasSize(14).startsWith(added.cells().get(0).key());
    assertThat(read.keys()).endsWith(added.exponents().get(1).key());
    double mean = java.util.Arrays.stream(added.cells().get(5).forkMeans()).average().orElseThrow();
    assertThat(read.values()[5]).isEqualTo(mean, within(1e-6 * mean));
    assertThat(read.values()[13]).isEqualTo(added.exponents().get(1).value(), within(1e-6));
  }

  @Test
  void addsARunOnce() throws IOException {
    HistoryStore.Addition first = store.add(run(1));
    HistoryStore.Addition again = store.add(run(1));

    assertThat(first.added()).isTrue();
    assertThat(again).isEqualTo(new HistoryStore.Addition(first.file(), false));
    assertThat(store.add(run(2)).added()).isTrue();
    assertThat(store.read().runs()).hasSize(2);
  }

  @Test
  void leavesNothingButTheFiles() throws IOException {
    store.add(run(1));
    store.add(run(2));

    try (Stream<Path> all = Files.walk(store.path())) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  @Test
  void readsFilesWhoseLineEndsGitChanged() throws IOException {
    Path file = only();
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

    assertThat(store.read().damages()).isEmpty();
    assertThat(store.read().runs()).hasSize(1);
  }

  @Test
  void namesATornFile() throws IOException {
    Path file = only();
    String whole = Files.readString(file);

    assertThat(damage(file, whole.substring(0, whole.length() / 2))).contains("whole JSON");
    assertThat(damage(file, "")).contains("ordo-history");
    assertThat(damage(file, "[]")).contains("ordo-history");
  }

  @Test
  void namesAChangedFile() throws IOException {
    Path file = only();
    String whole = Files.readString(file);

    assertThat(damage(file, whole.replace("linear", "cubic")))
        .contains("the content must have the hash of its name, found ");
    assertThat(damage(file, whole.replaceFirst("T03:00:00Z", "T04:00:00Z")))
        .contains("the time must be that of its name, found 20240101T040000Z");
  }

  @Test
  void namesAnotherVersion() throws IOException {
    Path file = only();

    assertThat(damage(file, Files.readString(file).replace("\"version\":1", "\"version\":7")))
        .contains("format version 1, found 7; a newer Ordo may read it");
  }

  @Test
  void namesWrongRows() throws IOException {
    Path file = only();
    String whole = Files.readString(file);

    assertThat(damage(file, whole.replaceFirst("ns/op\",\\[", "ns/op\",[\"x\",")))
        .contains("numbers in cells of org.acme.generated.Bench.run, found x");
    assertThat(damage(file, whole.replaceFirst("ns/op\",\\[[^]]*\\]", "ns/op\",[]")))
        .contains("rows of version 1 in cells");
    assertThat(damage(file, whole.replaceFirst("ns/op\",\\[[^]]*\\]", "ns/op\",[1e999]")))
        .contains("finite numbers in cells");
    String row = whole.lines().filter(line -> line.startsWith("[")).findFirst().orElseThrow();
    assertThat(damage(file, whole.replace(row, row + "\n" + row))).contains("once");
  }

  @Test
  void namesAFileThatIsNoneOfItsOwn() throws IOException {
    Path file = only();
    Path other = Files.writeString(file.resolveSibling("notes.json"), "{}");

    assertThat(store.read().runs()).hasSize(1);
    assertThat(store.read().damages())
        .containsExactly(
            other + ": the name must be <time>-<hash>.json, as 'ordo history add' makes it");
  }

  @Test
  void showsWholeFilesBesideADamagedOne() throws IOException {
    Files.write(only(), "{".getBytes(StandardCharsets.UTF_8));
    store.add(run(2));

    assertThat(store.read().runs())
        .extracting(History.Recorded::run)
        .extracting(Run::time)
        .containsExactly(run(2).run().time());
    assertThat(store.read().damages()).hasSize(1);
  }

  @Test
  void rejectsWhatIsNoFolder() throws IOException {
    assertThatThrownBy(() -> store.read()).hasMessageContaining("is not there");
    Files.writeString(store.path(), "text");

    assertThatThrownBy(() -> store.read()).hasMessageContaining("must be a folder, found a file");
    assertThatThrownBy(() -> store.add(run(1))).hasMessageContaining("must be a folder");
  }
}
