package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.history.Histories;
import dev.ordo.reports.history.HistoryAnalyst;
import dev.ordo.reports.history.HistoryOptions;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.RunNoise;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TrendChartTest {

  private static TrendChart chart(int runs) {
    double[] values = RunNoise.WHITE.draw(runs, new SplittableRandom(3));
    for (int i = 0; i < runs; i++) {
      values[i] = (i < runs / 2 ? 2e6 : 3e6) * Math.exp(0.02 * values[i]);
    }
    HistoryStudy study = HistoryAnalyst.study(Histories.of(values), HistoryOptions.DEFAULT);
    return TrendChart.of(study, study.findings(), finding -> "Sort <quick> & n=1").get(0);
  }

  @Test
  void marksTheCommitBetweenTwoLevels() {
    TrendChart chart = chart(40);

    assertThat(chart.name()).isEqualTo("trend-sort-quick-n-1");
    assertThat(chart.unitTitle()).isEqualTo("time per operation (ms)");
    assertThat(chart.marks()).hasSize(1);
    assertThat(chart.marks().get(0).place()).isEqualTo(19.5);
    assertThat(chart.marks().get(0).label()).startsWith("c0ffef4").endsWith("%");
    assertThat(chart.marks().get(0).worse()).isTrue();
    assertThat(chart.hosts().get(0).levels()).hasSize(2);
    assertThat(chart.days()).hasSize(40).contains("2026-01-21");
  }

  @Test
  void drawsFewAndVeryManyRuns() throws IOException {
    for (int runs : new int[] {1, 2, 7, 3000}) {
      TrendChart chart = chart(runs);

      assertThat(chart.svg()).startsWith("<svg").contains("Sort &lt;quick&gt; &amp; n=1");
      assertThat(ImageIO.read(new ByteArrayInputStream(chart.png())).getWidth()).isEqualTo(1800);
      assertThat(chart.hosts().get(0).dots()).hasSizeLessThanOrEqualTo(400);
    }
  }

  @Test
  void labelsOfChangesTouchNothing() {
    double[] values = RunNoise.WHITE.draw(400, new SplittableRandom(5));
    for (int i = 0; i < values.length; i++) {
      values[i] = 2e6 * (1 + i / 50 % 3) * Math.exp(0.01 * values[i]);
    }
    HistoryStudy study = HistoryAnalyst.study(Histories.of(values), HistoryOptions.DEFAULT);
    TrendChart chart = TrendChart.of(study, study.findings(), finding -> "Sort").get(0);
    assertThat(chart.marks()).hasSizeGreaterThan(4);
    for (Sheet sheet : FrameTest.sheets().toList()) {
      TrendPlot plot = new TrendPlot(chart, sheet);

      FrameTest.assertClear(plot.labels(), plot.width(), plot.height());
    }
  }

  @Test
  void givesEqualTitlesDifferentNames() {
    HistoryStudy study =
        HistoryAnalyst.study(
            Histories.of(new double[] {1, 2}, new double[] {3, 4}), HistoryOptions.DEFAULT);

    assertThat(TrendChart.of(study, study.findings(), finding -> "same"))
        .extracting(TrendChart::name)
        .isEqualTo(List.of("trend-same", "trend-same-2"));
  }
}
