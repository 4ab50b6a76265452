package dev.ordo.reports.fit;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import java.util.List;
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
    OtherMetric kept = new OtherMetric(Footprint.KEPT, measurements, sizeParam);
    OtherMetric allocated = new OtherMetric(Footprint.ALLOCATED, measurements, sizeParam);
    OtherMetric held = new OtherMetric(Footprint.HELD, measurements, sizeParam);
    return findings.parallelStream()
        .map(
            finding ->
                footprint(
                    finding,
                    bytes(kept.beside(finding.series()), seed),
                    bytes(allocated.beside(finding.series()), seed),
                    bytes(held.beside(finding.series()), seed)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Footprint> footprint(
      Study.Finding finding,
      Optional<Footprint.Bytes> kept,
      Optional<Footprint.Bytes> allocated,
      Optional<Footprint.Bytes> held) {
    return kept.isPresent() || allocated.isPresent() || held.isPresent()
        ? Optional.of(
            new Footprint(
                finding.subject(), finding.aspect(), kept, allocated, held, Optional.empty()))
        : Optional.empty();
  }

  private static Optional<Footprint.Bytes> bytes(Optional<Series> series, long seed) {
    return series.map(measured -> new Footprint.Bytes(measured, Analyst.analyze(measured, seed)));
  }
}
