package dev.ordo.reports.data;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Measurements of one thing at several sizes of two kinds, m and n.
 *
 * @param benchmark the full name of the benchmark
 * @param mode JMH's short name of the mode
 * @param params all parameters but the two sizes, in the order of the file
 * @param threads the number of threads
 * @param firstName the name of the parameter that is m
 * @param secondName the name of the parameter that is n
 * @param cells the measured places, ascending by m, then by n; distinct
 */
public record Grid(
    String benchmark,
    String mode,
    Map<String, String> params,
    int threads,
    String firstName,
    String secondName,
    List<Cell> cells) {

  /**
   * One place of a grid.
   *
   * @param first m
   * @param second n
   * @param sample what was measured there
   */
  public record Cell(double first, double second, Sample sample) {

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public Cell {
      for (double size : new double[] {first, second}) {
        if (!(size > 0) || Double.isInfinite(size)) {
          throw new IllegalArgumentException("size (" + size + ") must be positive and finite");
        }
      }
      Objects.requireNonNull(sample, "sample");
    }
  }

  /**
   * Checks the cells.
   *
   * @throws IllegalArgumentException if there are none, a place is there twice, or units differ
   */
  public Grid {
    Objects.requireNonNull(benchmark, "benchmark");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(firstName, "firstName");
    Objects.requireNonNull(secondName, "secondName");
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    cells = List.copyOf(cells);
    if (cells.isEmpty()) {
      throw new IllegalArgumentException("a grid needs at least one cell");
    }
    Set<List<Double>> places = new HashSet<>();
    for (Cell cell : cells) {
      if (!places.add(List.of(cell.first, cell.second))) {
        throw new IllegalArgumentException(
            "place (" + cell.first + ", " + cell.second + ") must be there once in " + benchmark);
      }
      if (!cell.sample.unit().equals(cells.get(0).sample.unit())) {
        throw new IllegalArgumentException(
            "unit (" + cell.sample.unit().symbol() + ") differs in " + benchmark);
      }
    }
  }

  /** Returns the number of distinct values of m. */
  public int firstCount() {
    return (int) cells.stream().mapToDouble(Cell::first).distinct().count();
  }

  /** Returns the number of distinct values of n. */
  public int secondCount() {
    return (int) cells.stream().mapToDouble(Cell::second).distinct().count();
  }

  /** Returns the unit of all values. */
  public Unit unit() {
    return cells.get(0).sample().unit();
  }
}
