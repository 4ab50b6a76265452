package dev.ordo.reports.history;

import java.util.List;
import java.util.Objects;

/**
 * A history and where it changed.
 *
 * @param history the runs and trends
 * @param findings one for each trend, in its order
 * @param options what counted as a change
 * @param tests how many tracks were tested at first
 */
public record HistoryStudy(
    History history, List<TrendFinding> findings, HistoryOptions options, int tests) {

  /** Copies the list. */
  public HistoryStudy {
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(options, "options");
    findings = List.copyOf(findings);
  }

  /** Returns the number of changes of all trends. */
  public int changeCount() {
    return findings.stream().mapToInt(TrendFinding::changeCount).sum();
  }
}
