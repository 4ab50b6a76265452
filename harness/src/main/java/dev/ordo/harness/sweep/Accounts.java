package dev.ordo.harness.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Where the time of the forks of a run went. */
final class Accounts {

  private Accounts() {}

  /**
   * Returns the medians over forks as one sentence; empty where none has an account.
   *
   * @param entries the entries of a journal
   */
  static Optional<String> sentence(List<Entry> entries) {
    List<Entry.Fork> forks =
        entries.stream()
            .filter(entry -> entry instanceof Entry.Fork fork && fork.account() != null)
            .map(Entry.Fork.class::cast)
            .toList();
    if (forks.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%.0f ms, of which %.0f ms are measured; %.0f ms to start, %.0f ms to make the model,"
                + " %.0f ms to warm up (medians of %d forks)",
            median(forks, Entry.Fork::wallMillis),
            median(forks, fork -> fork.account().measuredMillis()),
            median(forks, fork -> fork.account().startMillis()),
            median(forks, fork -> fork.account().setUpMillis()),
            median(forks, fork -> fork.account().warmUpMillis()),
            forks.size()));
  }

  /**
   * Returns from which length on single operations were measured, by series, as one sentence; empty
   * where there are none.
   *
   * @param entries the entries of a journal
   */
  static Optional<String> singleShots(List<Entry> entries) {
    Map<String, Integer> lengths = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Fork fork
          && fork.succeeded()
          && fork.plan().singleShot(fork.meanNanos())) {
        lengths.merge(fork.cell().series(), fork.cell().length(), Math::min);
      }
    }
    return lengths.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Operations longer than an iteration are measured one at a time, each as an iteration,"
                + " after those that the warm-up did: "
                + lengths.entrySet().stream()
                    .map(series -> series.getKey() + " from L=" + series.getValue() + " on")
                    .collect(Collectors.joining(", ")));
  }

  private static double median(List<Entry.Fork> forks, ToDoubleFunction<Entry.Fork> value) {
    double[] sorted = forks.stream().mapToDouble(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
