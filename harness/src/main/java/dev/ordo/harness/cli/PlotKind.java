package dev.ordo.harness.cli;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.CrossoverMatrix;
import dev.ordo.reports.chart.ExponentChart;
import dev.ordo.reports.chart.MemoryChart;
import dev.ordo.reports.chart.PhaseChart;
import dev.ordo.reports.chart.RooflineChart;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.chart.SpeedUpChart;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code ordo plot} draws. */
enum PlotKind {
  SCALING("time against length, with fits and their intervals", ScalingChart::of),
  EXPONENT("the slope between neighbouring lengths", ExponentChart::of),
  TPOT("the time per output token (TPOT) against length", PhaseChart::tpot),
  TTFT("the time to the first token (TTFT) against the length of the prompt", PhaseChart::ttft),
  THROUGHPUT("tokens per second against length", PhaseChart::throughput),
  MEMORY("the bytes that are kept, or allocated, against length", MemoryChart::of),
  ROOFLINE(
      "every cell beside what the machine can do at most, as 'ordo run' measures it",
      RooflineChart::of),
  SPEEDUP("how much faster more threads are", SpeedUpChart::of),
  CROSSOVER("from which length on one model is faster than another", CrossoverMatrix::of),
  COMPARISON("a candidate's cost over a base's: two runs, or one of 'ordo ab'"),
  TREND("a cell or exponent over the runs of a history: the store's folder"),
  ATTENTION("a head as a heat map: a JSON file or the folder of 'ordo attention'");

  private final String words;
  private final Optional<Function<Study, List<? extends Chart>>> charts;

  PlotKind(String words) {
    this.words = words;
    this.charts = Optional.empty();
  }

  PlotKind(String words, Function<Study, List<? extends Chart>> charts) {
    this.words = words;
    this.charts = Optional.of(charts);
  }

  /** Returns what makes charts out of a study, where that is what the kind is drawn from. */
  Optional<Function<Study, List<? extends Chart>>> charts() {
    return charts;
  }

  /** Returns the name on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns one line on what is drawn. */
  String words() {
    return words;
  }

  /**
   * Returns the kind of a name.
   *
   * @throws IllegalArgumentException if there is none; the message names those there are
   */
  static PlotKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.id().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind (" + name + ") must be one of " + String.join(", ", ids())));
  }

  static List<String> ids() {
    return Arrays.stream(values()).map(PlotKind::id).collect(Collectors.toList());
  }
}
