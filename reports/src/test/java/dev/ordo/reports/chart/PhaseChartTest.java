package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseChartTest {

  @Test
  void timePerOutputTokenIsThatOfAStepOrAShareOfGenerating() {
    Study study = Studies.models();
    List<ScalingChart> charts = PhaseChart.tpot(study);
    assertThat(charts).extracting(ScalingChart::name).containsExactly("tpot", "tpot-generate");
    List<Line> plain = ScalingChart.of(study).get(1).lines();
    assertThat(charts.get(0).lines()).isEqualTo(plain);
    Line generated = ScalingChart.of(study).get(2).lines().get(2);
    Line perToken = charts.get(1).lines().get(2);
    for (int i = 0; i < generated.dots().size(); i++) {
      Dot whole = generated.dots().get(i);
      assertThat(perToken.dots().get(i))
          .isEqualTo(
              new Dot(
                  whole.size(),
                  whole.mean() / whole.size(),
                  whole.low() / whole.size(),
                  whole.high() / whole.size(),
                  whole.forks()));
    }
    Place last = generated.curve().get(480);
    assertThat(perToken.curve().get(480).value()).isEqualTo(last.value() / last.size());
    assertThat(perToken.band().get(3).low())
        .isEqualTo(generated.band().get(3).low() / generated.band().get(3).size());
    assertThat(charts.get(1).unit().symbol()).isEqualTo("ns/token");
    assertThat(ScalingChart.quantity(charts.get(1).unit())).isEqualTo("time per token");
  }

  @Test
  void timeToTheFirstTokenIsThatOfThePrompt() {
    Study study = Studies.models();
    ScalingChart chart = PhaseChart.ttft(study).get(0);
    assertThat(chart.lines()).isEqualTo(ScalingChart.of(study).get(0).lines());
    assertThat(chart.title()).startsWith("Time to first token (TTFT)");
    assertThat(chart.caption()).startsWith("The time of taking in a prompt");
  }

  @Test
  void throughputTurnsTimesRound() {
    Study study = Studies.models();
    List<ScalingChart> charts = PhaseChart.throughput(study);
    assertThat(charts)
        .extracting(ScalingChart::name)
        .containsExactly("throughput-prefill", "throughput-decode", "throughput-generate");
    Dot time = ScalingChart.of(study).get(0).lines().get(1).dots().get(3);
    Dot tokens = charts.get(0).lines().get(1).dots().get(3);
    assertThat(tokens.mean()).isCloseTo(512e9 / time.mean(), within(1e-6));
    assertThat(tokens.low()).isCloseTo(512e9 / time.high(), within(1e-6));
    assertThat(tokens.high()).isCloseTo(512e9 / time.low(), within(1e-6));
    Dot step = ScalingChart.of(study).get(1).lines().get(1).dots().get(3);
    assertThat(charts.get(1).lines().get(1).dots().get(3).mean())
        .isCloseTo(1e9 / step.mean(), within(1e-6));
    charts.forEach(
        chart ->
            assertThat(chart.lines())
                .allSatisfy(
                    line ->
                        assertThat(line.band()).allMatch(range -> range.low() <= range.high())));
  }

  @Test
  void rowsOfABatchCount() {
    Study study = Studies.models();
    Study.Finding prefill = study.findings().get(0);
    Map<String, String> params = new HashMap<>(prefill.series().params());
    params.put("batch", "8");
    Series eight = with(prefill.series(), params);
    Study batched = study.withFindings(List.of(finding(prefill, eight)));
    assertThat(PhaseChart.throughput(batched).get(0).lines().get(0).dots().get(0).mean())
        .isCloseTo(
            8 * PhaseChart.throughput(study).get(0).lines().get(0).dots().get(0).mean(),
            within(1e-3));
    assertThat(PhaseChart.ttft(batched).get(0).lines().get(0).dots())
        .isEqualTo(PhaseChart.ttft(study).get(0).lines().get(0).dots());
  }

  @Test
  void otherStudiesHaveNoTokens() {
    Study study = Studies.odd();
    assertThat(PhaseChart.tpot(study)).isEmpty();
    assertThat(PhaseChart.ttft(study)).isEmpty();
    assertThat(PhaseChart.throughput(study)).isEmpty();
    Study.Finding prefill = Studies.models().findings().get(0);
    Study unnamed = study.withFindings(List.of(finding(prefill, with(prefill.series(), Map.of()))));
    assertThat(PhaseChart.ttft(unnamed)).isEmpty();
  }

  private static Series with(Series series, Map<String, String> params) {
    return new Series(
        series.benchmark(),
        series.mode(),
        params,
        series.threads(),
        series.sizeName(),
        series.points());
  }

  private static Study.Finding finding(Study.Finding finding, Series series) {
    return new Study.Finding(
        finding.subject(), finding.aspect(), series, finding.analysis(), finding.theory());
  }
}
