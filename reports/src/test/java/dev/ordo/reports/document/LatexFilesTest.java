package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatexFilesTest {

  private static List<String> rows(String table) {
    return table.lines().filter(line -> line.endsWith("\\\\")).toList();
  }

  private static long cells(String row) {
    return row.replace("\\&", "").chars().filter(c -> c == '&').count();
  }

  @Test
  void claimsHaveARowForEachClaimAndEachGap() {
    String table = Templates.latex("claims.ftlt", Studies.models());
    assertThat(table).contains("\\toprule", "\\midrule", "\\bottomrule", "\\end{tabular}");
    assertThat(rows(table)).hasSize(1 + 15 + 5 * 3);
    assertThat(table)
        .contains(
            "rnn & Training & \\multicolumn{6}{l}{\\emph{not measured}} \\\\",
            " & Inference{,} prefill & 1.00 & {[}0.97{,} 1.03{]} & linear & O(L) & 0.96 &"
                + " consistent \\\\");
  }

  @Test
  void tablesHaveAsManyCellsInEveryRow() {
    for (Study study : List.of(Studies.models(), Studies.odd(), Studies.single())) {
      assertThat(
              rows(Templates.latex("claims.ftlt", study)).stream()
                  .filter(row -> !row.contains("multicolumn"))
                  .mapToLong(LatexFilesTest::cells)
                  .distinct())
          .hasSize(1);
      assertThat(
              rows(Templates.latex("fits.ftlt", study)).stream()
                  .filter(row -> !row.contains("multicolumn"))
                  .map(LatexFilesTest::cells))
          .containsOnly(6L);
    }
  }

  @Test
  void fitsHaveNumbersAsFormulas() {
    assertThat(Templates.latex("fits.ftlt", Studies.models()))
        .contains(
            "transformer & prefill & linear + quadratic & 24.0"
                + " \\ensuremath{\\mu}s\\,\\ensuremath{n} + 27.1 ns\\,\\ensuremath{n^{2}} & ");
  }

  @Test
  void namesFromOutsideAreText() {
    String claims = Templates.latex("claims.ftlt", Studies.odd());
    assertThat(claims)
        .contains("\\textless{}img src=x onerror=alert(1)\\textgreater{} & time & 1.00 & ")
        .contains("\\$x\\textsuperscript{2}\\$")
        .doesNotContain("\u001b", "<img");
    assertThat((claims + Templates.latex("fits.ftlt", Studies.odd())).chars())
        .allMatch(c -> c < 0x7F);
  }

  @Test
  void saysWhereNothingWasMeasured() {
    assertThat(Templates.latex("claims.ftlt", Studies.empty())).contains("Nothing was measured");
    assertThat(Templates.latex("fits.ftlt", Studies.empty())).contains("Nothing was measured");
  }

  @Test
  void writesEachChartWithItsNumbers(@TempDir Path folder) throws IOException {
    Study study = Studies.models();
    Reports.Files files = Reports.write(study, folder);
    assertThat(files.latex())
        .allMatch(Files::isRegularFile)
        .contains(
            folder.resolve("tables/claims.tex"),
            folder.resolve("tables/fits.tex"),
            folder.resolve("pgfplots/scaling-prefill.tex"));
    ScalingChart chart = ScalingChart.of(study).get(0);
    List<String> dots = Files.readAllLines(folder.resolve("pgfplots/scaling-prefill.dat"));
    assertThat(dots.get(0)).isEqualTo("series size value minus plus forks");
    assertThat(dots).hasSize(1 + chart.lines().stream().mapToInt(line -> line.dots().size()).sum());
    ScalingChart.Dot first = chart.lines().get(0).dots().get(0);
    String[] numbers = dots.get(1).split(" ");
    assertThat(numbers[0]).isEqualTo("0");
    assertThat(Double.parseDouble(numbers[1])).isEqualTo(first.size());
    assertThat(Double.parseDouble(numbers[2])).isCloseTo(first.mean(), within(first.mean()));
    assertThat(Double.parseDouble(numbers[3]))
        .isCloseTo(first.mean() - first.low(), within(first.mean()));
    assertThat(numbers[5]).isEqualTo("3");
    List<String> fits = Files.readAllLines(folder.resolve("pgfplots/scaling-prefill-fits.dat"));
    assertThat(fits).hasSize(1 + chart.lines().size() * 61);
    assertThat(fits.get(1)).startsWith("0 64 ");
    assertThat(fits.get(61)).startsWith("0 4096 ");
    assertThat(folder.resolve("pgfplots/scaling-prefill.tex"))
        .content()
        .contains(
            "xmode=log,\n  log basis x=10,\n  ymode=log,",
            "\\definecolor{ordo0}{HTML}{",
            "y error minus=minus",
            "\\addlegendentry{transformer{-}kv}");
  }

  private static org.assertj.core.data.Offset<Double> within(double value) {
    return org.assertj.core.data.Offset.offset(1e-5 * value);
  }

  @Test
  void drawsAChartWithoutLogarithmsAndWithRules() {
    String linear =
        ScalingChart.of(Studies.odd()).stream()
            .filter(chart -> !chart.logarithmic())
            .map(chart -> Templates.pgfplots(new LatexChart(chart).picture()))
            .findFirst()
            .orElseThrow();
    assertThat(linear).doesNotContain("ymode=log", "extra y ticks");
    ScalingChart speedUp =
        dev.ordo.reports.chart.SpeedUpChart.of(Studies.parallel(List.of("mamba"), 1, 2)).get(0);
    assertThat(Templates.pgfplots(new LatexChart(speedUp).picture()))
        .contains("extra y ticks={", "  ymin=", "  ymax=");
  }
}
