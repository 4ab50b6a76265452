package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Charts of sequence models in the words of those who serve them: the time per output token, the
 * time to the first token and tokens a second. They show what {@link ScalingChart} shows, per
 * token.
 *
 * <p>They are made of findings whose series has the parameter {@code phase}, of {@code train},
 * {@code prefill}, {@code decode} and {@code generate}, and is measured over the length in tokens;
 * of other studies there are none.
 */
public final class PhaseChart {

  private static final Unit PER_TOKEN = new Unit("ns/token", Unit.Dimension.TIME);
  private static final Unit TO_TOKEN = new Unit("ns", Unit.Dimension.TIME);
  private static final Unit TOKENS = new Unit("tokens/s", Unit.Dimension.OTHER);
  private static final double NANOS = 1e9;
  private static final String LENGTH = "length";

  private PhaseChart() {}

  /**
   * Returns charts of the time per output token: that of a step after a context of L tokens, and
   * the mean over L tokens that were written from a prompt.
   */
  public static List<ScalingChart> tpot(Study study) {
    List<ScalingChart> charts = new ArrayList<>();
    charts.addAll(
        charts(
            study,
            new Kind(
                "decode",
                "tpot",
                "Time per output token (TPOT) against the length of the context",
                "The time of one more token after so many.",
                PER_TOKEN),
            (rows, length, nanos) -> nanos));
    charts.addAll(
        charts(
            study,
            new Kind(
                "generate",
                "tpot-generate",
                "Mean time per output token (TPOT) against the tokens generated",
                "The time of generating so many tokens from a prompt, over their number.",
                PER_TOKEN),
            (rows, length, nanos) -> nanos / length));
    return charts;
  }

  /** Returns charts of the time to the first token: that of taking in a prompt of L tokens. */
  public static List<ScalingChart> ttft(Study study) {
    return charts(
        study,
        new Kind(
            "prefill",
            "ttft",
            "Time to first token (TTFT) against the length of the prompt",
            "The time of taking in a prompt of so many tokens, up to the scores of the next one.",
            TO_TOKEN),
        (rows, length, nanos) -> nanos);
  }

  /** Returns charts of throughput, one for each phase: tokens taken in or written a second. */
  public static List<ScalingChart> throughput(Study study) {
    List<ScalingChart> charts = new ArrayList<>();
    for (String phase : List.of("train", "prefill", "decode", "generate")) {
      boolean step = phase.equals("decode");
      charts.addAll(
          charts(
              study,
              new Kind(
                  phase,
                  "throughput-" + phase,
                  phase + ": tokens per second against length",
                  step
                      ? "One token of each row over the time of a step."
                      : "The tokens of all rows over the time.",
                  TOKENS),
              (rows, length, nanos) -> rows * (step ? 1 : length) * NANOS / nanos));
    }
    return charts;
  }

  /** What is shown of a phase. */
  private record Kind(String phase, String name, String title, String words, Unit unit) {}

  /** A value of a number of rows, a length and a time. */
  private interface PerToken {
    double of(double rows, double length, double nanos);
  }

  private static List<ScalingChart> charts(Study study, Kind kind, PerToken value) {
    List<Line> lines = new ArrayList<>();
    for (Study.Finding finding : study.leading()) {
      if (shows(finding, kind.phase())) {
        double count = rows(finding.series());
        Measure measure = (length, nanos) -> value.of(count, length, nanos);
        lines.add(measure.of(ScalingChart.line(finding)));
      }
    }
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    for (ScalingChart.Part part : ScalingChart.Part.of(lines)) {
      charts.add(
          new ScalingChart(
              ScalingChart.unique(kind.name(), names),
              kind.title() + part.suffix(),
              kind.words() + " " + ScalingChart.caption(part.lines(), true),
              LENGTH,
              kind.unit(),
              true,
              List.of(),
              part.lines(),
              style));
    }
    return charts;
  }

  private static boolean shows(Study.Finding finding, String phase) {
    Series series = finding.series();
    return finding.aspect().equals(phase)
        && phase.equals(series.params().get("phase"))
        && series.sizeName().equals(LENGTH)
        && !series.points().isEmpty()
        && series.points().get(0).sample().unit().dimension() == Unit.Dimension.TIME
        && series.points().stream().allMatch(point -> point.sample().isPositive());
  }

  /** Returns the rows of a batch; one where the file does not tell. */
  private static double rows(Series series) {
    String batch = series.params().getOrDefault("batch", "1");
    return batch.matches("[1-9]\\d{0,8}") ? Integer.parseInt(batch) : 1;
  }
}
