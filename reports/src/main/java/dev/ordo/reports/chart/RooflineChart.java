package dev.ordo.reports.chart;

import dev.ordo.reports.Roofline;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Dot;
import dev.ordo.reports.chart.ScalingChart.Guide;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.chart.ScalingChart.Part;
import dev.ordo.reports.chart.ScalingChart.Place;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How near measured cells come to what the machine can do: operations a second against operations a
 * byte, with the machine's peak as a flat roof and its bandwidths as sloped ones (Williams,
 * Waterman and Patterson, <i>Communications of the ACM</i> 52(4), 2009). A chart for each aspect
 * and number of threads, a dot for each size.
 */
public final class RooflineChart {

  /** What the value axis shows. */
  static final Unit RATE = new Unit("GFLOP/s", Unit.Dimension.OTHER);

  /** What the other axis shows. */
  static final String INTENSITY = "FLOP per byte";

  private static final double GIGA = 1e9;
  private static final double NANOS = 1e9;

  /** How much wider than its dots and the bend of its roof a chart is, as a factor. */
  private static final double MARGIN = 2;

  private RooflineChart() {}

  private record Kind(String aspect, Roofline.Roof roof) {}

  /**
   * Returns the charts of a study, more where an aspect has more than 12 subjects; none where the
   * machine was not measured or no operations are known.
   */
  public static List<ScalingChart> of(Study study) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    study
        .roofline()
        .ifPresent(
            roofline -> {
              for (Roofline.Roof roof : roofline.roofs()) {
                for (Roofline.Load load : roofline.loads(roof.threads())) {
                  List<Dot> dots = dots(load);
                  if (!dots.isEmpty()) {
                    kinds
                        .computeIfAbsent(new Kind(load.aspect(), roof), k -> new ArrayList<>())
                        .add(new Line(load.subject(), dots, List.of()));
                  }
                }
              }
            });
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, lines) -> {
          for (Part part : Part.of(lines)) {
            charts.add(chart(kind, part, style, names));
          }
        });
    return List.copyOf(charts);
  }

  private static List<Dot> dots(Roofline.Load load) {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < load.works().size(); i++) {
      Series.Point point = load.series().points().get(i);
      Sample sample = point.sample();
      if (sample.isPositive()) {
        Roofline.Work work = load.works().get(i);
        double rate = work.flops() * NANOS / GIGA;
        dots.add(
            new Dot(
                work.intensity(),
                rate / sample.mean(),
                rate / Arrays.stream(sample.forkMeans()).max().orElseThrow(),
                rate / Arrays.stream(sample.forkMeans()).min().orElseThrow(),
                sample.forkCount(),
                symbol(load.series()) + " = " + Figures.size(point.size())));
      }
    }
    dots.sort(Comparator.comparingDouble(Dot::size));
    return dots;
  }

  private static String symbol(Series series) {
    return series.sizeName().equals("length") ? "L" : Text.clean(series.sizeName());
  }

  private static ScalingChart chart(Kind kind, Part part, Style style, Set<String> names) {
    Roofline.Roof roof = kind.roof();
    String threads = roof.threads() == 1 ? "" : ", " + roof.threads() + " threads";
    String name =
        "roofline-"
            + ScalingChart.slug(kind.aspect())
            + (roof.threads() == 1 ? "" : "-" + roof.threads() + "-threads");
    return new ScalingChart(
        ScalingChart.unique(name, names),
        Text.clean(kind.aspect()) + ": roofline" + threads + part.suffix(),
        caption(kind, part.lines()),
        INTENSITY,
        RATE,
        true,
        List.of(),
        guides(roof, part.lines()),
        part.lines(),
        style);
  }

  /** Returns the roofs over all dots: those of bandwidths up to where the peak is lower. */
  private static List<Guide> guides(Roofline.Roof roof, List<Line> lines) {
    double[] places =
        lines.stream().flatMap(l -> l.dots().stream()).mapToDouble(Dot::size).sorted().toArray();
    double bend = roof.flops() / roof.memory();
    double first = roof.cache().isPresent() ? roof.flops() / roof.cache().getAsDouble() : bend;
    double from = Math.min(places[0], Math.min(first, bend)) / MARGIN;
    double to = Math.max(places[places.length - 1], Math.max(first, bend)) * MARGIN;
    List<Guide> guides = new ArrayList<>();
    guides.add(
        new Guide(
            "peak " + rate(roof.flops(), "FLOP/s"),
            List.of(
                new Place(Math.min(first, bend), roof.flops() / GIGA),
                new Place(to, roof.flops() / GIGA))));
    roof.cache().ifPresent(bandwidth -> guides.add(slope("cache", bandwidth, roof, from)));
    guides.add(slope("memory", roof.memory(), roof, from));
    return guides;
  }

  private static Guide slope(String what, double bandwidth, Roofline.Roof roof, double from) {
    double bend = roof.flops() / bandwidth;
    return new Guide(
        what + " " + rate(bandwidth, "B/s"),
        List.of(new Place(from, from * bandwidth / GIGA), new Place(bend, roof.flops() / GIGA)));
  }

  /** Returns a rate with a space before its prefix, for example {@code 118 GFLOP/s}. */
  private static String rate(double value, String unit) {
    String count = Figures.count(value);
    return count.replaceFirst("([A-Z]?)$", " $1") + unit;
  }

  private static String caption(Kind kind, List<Line> lines) {
    boolean bars =
        lines.stream()
            .flatMap(line -> line.dots().stream())
            .anyMatch(dot -> dot.low() < dot.high());
    return "Each point is a size of "
        + Text.clean(kind.aspect())
        + ": operations by theory over the mean time, against operations by theory over the bytes"
        + " that must move at least once"
        + (bars ? "; bars reach from the slowest to the fastest fork" : "")
        + ". The grey lines are the most that this machine reached on "
        + (kind.roof().threads() == 1 ? "1 thread" : kind.roof().threads() + " threads")
        + (kind.roof().remark().isEmpty() ? "" : ", " + kind.roof().remark())
        + ". Below a slope a cell waits for bytes, below the flat line for arithmetic; cells whose"
        + " bytes stay in a cache may lie above the slope of memory. Both axes are logarithmic.";
  }
}
