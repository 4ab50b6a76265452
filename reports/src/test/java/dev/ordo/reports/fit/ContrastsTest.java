package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.Contrast;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastsTest {

  @TempDir private Path folder;

  private final List<String> cells = new ArrayList<>();

  private void cell(String params, int length, double nanos) {
    cells.add(
        "{\"benchmark\":\"b.B.run\",\"mode\":\"avgt\",\"threads\":1,\"params\":{\"model\":\"m\","
            + "\"length\":\""
            + length
            + "\","
            + params
            + "},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ns/op\",\"rawData\":[["
            + nanos
            + "],["
            + nanos * 1.01
            + "],["
            + nanos * 0.99
            + "]]}}");
  }

  private Study study() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "[" + String.join(",", cells) + "]");
    return Analyst.study("t", ResultFiles.read(file), Optional.empty(), 1);
  }

  @Test
  void putsEachJvmBesideTheFirst() throws IOException {
    for (int length : new int[] {64, 128, 256, 512}) {
      cell("\"batch\":\"1\",\"jvm\":\"old\"", length, 100.0 * length);
      cell("\"batch\":\"1\",\"jvm\":\"new\"", length, 80.0 * length);
      cell("\"batch\":\"1\",\"jvm\":\"newer\"", length, 100.0 * length);
    }

    List<Contrast> contrasts = study().contrasts();

    assertThat(contrasts).hasSize(2);
    Contrast first = contrasts.get(0);
    assertThat(first.dimension()).isEqualTo("jvm");
    assertThat(first.base()).isEqualTo("old");
    assertThat(first.other()).isEqualTo("new");
    assertThat(first.subject()).isEqualTo("m");
    assertThat(first.places()).hasSize(4);
    assertThat(first.largest().size()).isEqualTo(512);
    assertThat(first.largest().ratio().value()).isCloseTo(0.8, within(1e-9));
    assertThat(first.largest().change()).isEqualTo(Change.FASTER);
    assertThat(contrasts.get(1).largest().change()).isEqualTo(Change.UNCHANGED);
  }

  @Test
  void comparesBatchesByTheRow() throws IOException {
    for (int length : new int[] {64, 128, 256}) {
      cell("\"batch\":\"1\"", length, 100.0 * length);
      cell("\"batch\":\"4\"", length, 200.0 * length);
    }

    List<Contrast> contrasts = study().contrasts();

    assertThat(contrasts).hasSize(1);
    assertThat(contrasts.get(0).perRow()).isTrue();
    assertThat(contrasts.get(0).largest().ratio().value()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void keepsDimensionsApart() throws IOException {
    for (String jvm : List.of("17", "25")) {
      for (String args : List.of("c1", "c2")) {
        cell("\"jvm\":\"" + jvm + "\",\"jvmArgs\":\"" + args + "\"", 64, 100);
        cell("\"jvm\":\"" + jvm + "\",\"jvmArgs\":\"" + args + "\"", 128, 200);
      }
    }

    assertThat(study().contrasts())
        .extracting(c -> c.dimension() + " " + c.subject() + " " + c.other() + "/" + c.base())
        .containsExactly(
            "jvm m [jvmArgs=c1] 25/17",
            "jvm m [jvmArgs=c2] 25/17",
            "jvmArgs m [jvm=17] c2/c1",
            "jvmArgs m [jvm=25] c2/c1");
  }

  @Test
  void hasNothingToSayOfOneSetting() throws IOException {
    cell("\"jvm\":\"17\",\"batch\":\"1\"", 64, 100);
    cell("\"jvm\":\"17\",\"batch\":\"1\"", 128, 200);

    assertThat(study().contrasts()).isEmpty();
  }
}
