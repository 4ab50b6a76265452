package dev.ordo.reports.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measurements of one thing at several sizes.
 *
 * @param benchmark the full name of the benchmark
 * @param mode JMH's short name of the mode: {@code avgt}, {@code thrpt}, {@code sample}, {@code ss}
 * @param params all parameters but the size, in the order of the file
 * @param threads the number of threads
 * @param sizeName the name of the size parameter
 * @param points the cells, sizes ascending and distinct
 */
public record Series(
    String benchmark,
    String mode,
    Map<String, String> params,
    int threads,
    String sizeName,
    List<Point> points) {

  /**
   * One cell of a series.
   *
   * @param size the value of the size parameter
   * @param sample what was measured there
   */
  public record Point(double size, Sample sample) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Point {
      if (!(size > 0) || Double.isInfinite(size)) {
        throw new IllegalArgumentException("size (" + size + ") must be positive and finite");
      }
      Objects.requireNonNull(sample, "sample");
    }
  }

  /**
   * Checks the points.
   *
   * @throws IllegalArgumentException if sizes do not ascend, or units differ
   */
  public Series {
    Objects.requireNonNull(benchmark, "benchmark");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(sizeName, "sizeName");
    params = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(params));
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).size() <= points.get(i - 1).size()) {
        throw new IllegalArgumentException(
            "size (" + points.get(i).size() + ") must ascend in " + benchmark);
      }
      if (!points.get(i).sample().unit().equals(points.get(0).sample().unit())) {
        throw new IllegalArgumentException(
            "unit (" + points.get(i).sample().unit().symbol() + ") differs in " + benchmark);
      }
    }
  }

  /** Returns the sizes, ascending. */
  public double[] sizes() {
    return points.stream().mapToDouble(Point::size).toArray();
  }

  /** Returns the mean at each size. */
  public double[] means() {
    return points.stream().mapToDouble(point -> point.sample().mean()).toArray();
  }

  /**
   * Returns the same series with other points.
   *
   * @throws IllegalArgumentException if sizes do not ascend, or units differ
   */
  public Series withPoints(List<Point> other) {
    return new Series(benchmark, mode, params, threads, sizeName, other);
  }

  /** Returns the same series with other parameters. */
  public Series withParams(Map<String, String> other) {
    return new Series(benchmark, mode, other, threads, sizeName, points);
  }
}
