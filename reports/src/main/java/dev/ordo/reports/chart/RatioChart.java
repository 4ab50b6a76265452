package dev.ordo.reports.chart;

import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many times the base's time the candidate takes, against the size: a line for each series,
 * with rules at no change and at both ends of the margin.
 */
public final class RatioChart {

  /** What the value axis shows. */
  static final Unit RATIO = new Unit("candidate / base", Unit.Dimension.OTHER);

  /** So far apart, values need a logarithmic axis. */
  private static final double WIDE = 2.5;

  private RatioChart() {}

  /** Returns the charts of a comparison: more where it has more than 12 series. */
  public static List<ScalingChart> of(PairedReport report) {
    Map<String, List<CellFinding>> series = new LinkedHashMap<>();
    for (CellFinding finding : report.comparison().cells()) {
      if (finding.ratio().isPresent()) {
        series.computeIfAbsent(finding.cell().series(), name -> new ArrayList<>()).add(finding);
      }
    }
    List<Line> lines = new ArrayList<>();
    series.forEach((name, findings) -> lines.add(line(name, findings)));
    Style style = Style.of(lines.stream().map(Line::subject).toList());
    List<ScalingChart> charts = new ArrayList<>();
    for (Part part : Part.of(lines)) {
      charts.add(chart(report, part, charts.size() + 1, style));
    }
    return charts;
  }

  private static ScalingChart chart(PairedReport report, Part part, int number, Style style) {
    double up = 1 + report.comparison().options().margin();
    boolean wide =
        part.lines().stream()
            .flatMap(line -> line.dots().stream())
            .anyMatch(dot -> dot.mean() > WIDE || dot.mean() < 1 / WIDE);
    return new ScalingChart(
        number == 1 ? "ratio" : "ratio-" + number,
        "Candidate over base against " + Text.clean(report.sizeName()) + part.suffix(),
        "Time of the candidate over that of the base; bars are intervals that hold whenever"
            + " measuring ended, cut where they leave the plot. The grey lines are at 1, no change,"
            + (up > 1 ? " and at both ends of the margin, " + margin(up) + "." : ".")
            + " Points of one size stand beside each other."
            + (wide ? " The value axis is logarithmic, since some values are far off." : ""),
        report.sizeName(),
        RATIO,
        wide,
        up > 1 ? List.of(1 / up, 1.0, up) : List.of(1.0),
        part.lines(),
        style);
  }

  private static String margin(double up) {
    return Figures.factor(1 / up) + " and " + Figures.factor(up);
  }

  private static Line line(String name, List<CellFinding> findings) {
    List<Dot> dots = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    findings.stream()
        .sorted(Comparator.comparingDouble(finding -> finding.cell().size()))
        .forEach(
            finding -> {
              Interval ratio = finding.ratio().orElseThrow();
              double size = finding.cell().size();
              dots.add(new Dot(size, ratio.value(), ratio.low(), ratio.high(), finding.pairs()));
              places.add(new Place(size, ratio.value()));
            });
    return new Line(name, dots, places.size() > 1 ? places : List.of());
  }
}
