package dev.ordo.harness.history;

import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.TrendKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One run as it is stored.
 *
 * @param run when, what, where; its id is not known before it is stored
 * @param host the facts that make the identity of the host, name → value
 * @param cells the cells, in the order of the run
 * @param exponents the exponents of its series, in the order of the run
 */
record StoredRun(
    Run run, Map<String, String> host, List<StoredCell> cells, List<StoredExponent> exponents) {

  /** Copies the collections. */
  StoredRun {
    Objects.requireNonNull(run, "run");
    host = Collections.unmodifiableMap(new LinkedHashMap<>(host));
    cells = List.copyOf(cells);
    exponents = List.copyOf(exponents);
  }

  /**
   * One metric of one cell.
   *
   * @param key which
   * @param forkMeans the mean of each fork, in the base of the unit; not modified by anybody
   */
  record StoredCell(TrendKey key, double[] forkMeans) {}

  /**
   * The exponent of one series.
   *
   * @param key which
   * @param value the exponent
   * @param low the lower end of its 95 % interval
   * @param high the upper end
   * @param law what was claimed of the law
   */
  record StoredExponent(TrendKey key, double value, double low, double high, String law) {}
}
