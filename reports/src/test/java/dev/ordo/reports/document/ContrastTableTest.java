package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.fit.Analyst;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastTableTest {

  private static final String HOSTILE = "<b>25|c2";

  @TempDir private Path folder;
  private Study study;

  @BeforeEach
  void measuresOnTwoJvms() throws IOException {
    StringJoiner cells = new StringJoiner(",", "[", "]");
    for (String jvm : List.of("17", HOSTILE)) {
      for (int length : new int[] {64, 128, 256, 512}) {
        double nanos = (jvm.equals("17") ? 100.0 : 50.0) * length;
        cells.add(
            "{\"benchmark\":\"b.B.run\",\"mode\":\"avgt\",\"threads\":1,\"params\":{\"model\":\"m\","
                + "\"phase\":\"decode\",\"length\":\""
                + length
                + "\",\"jvm\":\""
                + jvm
                + "\"},\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ns/op\",\"rawData\":[["
                + nanos
                + "],["
                + nanos * 1.01
                + "],["
                + nanos * 0.99
                + "]]}}");
      }
    }
    Path file = Files.writeString(folder.resolve("result.json"), cells.toString());
    study = Analyst.study("t", ResultFiles.read(file), Optional.empty(), 1);
  }

  @Test
  void saysInTheTerminalWhichSettingIsFaster() {
    assertThat(SummaryTable.text(study, 100))
        .contains("Time under one setting over that under another, at the largest size:")
        .containsPattern("m +decode +JVM <b>25\\|c2 over 17 +512 +0\\.50 .* faster");
  }

  @Test
  void escapesOnPages() {
    assertThat(Templates.html(study, List.of()))
        .contains("<h2 id=\"settings-title\">Settings</h2>", "JVM &lt;b&gt;25|c2 over 17")
        .contains("All 4 sizes and settings")
        .doesNotContain("<b>25|c2");
    assertThat(Templates.markdown(study, List.of()))
        .contains("## Settings", "| faster |")
        .doesNotContain("25|c2 over");
  }

  @Test
  void isInTheDataForPrograms() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FitsJson.write(study, out);

    JsonNode settings = new ObjectMapper().readTree(out.toByteArray()).get("settings");

    assertThat(settings).hasSize(1);
    assertThat(settings.get(0).get("dimension").asText()).isEqualTo("jvm");
    assertThat(settings.get(0).get("other").asText()).isEqualTo(HOSTILE);
    assertThat(settings.get(0).get("places")).hasSize(4);
    assertThat(settings.at("/0/places/3/verdict").asText()).isEqualTo("faster");
    assertThat(settings.at("/0/places/3/interval/high").asDouble()).isLessThan(0.6);
  }
}
