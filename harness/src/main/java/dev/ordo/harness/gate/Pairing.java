package dev.ordo.harness.gate;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.SeriesDifference;
import dev.ordo.reports.compare.SeriesMatch;
import java.util.List;
import java.util.Optional;

/**
 * One series of one metric on both sides, with the cells that are compared.
 *
 * @param metric the metric's name
 * @param name how the series is called
 * @param pair both sides
 * @param difference the differences over the sizes that both have; absent where there is none or a
 *     value is not positive
 * @param cells the compared cells of the series, those that are ignored left out
 */
record Pairing(
    String metric,
    SeriesName name,
    SeriesMatch.Pair pair,
    Optional<SeriesDifference> difference,
    List<ComparedCell> cells) {

  /** Copies the cells. */
  Pairing {
    cells = List.copyOf(cells);
  }

  /** Returns the full name of the benchmark. */
  String benchmark() {
    return pair.base().benchmark();
  }

  /** Returns the largest margin of its cells. */
  double cellMargin() {
    return cells.stream().mapToDouble(ComparedCell::margin).max().orElse(0);
  }
}
