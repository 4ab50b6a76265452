package dev.ordo.reports.paired;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the first stage took for a regression, and which of it the second stage confirms.
 *
 * <p>The first stage suspects a cell, or a series whose ratio grows, if its probability valid at
 * any time is at most α, without regard to how many there are. The second stage sees fresh pairs of
 * the suspects alone and adjusts their probabilities to the number of suspects (Holm 1979,
 * <i>Scandinavian Journal of Statistics</i> 6). Whatever the first stage did, anything that did not
 * regress is then called regressed with probability at most α over the whole suite, and a single
 * cell with at most α².
 *
 * @param cells the suspected cells
 * @param series the names of the suspected series
 * @param confirmed cells and names of series that the second stage confirms
 */
record Suspects(Set<PairedCell> cells, Set<String> series, Set<Object> confirmed) {

  static Suspects of(List<PairedCell> all, PairedOptions options) {
    Set<PairedCell> cells = new LinkedHashSet<>();
    Set<String> series = new LinkedHashSet<>();
    Map<Object, Double> again = new LinkedHashMap<>();
    for (PairedCell cell : all) {
      if (above(cell.first(), options) <= options.alpha()) {
        cells.add(cell);
        again.put(cell, above(cell.again(), options));
      }
    }
    for (List<PairedCell> members : Trend.series(all)) {
      Optional<Trend> first = Trend.of(members, Stage.FIRST);
      if (first.isPresent() && first.get().worse(options) <= options.alpha()) {
        String name = members.get(0).series();
        series.add(name);
        again.put(
            name, Trend.of(members, Stage.AGAIN).map(trend -> trend.worse(options)).orElse(1.0));
      }
    }
    return new Suspects(cells, series, confirmed(again, options.alpha()));
  }

  private static double above(List<Pair> pairs, PairedOptions options) {
    return AnytimeMean.of(pairs.stream().mapToDouble(Pair::logRatio).toArray())
        .above(options.logMargin());
  }

  /** Steps down from the least probability, each against α over the number that are left. */
  private static Set<Object> confirmed(Map<Object, Double> probabilities, double alpha) {
    Object[] names = probabilities.keySet().toArray();
    double[] values = probabilities.values().stream().mapToDouble(p -> p).toArray();
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    Set<Object> confirmed = new LinkedHashSet<>();
    Arrays.stream(order)
        .takeWhile(i -> values[i] <= alpha / (values.length - confirmed.size()))
        .forEachOrdered(i -> confirmed.add(names[i]));
    return confirmed;
  }
}
