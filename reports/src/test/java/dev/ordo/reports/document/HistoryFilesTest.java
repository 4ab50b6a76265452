package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.history.Histories;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFilesTest {

  @TempDir private Path folder;

  @Test
  void writesDataPageAndPictures() throws IOException {
    HistoryFiles.Files files = HistoryFiles.write(HistoryTableTest.study(2, 45), folder);
    JsonNode json = new ObjectMapper().readTree(files.json().toFile());

    assertThat(json.get("schema").asText()).isEqualTo("ordo-history-study");
    assertThat(json.get("runs")).hasSize(45);
    JsonNode change = json.at("/trends/0/tracks/0/changes/0");
    assertThat(change.get("first").asInt()).isEqualTo(30);
    assertThat(change.get("lastBefore").asInt()).isEqualTo(29);
    assertThat(change.get("worse").asBoolean()).isTrue();
    assertThat(json.at("/trends/1/tracks/0/changes")).isEmpty();
    assertThat(Files.readString(files.markdown()))
        .contains("### c0ffefe", "| n=1 | 45 |", "](charts/trend-n-1.svg)");
    assertThat(files.charts()).hasSize(12).allSatisfy(chart -> assertThat(chart).exists());
  }

  @Test
  void escapesNamesFromOutside() throws IOException {
    TrendKey hostile =
        new TrendKey(
            "<script>alert(1)</script>|`x`",
            "avgt",
            1,
            Map.of("p", "[a](javascript:x)\n# b"),
            "time",
            Unit.NANOS_PER_OP,
            Optional.empty());
    HistoryStudy study =
        HistoryAnalyst.study(
            Histories.of(List.of(hostile), new double[][] {{1, 2, 3}}), HistoryOptions.DEFAULT);
    HistoryFiles.Files files = HistoryFiles.write(study, folder);

    assertThat(Files.readString(files.markdown()))
        .doesNotContain("<script>")
        .contains("&lt;script&gt;");
    assertThat(Files.readString(files.charts().get(0))).doesNotContain("<script>");
    assertThat(files.charts().get(0).getFileName().toString()).matches("trend-[a-z0-9-]+\\.svg");
  }
}
