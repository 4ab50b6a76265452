package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.JmhResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintsTest {

  private static final String BOTH =
      """
      "state.bytes": {"score": 1, "scoreUnit": "B", "rawData": [[%1$d, %1$d], [%1$d, %1$d]]},
      "gc.alloc.rate.norm": {"score": 1, "scoreUnit": "B/op", "rawData": [[%2$d, %2$d], [%2$d, %2$d]]}
      """;
  private static final String ALLOCATION =
      """
      "gc.alloc.rate.norm": {"score": 1, "scoreUnit": "B/op", "rawData": [[%2$d, %2$d], [%2$d, %2$d]]}
      """;

  @TempDir private Path temp;

  @Test
  void keepsTheMemoryOfLeadingFindings() throws IOException {
    Study study = study(BOTH, "1", "2");
    assertThat(study.findings()).hasSize(2);
    assertThat(study.leading()).hasSize(1);
    assertThat(study.parallelism()).hasSize(1);
    assertThat(study.memory()).hasSize(1);
    Footprint footprint = study.memory().get(0);
    assertThat(footprint.subject()).isEqualTo("mamba");
    assertThat(footprint.aspect()).isEqualTo("train");
    Footprint.Bytes kept = footprint.kept().orElseThrow();
    assertThat(kept.analysis().conclusion().sentence())
        .isEqualTo("Memory is 4096 + 512·n B, to the byte at all 4 sizes.");
    assertThat(kept.largest().sample().mean()).isEqualTo(4096 + 512 * 512);
    assertThat(footprint.allocated().orElseThrow().analysis().conclusion().told()).isTrue();
  }

  @Test
  void allocationAloneIsEnough() throws IOException {
    Footprint footprint = study(ALLOCATION, "1").memory().get(0);
    assertThat(footprint.kept()).isEmpty();
    assertThat(footprint.allocated()).isPresent();
  }

  @Test
  void filesWithoutMemoryHaveNone() throws IOException {
    assertThat(study("", "1", "2").memory()).isEmpty();
  }

  private Study study(String secondary, String... threads) throws IOException {
    List<String> elements = new ArrayList<>();
    for (String count : threads) {
      for (int length = 64; length <= 512; length *= 2) {
        elements.add(
            String.format(
                Locale.ROOT,
                """
                {"benchmark": "b.B.run", "mode": "avgt", "threads": 1, "forks": 2,
                 "params": {"model": "mamba", "phase": "train", "length": "%3$d", "threads": "%4$s"},
                 "primaryMetric": {"score": %3$d, "scoreUnit": "us/op",
                   "rawData": [[%3$d, %3$d], [%3$d, %3$d]]},
                 "secondaryMetrics": {"""
                    + secondary
                    + "}}",
                4096 + 512 * length,
                64 + 8 * length,
                length,
                count));
      }
    }
    Path file = temp.resolve("results.json");
    Files.writeString(file, "[" + String.join(",\n", elements) + "]");
    return Analyst.study("t", JmhResults.read(file), Optional.empty(), 1);
  }
}
