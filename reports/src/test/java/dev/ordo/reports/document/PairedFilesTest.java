package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.chart.RatioChart;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.PairedCell;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedFilesTest {

  private static final double[] WOBBLE = {0.99, 1.01, 1.0, 1.005, 0.995, 1.002, 0.998, 1.0};

  @TempDir private Path folder;

  @Test
  void tellsEachCellTheLawsAndTheOutcome() {
    String text = PairedTable.text(report(), 80);

    assertThat(text)
        .contains("ema.decode@4096", "8+8", "regressed", "unchanged")
        .contains("ema.decode: the candidate grows faster, by length^0.")
        .contains("Regressed: ema.generate@64, the candidate fails where the base runs: boom.")
        .contains("Not compared: ema.train@64, too long for the budget.")
        .contains("10 cells: ")
        .contains("Regressed.")
        .contains("<b>first</b> note.");
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThatThrownBy(() -> PairedTable.text(report(), 40)).hasMessageContaining("columns (40)");
  }

  @Test
  void writesAPageThatEscapesWhatComesFromOutside() throws IOException {
    PairedFiles.Files files = PairedFiles.write(report(), folder);

    assertThat(Files.readString(files.html()))
        .contains("&lt;new&gt;.jar against old.jar", "&lt;b&gt;first&lt;/b&gt; note", "<svg")
        .doesNotContain("<b>first")
        .contains("some machine");
    assertThat(Files.readString(files.markdown()))
        .startsWith("# &lt;new&gt;.jar against old.jar: regressed")
        .contains("| **regressed** |")
        .contains("![Candidate over base against length](charts/ratio.png)");
    assertThat(folder.resolve("charts/ratio.png")).isNotEmptyFile();
  }

  @Test
  void writesAllPairsAsJson() throws IOException {
    JsonNode root = new ObjectMapper().readTree(PairedFiles.json(report()));

    assertThat(root.get("schema").asText()).isEqualTo("ordo-ab");
    assertThat(root.get("outcome").asText()).isEqualTo("regressed");
    assertThat(root.get("cells")).hasSize(10);
    JsonNode cell = root.get("cells").get(0);
    assertThat(cell.get("series").asText()).isEqualTo("ema.decode");
    assertThat(cell.get("first").get(0).get(1).asDouble()).isPositive();
    assertThat(root.get("trends").get(0).get("verdict").asText()).isEqualTo("regressed");
    assertThat(root.get("uncompared")).hasSize(2);
  }

  @Test
  void drawsTheRatioBetweenTheEndsOfTheMargin() {
    List<ScalingChart> charts = RatioChart.of(report());

    assertThat(charts).hasSize(1);
    assertThat(charts.get(0).rules()).containsExactly(1 / 1.05, 1.0, 1.05);
    assertThat(charts.get(0).lines()).hasSize(2);
    assertThat(charts.get(0).svg()).startsWith("<svg");
  }

  private static PairedReport report() {
    List<PairedCell> cells = new ArrayList<>();
    for (int n : new int[] {64, 256, 1024, 2048, 4096}) {
      cells.add(cell("ema.decode", n, 1 + n / 2000.0, 8));
      cells.add(cell("ema.prefill", n, 1, 0));
    }
    cells.sort(Comparator.comparing(PairedCell::series));
    return new PairedReport(
        "old.jar",
        "<new>.jar",
        "length",
        PairedComparison.of(cells, PairedOptions.DEFAULT),
        List.of(
            new PairedReport.Uncompared(
                "ema.generate@64", true, "the candidate fails where the base runs: boom"),
            new PairedReport.Uncompared("ema.train@64", false, "too long for the budget")),
        List.of("<b>first</b> note."),
        Map.of("machine", "some machine"));
  }

  private static PairedCell cell(String series, int size, double ratio, int again) {
    return new PairedCell(series, size, pairs(ratio, size, 8), pairs(ratio, size, again));
  }

  private static List<Pair> pairs(double ratio, int size, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Pair(1e6 * WOBBLE[(i * (1 + size % 7) + size) % 8], 1e6 * ratio))
        .toList();
  }
}
