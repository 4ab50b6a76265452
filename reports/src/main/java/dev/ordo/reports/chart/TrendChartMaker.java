package dev.ordo.reports.chart;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.history.ChangePoint;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.Track;
import dev.ordo.reports.history.TrendFinding;
import dev.ordo.reports.history.TrendKey;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Scale;
import dev.ordo.reports.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns a finding into what its chart shows. */
final class TrendChartMaker {

  private static final int MOST_DOTS = 400;
  private static final int HOST_COLUMNS = 34;
  private static final int SUBJECT_COLUMNS = 34;
  private static final Duration SHORT = Duration.ofDays(4);
  private static final DateTimeFormatter DAYS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOURS =
      DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private final List<Run> runs;
  private final TrendFinding finding;

  TrendChartMaker(HistoryStudy study, TrendFinding finding) {
    this.runs = study.history().runs();
    this.finding = finding;
  }

  TrendChart chart(String name, String label) {
    TrendKey key = finding.trend().key();
    // The run axis has the runs of this trend only, side by side.
    int[] places = new int[runs.size()];
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < finding.trend().count(); i++) {
      places[finding.trend().run(i)] = i;
      times.add(runs.get(finding.trend().run(i)).time());
    }
    Duration span = Duration.between(times.get(0), times.get(times.size() - 1)).abs();
    DateTimeFormatter format = span.compareTo(SHORT) < 0 ? HOURS : DAYS;
    List<TrendChart.HostLine> hosts = new ArrayList<>();
    List<TrendChart.Mark> marks = new ArrayList<>();
    for (Track track : finding.tracks()) {
      hosts.add(line(track, places));
      for (ChangePoint change : track.changes()) {
        int after = places[track.run(change.first())];
        int before = places[track.run(change.first() - 1)];
        marks.add(
            new TrendChart.Mark(
                (before + after) / 2.0,
                mark(runs.get(track.run(change.first())), key, change),
                change.worse()));
      }
    }
    double most =
        Arrays.stream(
                finding.tracks().stream().flatMapToDouble(t -> Arrays.stream(t.values())).toArray())
            .map(Math::abs)
            .max()
            .orElse(1);
    Scale scale = Scale.of(most, key.unit());
    return new TrendChart(
        name,
        label,
        key.isExponent() ? "exponent" : title(key.unit(), scale),
        key.isExponent() ? 1 : scale.factor(),
        hosts,
        marks,
        times.stream().map(format::format).toList());
  }

  private static String title(Unit unit, Scale scale) {
    String quantity = ScalingChart.quantity(unit);
    return unit.dimension() == Unit.Dimension.OTHER
        ? quantity
        : quantity + " (" + scale.symbol() + ")";
  }

  private static TrendChart.HostLine line(Track track, int[] places) {
    int count = Math.min(MOST_DOTS, track.count());
    List<TrendChart.Dot> dots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * track.count() / count);
      int to = (int) ((long) (i + 1) * track.count() / count);
      double middle = (places[track.run(from)] + places[track.run(to - 1)]) / 2.0;
      dots.add(new TrendChart.Dot(middle, track.level(from, to)));
    }
    List<TrendChart.Level> levels = new ArrayList<>();
    int[] bounds = track.bounds();
    for (int i = 1; i < bounds.length; i++) {
      levels.add(
          new TrendChart.Level(
              places[track.run(bounds[i - 1])],
              places[track.run(bounds[i] - 1)],
              track.level(bounds[i - 1], bounds[i])));
    }
    String host = Text.clean(track.host().key() + " " + track.host().description());
    return new TrendChart.HostLine(Text.head(host, HOST_COLUMNS), dots, levels);
  }

  private static String mark(Run run, TrendKey key, ChangePoint change) {
    double effect = change.effect().value();
    String size;
    if (change.relative()) {
      size =
          effect >= 2 || effect <= 0.5
              ? "×" + Figures.factor(effect)
              : String.format(Locale.ROOT, "%+.0f %%", (effect - 1) * 100);
    } else if (key.isExponent()) {
      size = String.format(Locale.ROOT, "%+.2f", effect);
    } else {
      size = (effect > 0 ? "+" : "") + Figures.value(effect, key.unit());
    }
    return Text.head(Text.clean(run.label()), SUBJECT_COLUMNS) + "  " + size;
  }
}
