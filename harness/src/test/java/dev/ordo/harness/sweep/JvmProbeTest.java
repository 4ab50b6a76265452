package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProbeTest {

  private static final String HOME = System.getProperty("java.home");
  private static final String VERSION = System.getProperty("java.version");

  @TempDir private Path directory;

  @Test
  void takesTheRunningJvmWhereNoneIsAskedFor() {
    assertThat(JvmProbe.all(List.of())).containsExactly(ForkJvm.running());
  }

  @Test
  void asksAJavaHomeAndALauncherAlike() {
    String launcher = Path.of(HOME, "bin", "java").toString();

    ForkJvm ofHome = JvmProbe.all(List.of(HOME)).get(0);

    assertThat(JvmProbe.all(List.of(launcher))).containsExactly(ofHome);
    assertThat(ofHome).isEqualTo(ForkJvm.running().named(VERSION));
  }

  @Test
  void tellsTwoOfTheSameVersionByTheirPaths() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("other"), Path.of(HOME));

    assertThat(JvmProbe.all(List.of(HOME, link.toString())))
        .extracting(ForkJvm::name)
        .containsExactly(VERSION + " (" + HOME + ")", VERSION + " (" + link + ")");
  }

  @Test
  void takesNames() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("other"), Path.of(HOME));

    assertThat(JvmProbe.all(List.of("a=" + HOME, "b=" + link)))
        .extracting(ForkJvm::name)
        .containsExactly("a", "b");
  }

  @Test
  void rejectsWhatIsNotThere() {
    assertThatThrownBy(() -> JvmProbe.all(List.of("/no/such/jdk")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "JVM (/no/such/jdk) must be a Java home or a java launcher, found no such file");
  }

  @Test
  void rejectsAFolderWithoutALauncher() {
    assertThatThrownBy(() -> JvmProbe.all(List.of(directory.toString())))
        .hasMessageContaining("found a folder without bin/java");
  }

  @Test
  void rejectsAFileThatCannotBeRun() throws IOException {
    Path file = Files.writeString(directory.resolve("java"), "no program");

    assertThatThrownBy(() -> JvmProbe.all(List.of(file.toString())))
        .hasMessageContaining("found a file that cannot be run");
  }

  @Test
  void rejectsAJvmThatIsTooOld() throws IOException {
    Path old =
        program(
            """
            echo '    java.specification.version = 1.8'
            echo '    java.version = 1.8.0_392'
            """);

    assertThatThrownBy(() -> JvmProbe.all(List.of(old.toString())))
        .hasMessage("JVM (" + old + ") must be Java 17 or newer, found 1.8.0_392");
  }

  @Test
  void rejectsAProgramThatIsNoJvm() throws IOException {
    Path other = program("echo unknown option; exit 3\n");

    assertThatThrownBy(() -> JvmProbe.all(List.of(other.toString())))
        .hasMessage(
            "JVM ("
                + other
                + ") must tell its java.version, it says: unknown option (exit code 3)");
  }

  @Test
  void rejectsTheSamePathTwice() {
    assertThatThrownBy(() -> JvmProbe.all(List.of(HOME, HOME)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not repeat an element");
  }

  @Test
  void rejectsArgumentsThatTheJvmDoesNotKnow() {
    assertThatThrownBy(
            () -> JvmProbe.check(ForkJvm.running(), new JvmArgs("", List.of("-XX:NoSuchFlag"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("JVM arguments (-XX:NoSuchFlag) must be accepted by", "which says")
        .hasMessageContaining("NoSuchFlag");
  }

  @Test
  void readsReleases() {
    assertThat(JvmProbe.release("1.8")).isEqualTo(8);
    assertThat(JvmProbe.release("17")).isEqualTo(17);
    assertThat(JvmProbe.release("")).isZero();
  }

  private Path program(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("java"), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
