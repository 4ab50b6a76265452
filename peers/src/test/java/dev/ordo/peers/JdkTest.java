package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

  @TempDir Path home;

  @Test
  void readsReleaseAndBuilder() throws IOException {
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"25.0.3\"\n");

    Jdk jdk = Jdk.at(home);

    assertThat(jdk.release()).isEqualTo(25);
    assertThat(jdk.version()).isEqualTo("25.0.3, Somebody");
  }

  @Test
  void keepsPeersToOneThread() throws IOException {
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17\"\n");

    assertThat(Jdk.at(home).arguments(home))
        .contains(
            "-Dordo.threads=1",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1");
  }

  @Test
  void rejectsAFolderThatIsNoJdk() {
    assertThatThrownBy(() -> Jdk.at(home))
        .isInstanceOf(IOException.class)
        .hasMessage(home + ": expected the home of a JDK, found no file 'release'");
  }

  @Test
  void rejectsAJdkWithoutVersion() throws IOException {
    Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\n");

    assertThatThrownBy(() -> Jdk.at(home))
        .isInstanceOf(IOException.class)
        .hasMessage(home.resolve("release") + ": expected JAVA_VERSION, found none");
  }
}
