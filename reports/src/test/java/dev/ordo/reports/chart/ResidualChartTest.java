package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.fit.Fit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualChartTest {

  @Test
  void holdsMeasuredOverFitted() {
    Study study = Studies.models();
    List<ScalingChart> charts = ResidualChart.of(study);
    assertThat(charts)
        .extracting(ScalingChart::name)
        .containsExactly("residuals-prefill", "residuals-decode", "residuals-generate");
    Study.Finding finding = study.findings().get(0);
    Fit fit = finding.analysis().best().orElseThrow();
    ScalingChart.Line line = charts.get(0).lines().get(0);
    assertThat(line.subject()).isEqualTo(finding.subject());
    for (int i = 0; i < line.dots().size(); i++) {
      double size = finding.series().sizes()[i];
      assertThat(line.dots().get(i).mean())
          .isCloseTo(finding.series().means()[i] / fit.at(size), within(1e-9));
    }
    assertThat(charts.get(0).rules()).containsExactly(1.0);
    assertThat(charts.get(0).logarithmic()).isFalse();
  }

  @Test
  void isNoneWithoutAFit() {
    assertThat(ResidualChart.of(Studies.empty())).isEmpty();
  }

  @Test
  void isDrawn() {
    assertThat(ResidualChart.of(Studies.models()).get(0).svg())
        .contains("prefill: measured over fitted against length");
  }
}
