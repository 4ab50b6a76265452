package dev.ordo.reports.history;

import dev.ordo.reports.data.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a trend is the trend of: one metric of one cell, or the exponent of a series of cells.
 *
 * @param benchmark the full name of the benchmark
 * @param mode JMH's short name of the mode
 * @param threads the number of threads
 * @param params all parameters of the cell; those of a series are without the size
 * @param metric the metric's name
 * @param unit what values are a number of; of an exponent, what the series is a number of
 * @param over the name of the size parameter of an exponent; absent for a cell
 */
public record TrendKey(
    String benchmark,
    String mode,
    int threads,
    Map<String, String> params,
    String metric,
    Unit unit,
    Optional<String> over) {

  private static final Pattern RATE =
      Pattern.compile("[^/]+/(ns|us|µs|ms|s|sec|second|min|h|hr|hour)");

  /** Copies the parameters. */
  public TrendKey {
    Objects.requireNonNull(benchmark, "benchmark");
    Objects.requireNonNull(mode, "mode");
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(over, "over");
  }

  /** Returns whether it is an exponent. */
  public boolean isExponent() {
    return over.isPresent();
  }

  /**
   * Returns whether more is worse. It is for times, bytes and exponents; throughputs are times
   * already where they are the score of a benchmark. Of other metrics rates are better the higher
   * they are, but for those of the garbage collector.
   */
  public boolean moreIsWorse() {
    if (unit.dimension() != Unit.Dimension.OTHER) {
      return true;
    }
    String name = metric.toLowerCase(Locale.ROOT);
    boolean rate =
        RATE.matcher(unit.symbol()).matches()
            || name.contains("per_second")
            || name.contains("throughput");
    return !rate || name.startsWith("gc.");
  }
}
