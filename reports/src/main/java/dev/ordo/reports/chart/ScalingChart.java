package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How a value changes with size: the points, error bars and curves of one aspect of a study.
 *
 * <p>{@link #of} makes those of costs. Both axes are logarithmic, so that a power law is a straight
 * line and its slope the exponent. A series that touches zero has no place there: such series come
 * in a chart of their own with a linear value axis.
 *
 * @param name the file name without an ending, unique in its study, of {@code [a-z0-9-]}
 * @param title one line above the chart
 * @param caption what the parts of the picture mean, and what this chart leaves out
 * @param sizeName the name of the size axis
 * @param unit the unit of all values
 * @param logarithmic whether the value axis is logarithmic
 * @param rules values that mean something by themselves, each with a line across the chart that the
 *     axis holds; where there are any, the axis is fitted to the means, bars may leave it, and
 *     points of one size stand beside each other
 * @param guides lines that are no series, such as the most that a machine can do; drawn in grey and
 *     named in the legend, the axes hold them
 * @param lines the series, in the order of the study; at most 12, each with a point at least
 * @param style the looks of all subjects of the study
 */
public record ScalingChart(
    String name,
    String title,
    String caption,
    String sizeName,
    Unit unit,
    boolean logarithmic,
    List<Double> rules,
    List<Guide> guides,
    List<Line> lines,
    Style style)
    implements Chart {

  private static final int MOST_LINES = 12;
  private static final int MOST_CHARTS = 24;
  private static final int FEW_CHARTS = 1;
  private static final int CURVE_POINTS = 481;
  private static final String CURVES =
      "; curves are the fitted laws, drawn over the measured sizes only";
  private static final String BANDS =
      ", and the bands about them 95 % intervals of these laws, size by size";

  /** Copies the lists. */
  public ScalingChart {
    rules = List.copyOf(rules);
    guides = List.copyOf(guides);
    lines = List.copyOf(lines);
  }

  /** Makes a chart without guides. */
  public ScalingChart(
      String name,
      String title,
      String caption,
      String sizeName,
      Unit unit,
      boolean logarithmic,
      List<Double> rules,
      List<Line> lines,
      Style style) {
    this(name, title, caption, sizeName, unit, logarithmic, rules, List.of(), lines, style);
  }

  /**
   * A line that is no series.
   *
   * @param label what it is, with its value
   * @param places its corners, sizes ascending, at least two; straight on the axes of the chart
   */
  public record Guide(String label, List<Place> places) {

    /** Copies the places. */
    public Guide {
      places = List.copyOf(places);
    }
  }

  /**
   * One series of the chart.
   *
   * @param subject whose measurements these are
   * @param dots the measured cells, sizes ascending
   * @param curve the fitted law over the measured range, sizes ascending; empty where no law was
   *     fitted or only one size was measured
   * @param band the pointwise 95 % interval of the fitted law, sizes ascending, within the measured
   *     range; empty where nothing tells it
   */
  public record Line(String subject, List<Dot> dots, List<Place> curve, List<Range> band) {

    /** Copies the parts. */
    public Line {
      dots = List.copyOf(dots);
      curve = List.copyOf(curve);
      band = List.copyOf(band);
    }

    /** Makes a line without a band. */
    public Line(String subject, List<Dot> dots, List<Place> curve) {
      this(subject, dots, curve, List.of());
    }

    Line withBand(List<Range> otherBand) {
      return new Line(subject, dots, curve, otherBand);
    }
  }

  /**
   * One measured cell.
   *
   * @param size where it lies
   * @param mean the value; of a cost, the mean of the fork means
   * @param low the lower end of its bar; of a cost, the smallest fork mean
   * @param high the upper end of its bar; of a cost, the largest fork mean
   * @param forks how many forks are behind it: of a slope or a ratio those of the part with the
   *     fewest, of pairs the pairs
   * @param label which cell it is, where its place does not tell, for example {@code L = 512}; else
   *     empty
   */
  public record Dot(double size, double mean, double low, double high, int forks, String label) {

    /** Makes a dot whose place tells what it is. */
    public Dot(double size, double mean, double low, double high, int forks) {
      this(size, mean, low, high, forks, "");
    }
  }

  /**
   * One place of a fitted curve.
   *
   * @param size where it lies
   * @param value the fitted value there
   */
  public record Place(double size, double value) {}

  /**
   * One place of a band.
   *
   * @param size where it lies
   * @param low the lower end there
   * @param high the upper end there
   */
  public record Range(double size, double low, double high) {}

  private record Kind(String aspect, String sizeName, Unit unit, boolean logarithmic) {}

  /**
   * Returns the charts of the leading findings of a study: one for each aspect, and more where an
   * aspect mixes units or size parameters, holds series that touch zero, or has more than 12
   * series. Findings without points are in no chart. Where more than {@value #MOST_CHARTS} would be
   * needed, nobody looks through them: the first is an example, and {@link #uncharted} tells how
   * many series it leaves out.
   */
  public static List<ScalingChart> of(Study study) {
    Map<Line, Study.Finding> sources = new IdentityHashMap<>();
    return bare(study, sources).stream().map(chart -> chart.withBands(sources)).toList();
  }

  /** Returns the charts without bands, and tells whose each line is. */
  private static List<ScalingChart> bare(Study study, Map<Line, Study.Finding> sources) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    for (Study.Finding finding : study.leading()) {
      Series series = finding.series();
      if (!series.points().isEmpty()) {
        List<Dot> dots = series.points().stream().map(ScalingChart::dot).toList();
        boolean positive = positive(dots);
        Unit unit = series.points().get(0).sample().unit();
        List<Place> curve =
            finding.analysis().best().map(fit -> curve(fit, dots, positive)).orElse(List.of());
        Line line = new Line(finding.subject(), dots, curve);
        sources.put(line, finding);
        kinds
            .computeIfAbsent(
                new Kind(finding.aspect(), series.sizeName(), unit, positive),
                kind -> new ArrayList<>())
            .add(line);
      }
    }
    Style style = Style.of(study);
    List<ScalingChart> charts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    kinds.forEach((kind, lines) -> charts.addAll(charts(kind, lines, kinds, style, names)));
    return List.copyOf(charts.size() <= MOST_CHARTS ? charts : charts.subList(0, FEW_CHARTS));
  }

  /** Returns how many leading findings with points have no place in the charts of a study. */
  public static int uncharted(Study study) {
    int all = (int) study.leading().stream().filter(f -> !f.series().points().isEmpty()).count();
    // Charts are made only where there may be too many: each is cheap, thousands are not.
    return all <= MOST_CHARTS
        ? 0
        : all
            - bare(study, new IdentityHashMap<>()).stream()
                .mapToInt(chart -> chart.lines().size())
                .sum();
  }

  /** Returns the measurements of a finding with its law and its band; at least one point. */
  static Line line(Study.Finding finding) {
    List<Dot> dots = finding.series().points().stream().map(ScalingChart::dot).toList();
    return new Line(
        finding.subject(),
        dots,
        finding.analysis().best().map(fit -> curve(fit, dots, positive(dots))).orElse(List.of()),
        FittedBand.of(finding));
  }

  private static boolean positive(List<Dot> dots) {
    return dots.stream().allMatch(dot -> dot.low() > 0);
  }

  private ScalingChart withBands(Map<Line, Study.Finding> sources) {
    List<Line> banded =
        lines.parallelStream()
            .map(line -> line.withBand(FittedBand.of(sources.get(line))))
            .toList();
    boolean any = banded.stream().anyMatch(line -> !line.band().isEmpty());
    return new ScalingChart(
        name,
        title,
        any ? caption.replace(CURVES, CURVES + BANDS) : caption,
        sizeName,
        unit,
        logarithmic,
        rules,
        guides,
        banded,
        style);
  }

  private static List<ScalingChart> charts(
      Kind kind, List<Line> lines, Map<Kind, List<Line>> kinds, Style style, Set<String> names) {
    List<ScalingChart> charts = new ArrayList<>();
    for (Part part : Part.of(lines)) {
      charts.add(
          new ScalingChart(
              unique("scaling-" + slug(kind.aspect()), names),
              title(kind) + part.suffix(),
              caption(kind, part.lines(), kinds),
              kind.sizeName(),
              kind.unit(),
              kind.logarithmic(),
              List.of(),
              part.lines(),
              style));
    }
    return charts;
  }

  /**
   * As many lines as one chart takes.
   *
   * @param lines some of all
   * @param suffix what the title ends with; empty where these are all
   */
  record Part(List<Line> lines, String suffix) {

    /** Returns parts of nearly the same size: 13 series make 7 and 6, not 12 and 1. */
    static List<Part> of(List<Line> lines) {
      int count = (lines.size() + MOST_LINES - 1) / MOST_LINES;
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        parts.add(
            new Part(
                lines.subList(i * lines.size() / count, (i + 1) * lines.size() / count),
                count == 1 ? "" : " (" + (i + 1) + "/" + count + ")"));
      }
      return parts;
    }
  }

  private static String title(Kind kind) {
    String aspect = Text.clean(kind.aspect());
    String quantity = quantity(kind.unit());
    String what = quantity.startsWith(aspect) ? quantity : aspect + ": " + quantity;
    String axis = kind.logarithmic() ? "" : ", linear axis";
    return what + " against " + Text.clean(kind.sizeName()) + axis;
  }

  private static Dot dot(Series.Point point) {
    Sample sample = point.sample();
    double[] means = sample.forkMeans();
    return new Dot(
        point.size(),
        sample.mean(),
        Arrays.stream(means).min().orElseThrow(),
        Arrays.stream(means).max().orElseThrow(),
        sample.forkCount());
  }

  private static List<Place> curve(Fit fit, List<Dot> dots, boolean positive) {
    double first = dots.get(0).size();
    double last = dots.get(dots.size() - 1).size();
    List<Place> curve = new ArrayList<>();
    for (int i = 0; first < last && i < CURVE_POINTS; i++) {
      double part = i / (CURVE_POINTS - 1.0);
      double size = i == CURVE_POINTS - 1 ? last : first * Math.pow(last / first, part);
      double value = fit.at(size);
      if (Double.isFinite(value) && (value > 0 || !positive)) {
        curve.add(new Place(size, value));
      }
    }
    return curve;
  }

  private static String caption(Kind kind, List<Line> lines, Map<Kind, List<Line>> kinds) {
    StringBuilder caption = new StringBuilder(caption(lines, kind.logarithmic()));
    Kind twin = new Kind(kind.aspect(), kind.sizeName(), kind.unit(), !kind.logarithmic());
    if (kind.logarithmic() && kinds.containsKey(twin)) {
      List<String> subjects =
          kinds.get(twin).stream().map(line -> Text.clean(line.subject())).distinct().toList();
      caption.append(" Not here, since a logarithmic axis has no zero: ");
      caption.append(String.join(", ", subjects)).append(".");
    }
    return caption.toString();
  }

  /** Returns what the parts of the picture mean. */
  static String caption(List<Line> lines, boolean logarithmic) {
    boolean forks =
        lines.stream()
            .flatMap(line -> line.dots().stream())
            .anyMatch(dot -> dot.low() < dot.high());
    StringBuilder caption = new StringBuilder("Points are means of fork means");
    caption.append(forks ? "; bars reach from the lowest to the highest fork mean" : "");
    if (lines.stream().anyMatch(line -> !line.curve().isEmpty())) {
      caption.append(CURVES);
    }
    if (lines.stream().anyMatch(line -> !line.band().isEmpty())) {
      caption.append(BANDS);
    }
    caption.append(
        logarithmic
            ? ". Both axes are logarithmic: a steeper line is a higher exponent."
            : ". The value axis is linear, since these series touch zero.");
    return caption.toString();
  }

  static String quantity(Unit unit) {
    String per =
        unit.symbol().endsWith("/op")
            ? " per operation"
            : unit.symbol().endsWith("/token") ? " per token" : "";
    return switch (unit.dimension()) {
      case TIME -> "time" + per;
      case MEMORY -> "memory" + per;
      case OTHER -> Text.clean(unit.symbol());
    };
  }

  static String slug(String aspect) {
    String slug =
        aspect.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = slug.substring(0, Math.min(40, slug.length())).replaceAll("-$", "");
    return cut.isEmpty() ? "series" : cut;
  }

  static String unique(String name, Set<String> names) {
    String candidate = name;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = name + "-" + i;
    }
    return candidate;
  }

  @Override
  public Drawing on(Sheet sheet) {
    return new ScalingPlot(this, sheet);
  }
}
