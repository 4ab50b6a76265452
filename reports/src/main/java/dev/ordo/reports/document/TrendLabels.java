package dev.ordo.reports.document;

import dev.ordo.reports.history.Trend;
import dev.ordo.reports.history.TrendKey;
import dev.ordo.reports.text.Text;
import java.util.List;

/** Short names for the trends of a history: what all share is left out. */
final class TrendLabels {

  private final LabelParts parts;
  private final boolean modes;
  private final boolean threads;
  private final boolean metrics;
  private final boolean sizes;

  TrendLabels(List<Trend> trends) {
    List<TrendKey> keys = trends.stream().map(Trend::key).toList();
    List<TrendKey> cells = keys.stream().filter(key -> !key.isExponent()).toList();
    parts =
        new LabelParts(
            keys.stream().map(TrendKey::benchmark).toList(),
            (cells.isEmpty() ? keys : cells).stream().map(TrendKey::params).toList());
    modes = keys.stream().map(TrendKey::mode).distinct().count() > 1;
    threads = keys.stream().map(TrendKey::threads).distinct().count() > 1;
    metrics = keys.stream().map(TrendKey::metric).distinct().count() > 1;
    sizes = keys.stream().flatMap(key -> key.over().stream()).distinct().count() > 1;
  }

  /** Returns what tells a trend from the others, for example {@code Sort.quick, n=64}. */
  String of(TrendKey key) {
    List<String> label = parts.of(key.benchmark(), key.params());
    if (modes) {
      label.add(key.mode());
    }
    if (threads) {
      label.add(LabelParts.threads(key.threads()));
    }
    if (metrics) {
      label.add(key.metric());
    }
    key.over().ifPresent(size -> label.add("exponent" + (sizes ? " over " + size : "")));
    return Text.clean(String.join(", ", label));
  }
}
