package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about plug-ins shows the examples as they are tested. */
class PluginsPageTest {

  private static final Path DOCS = Path.of("../docs");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("examples"))) {
      return files.filter(file -> file.toString().matches(".*\\.(java|py)")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsEachExampleWordForWord(Path example) throws IOException {
    assertThat(Files.readString(DOCS.resolve("plugins.md")))
        .contains("\n" + Files.readString(example).strip() + "\n```\n");
  }

  @Test
  void hasExamples() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(2);
  }
}
