package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.CrossoverMatrix;
import dev.ordo.reports.chart.ExponentChart;
import dev.ordo.reports.chart.MemoryChart;
import dev.ordo.reports.chart.PhaseChart;
import dev.ordo.reports.chart.ResidualChart;
import dev.ordo.reports.chart.RooflineChart;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.chart.SpeedUpChart;
import dev.ordo.reports.document.Page.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The charts of a study's page, in its order. */
final class ReportCharts {

  private ReportCharts() {}

  /**
   * A chart and the part of the page that it stands in.
   *
   * @param section where
   * @param chart what
   */
  record Placed(Section section, Chart chart) {}

  static List<Placed> of(Study study) {
    List<Placed> placed = new ArrayList<>();
    List<ScalingChart> costs = ScalingChart.of(study);
    add(placed, Section.SCALING, costs);
    List<ScalingChart> exponents = ExponentChart.of(study);
    boolean many = ScalingChart.uncharted(study) > 0;
    if (many) {
      // As few as of costs: those beside them.
      Set<String> names =
          costs.stream()
              .map(chart -> chart.name().replaceFirst("scaling", "exponent"))
              .collect(Collectors.toSet());
      exponents = exponents.stream().filter(chart -> names.contains(chart.name())).toList();
    }
    add(placed, Section.EXPONENTS, exponents);
    add(placed, Section.TOKENS, few(PhaseChart.ttft(study), many));
    add(placed, Section.TOKENS, few(PhaseChart.tpot(study), many));
    add(placed, Section.TOKENS, few(PhaseChart.throughput(study), many));
    add(placed, Section.CROSSOVERS, few(CrossoverMatrix.of(study), many));
    add(placed, Section.MEMORY, few(MemoryChart.of(study), many));
    add(placed, Section.ROOFLINE, few(RooflineChart.of(study), many));
    add(placed, Section.PARALLELISM, SpeedUpChart.of(study));
    if (ScalingChart.uncharted(study) == 0) {
      add(placed, Section.RESIDUALS, ResidualChart.of(study));
    }
    return placed;
  }

  /** Returns the first chart as an example where nobody would look through all. */
  private static <T extends Chart> List<T> few(List<T> charts, boolean many) {
    return many && charts.size() > 1 ? charts.subList(0, 1) : charts;
  }

  private static void add(List<Placed> placed, Section section, List<? extends Chart> charts) {
    charts.forEach(chart -> placed.add(new Placed(section, chart)));
  }
}
