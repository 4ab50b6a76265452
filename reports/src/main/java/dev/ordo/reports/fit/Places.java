package dev.ordo.reports.fit;

import dev.ordo.reports.data.Grid;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A grid as fits see it: the logarithms of both sizes, and what forks say of each place.
 *
 * @param first ln m at each place; not modified
 * @param second ln n at each place; not modified
 * @param observed means, weights and noise of the places, which it knows by their numbers from 1
 */
record Places(double[] first, double[] second, Observations observed) {

  /**
   * Takes the logarithms.
   *
   * @throws IllegalArgumentException if a value is not positive
   */
  static Places of(Grid grid) {
    List<Grid.Cell> cells = grid.cells();
    double[] first = new double[cells.size()];
    double[] second = new double[cells.size()];
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < first.length; i++) {
      first[i] = Math.log(cells.get(i).first());
      second[i] = Math.log(cells.get(i).second());
      points.add(new Series.Point(i + 1, cells.get(i).sample()));
    }
    Series numbered = new Series(grid.benchmark(), grid.mode(), Map.of(), 1, "place", points);
    return new Places(first, second, Observations.of(numbered));
  }

  /** Returns the number of places. */
  int count() {
    return first.length;
  }
}
