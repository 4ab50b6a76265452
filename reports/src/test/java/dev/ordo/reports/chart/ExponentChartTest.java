package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.LocalExponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExponentChartTest {

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private static Study study(Series series) {
    Study.Finding finding =
        new Study.Finding("s", "time", series, Analyst.analyze(series, 1), Optional.empty());
    return new Study("", List.of(finding), Map.of(), List.of());
  }

  @Test
  void drawsALineForEachSubjectWithTheIntervalsAsBars() {
    Study study = Studies.analysed(3);
    List<ScalingChart> charts = ExponentChart.of(study);
    assertThat(charts).hasSize(1);
    ScalingChart chart = charts.get(0);
    assertThat(chart.name()).isEqualTo("exponent-prefill");
    assertThat(chart.title()).isEqualTo("prefill: local exponent against length");
    assertThat(chart.logarithmic()).isFalse();
    assertThat(chart.rules()).containsExactly(0.0, 1.0, 2.0);
    assertThat(chart.lines())
        .extracting(ScalingChart.Line::subject)
        .containsExactly("linear-0", "quadratic-1", "linear-2");
    List<LocalExponent> slopes = study.findings().get(1).analysis().localExponents();
    List<ScalingChart.Dot> dots = chart.lines().get(1).dots();
    assertThat(dots).hasSize(6);
    for (int i = 0; i < 6; i++) {
      assertThat(dots.get(i).size()).isCloseTo(64 * Math.pow(2, i + 0.5), within(1e-6));
      assertThat(dots.get(i).mean()).isEqualTo(slopes.get(i).value());
      assertThat(dots.get(i).low()).isEqualTo(slopes.get(i).interval().orElseThrow().low());
      assertThat(dots.get(i).high()).isEqualTo(slopes.get(i).interval().orElseThrow().high());
    }
    assertThat(chart.caption())
        .contains("Slopes of log time over log length", "95 % intervals over forks")
        .contains("0 (constant), 1 (linear) and 2 (quadratic)");
  }

  @Test
  void aCubicSeriesGetsARuleAtThree() {
    ScalingChart chart =
        ExponentChart.of(study(Studies.plain("n", Unit.NANOS_PER_OP, 1, 1, 2, 8, 4, 64, 8, 512)))
            .get(0);
    assertThat(chart.rules()).containsExactly(0.0, 1.0, 2.0, 3.0);
    assertThat(chart.caption())
        .contains("and 3 (cubic)")
        .doesNotContain("bars", "beside each other");
  }

  @Test
  void wildSlopesStayOutside() {
    ScalingChart chart =
        ExponentChart.of(
                study(Studies.plain("n", Unit.NANOS_PER_OP, 1, 1, 2, 2, 4, 4e6, 8, 8e6, 16, 16e6)))
            .get(0);
    assertThat(chart.lines().get(0).dots()).hasSize(3);
    assertThat(chart.caption()).contains("Slopes below -3 or above 6 are not drawn.");
  }

  @Test
  void oneSlopeIsNoChart() {
    assertThat(ExponentChart.of(study(Studies.plain("n", Unit.NANOS_PER_OP, 1, 1, 2, 2))))
        .isEmpty();
    assertThat(ExponentChart.of(Studies.models())).isEmpty();
  }

  @Test
  void theAxisHasOctavesForMiddlesOfOctaves() {
    String svg = ExponentChart.of(Studies.analysed(12)).get(0).svg();
    assertThat(svg).startsWith("<svg").contains("role=\"img\"").contains("<desc");
    Frame frame =
        new ScalingPlot(ExponentChart.of(Studies.analysed(12)).get(0), Sheet.SCREEN).frame();
    assertThat(frame.acrossTicks()).allMatch(tick -> Double.toString(tick.value()).endsWith(".0"));
    assertThat(frame.acrossTicks()).hasSizeGreaterThan(3);
    assertThat(frame.upTicks()).extracting(Axis.Tick::value).contains(0.0, 1.0, 2.0);
  }
}
