package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodLinksTest {

  @TempDir Path temp;

  @Test
  void everySectionIsInTheMethod() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("../docs/method.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();
    assertThat(MethodLinks.unlinked())
        .extracting(Page.Reference::section)
        .allMatch(headings::contains);
  }

  @Test
  void linksFromInsideACopyOfTheRepository() throws IOException {
    Files.createDirectories(temp.resolve("docs"));
    Files.writeString(temp.resolve("docs/method.md"), "# Method\n\nText\n");
    assertThat(MethodLinks.from(temp.resolve("runs/today/report")))
        .extracting(Page.Reference::href)
        .contains("../../../docs/method.md#5-the-exponent-and-its-interval");
  }

  @Test
  void namesSectionsWithoutALinkAnywhereElse() throws IOException {
    assertThat(MethodLinks.from(temp)).isEqualTo(MethodLinks.unlinked());
    assertThat(MethodLinks.unlinked()).extracting(Page.Reference::href).containsOnly("");
  }

  @Test
  void doesNotTakeAnotherFileOfThatNameForTheMethod() throws IOException {
    Files.createDirectories(temp.resolve("docs"));
    Files.write(temp.resolve("docs/method.md"), new byte[] {(byte) 0xff, (byte) 0xfe, 10});
    assertThat(MethodLinks.from(temp.resolve("docs"))).isEqualTo(MethodLinks.unlinked());
  }

  @Test
  void makesAnchorsAsGitHubDoes() {
    assertThat(MethodLinks.anchor("9. Speed-up")).isEqualTo("9-speed-up");
    assertThat(MethodLinks.anchor("4096 n + n², n ≤ 4096, %")).isEqualTo("4096-n--n²-n--4096-");
  }
}
