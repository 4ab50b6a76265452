package dev.ordo.reports.fit;

import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The series of another metric of a file, to be found by a series of the first. */
final class OtherMetric {

  private final Map<Identity, Series> all = new LinkedHashMap<>();

  /**
   * Takes the series of a metric; none if the file has no such metric.
   *
   * @param sizeParam the parameter that is the size; if absent it is found
   */
  OtherMetric(String metric, Measurements measurements, Optional<String> sizeParam) {
    if (measurements.metrics().contains(metric)) {
      measurements
          .withMetric(metric)
          .series(sizeParam)
          .forEach(series -> all.putIfAbsent(Identity.of(series), series));
    }
  }

  /** Returns the series that measures the same by this metric. */
  Optional<Series> beside(Series series) {
    return Optional.ofNullable(all.get(Identity.of(series)));
  }

  /** What a series measures, whatever the metric. */
  private record Identity(
      String benchmark, String mode, Map<String, String> params, int threads, String sizeName) {

    static Identity of(Series series) {
      return new Identity(
          series.benchmark(), series.mode(), series.params(), series.threads(), series.sizeName());
    }
  }
}
