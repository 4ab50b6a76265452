package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {

  @TempDir private Path parent;

  private Path left(String name, Instant since) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Path lock = Files.createFile(folder.resolve("lock"));
    Files.setLastModifiedTime(lock, FileTime.from(since));
    Files.writeString(folder.resolve("fork.jar"), "classes");
    return folder;
  }

  @Test
  void isGoneOnceItIsClosed() throws IOException {
    try (ProcessFolder folder = ProcessFolder.create(parent, "ordo-")) {
      Files.writeString(folder.path().resolve("fork.jar"), "classes");
      assertThat(folder.path()).hasParent(parent);
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void clearsAwayWhatAKilledProcessLeft() throws IOException {
    Path old = left("ordo-1", Instant.EPOCH);
    Path young = left("ordo-2", Instant.now());
    Path other = left("else-3", Instant.EPOCH);

    ProcessFolder.create(parent, "ordo-").close();

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  @Test
  void leavesAloneWhatIsInUse() throws IOException {
    try (ProcessFolder first = ProcessFolder.create(parent, "ordo-")) {
      Files.setLastModifiedTime(first.path().resolve("lock"), FileTime.from(Instant.EPOCH));
      ProcessFolder.create(parent, "ordo-").close();
      assertThat(first.path()).exists();
    }
  }
}
