package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path empty;

  @BeforeEach
  void packAJarWithoutModels() throws IOException {
    empty = folder.resolve("empty.jar");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(empty))) {
      jar.putNextEntry(new JarEntry("readme.txt"));
      jar.closeEntry();
    }
  }

  private int ab(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("ab"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return Main.execute(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
  }

  @Test
  void rejectsAJarThatIsNotThere() {
    assertThat(ab("--base", folder.resolve("none.jar"), "--candidate", empty)).isEqualTo(2);
    assertThat(err.toString())
        .contains("base " + folder.resolve("none.jar") + " must be a jar, found no such file")
        .hasLineCount(1);
  }

  @Test
  void rejectsOptionsThatDoNotGoTogetherOrAreOutOfRange() {
    assertThat(ab("--base", "a", "--candidate", "b", "--build", "true")).isEqualTo(2);
    assertThat(ab("--base", empty)).isEqualTo(2);
    assertThat(ab("--base", empty, "--candidate", empty, "--forks", "2")).isEqualTo(2);
    assertThat(ab("--base", empty, "--candidate", empty, "--margin", "x")).isEqualTo(2);
    assertThat(ab("--base", empty, "--candidate", empty, "--alpha", "0.9")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--build and --jar must be given together")
        .contains("Missing required option: '--candidate=JAR|REV'")
        .contains("pairs (2) must be at least 3")
        .contains("--margin (x) must be a number like 5% or 0.05")
        .contains("alpha (0.9) must be above 0 and at most 0.2");
  }

  @Test
  void rejectsAFolderThatIsNoRepository() {
    assertThat(
            ab(
                "--base",
                "a",
                "--candidate",
                "b",
                "--build",
                "true",
                "--jar",
                "x.jar",
                "--repo",
                folder))
        .isEqualTo(2);
    assertThat(err.toString()).contains("must be in a git repository").hasLineCount(1);
  }

  @Test
  void rejectsAJarWithoutModels() {
    assertThat(ab("--base", empty, "--candidate", empty)).isEqualTo(2);
    assertThat(err.toString()).contains("must name its providers").hasLineCount(1);
  }
}
