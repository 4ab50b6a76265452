package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonChartTest {

  @TempDir private Path folder;

  private Measurements measured(String name, double sort, double find) throws IOException {
    StringBuilder csv = new StringBuilder("name,n,time_ns\n");
    for (int size = 64; size <= 512; size *= 2) {
      for (int fork = 0; fork < 4; fork++) {
        double jitter = 1 + 0.01 * Math.sin(sort + 1.7 * fork + size);
        csv.append(String.format(Locale.ROOT, "sort,%d,%.3f%n", size, sort * size * jitter));
        csv.append(String.format(Locale.ROOT, "find,%d,%.3f%n", size, find * size * jitter));
      }
    }
    return ResultFiles.read(Files.writeString(folder.resolve(name), csv));
  }

  private List<ScalingChart> charts(double sort, double find) throws IOException {
    Measurements base = measured("base.csv", 1, 2);
    Study study = Analyst.study("base", base, List.of(base.metric()), Optional.empty(), 1);
    Measurements candidate = measured("candidate.csv", sort, find);
    return ComparisonChart.of(study, Comparison.of(base, candidate, ComparisonOptions.DEFAULT));
  }

  @Test
  void showsTheRatioOfEachCellWithItsInterval() throws IOException {
    List<ScalingChart> charts = charts(1.5, 2);

    assertThat(charts).hasSize(1);
    ScalingChart chart = charts.get(0);
    assertThat(chart.rules()).containsExactly(1.0);
    assertThat(chart.logarithmic()).isFalse();
    assertThat(chart.lines())
        .extracting(ScalingChart.Line::subject)
        .containsExactly("sort", "find");
    ScalingChart.Line sort = chart.lines().get(0);
    assertThat(sort.dots())
        .extracting(ScalingChart.Dot::size)
        .containsExactly(64.0, 128.0, 256.0, 512.0);
    for (ScalingChart.Dot dot : sort.dots()) {
      assertThat(dot.mean()).isCloseTo(1.5, within(0.05));
      assertThat(dot.low()).isLessThan(dot.mean());
      assertThat(dot.high()).isGreaterThan(dot.mean());
      assertThat(dot.forks()).isEqualTo(4);
    }
  }

  @Test
  void farOffValuesMakeTheAxisLogarithmic() throws IOException {
    assertThat(charts(9, 2).get(0).logarithmic()).isTrue();
  }
}
