package dev.ordo.reports.fit;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the memory of findings among the other metrics of their file. */
final class Footprints {

  private Footprints() {}

  /**
   * Returns the footprint of each finding whose file tells one, in the order of the findings.
   *
   * @param findings the findings, of time
   * @param measurements what they were made from
   * @param sizeParam the parameter that is the size; if absent it is found
   * @param seed the seed of all resampling
   */
  static List<Footprint> of(
      List<Study.Finding> findings,
      Measurements measurements,
      Optional<String> sizeParam,
      long seed) {
    Map<Identity, Series> kept = series(Footprint.KEPT, measurements, sizeParam);
    Map<Identity, Series> allocated = series(Footprint.ALLOCATED, measurements, sizeParam);
    List<Footprint> footprints = new ArrayList<>();
    for (Study.Finding finding : findings) {
      Identity identity = Identity.of(finding.series());
      Optional<Footprint.Bytes> state = bytes(kept.get(identity), seed);
      Optional<Footprint.Bytes> garbage = bytes(allocated.get(identity), seed);
      if (state.isPresent() || garbage.isPresent()) {
        footprints.add(
            new Footprint(
                finding.subject(), finding.aspect(), state, garbage, Optional.empty()));
      }
    }
    return footprints;
  }

  private static Map<Identity, Series> series(
      String metric, Measurements measurements, Optional<String> sizeParam) {
    Map<Identity, Series> all = new LinkedHashMap<>();
    if (measurements.metrics().contains(metric)) {
      measurements
          .withMetric(metric)
          .series(sizeParam)
          .forEach(series -> all.putIfAbsent(Identity.of(series), series));
    }
    return all;
  }

  private static Optional<Footprint.Bytes> bytes(Series series, long seed) {
    return Optional.ofNullable(series)
        .map(measured -> new Footprint.Bytes(measured, Analyst.analyze(measured, seed)));
  }

  /** What a series measures, whatever the metric. */
  private record Identity(
      String benchmark, String mode, Map<String, String> params, int threads, String sizeName) {

    static Identity of(Series series) {
      return new Identity(
          series.benchmark(),
          series.mode(),
          series.params(),
          series.threads(),
          series.sizeName());
    }
  }
}
