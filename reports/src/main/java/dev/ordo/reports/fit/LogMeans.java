package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A series on the scale on which growth is a slope: at each size the mean of the logarithms of its
 * steady forks, and how much forks differ.
 *
 * @param levels sizes ascending
 * @param variance the variance of a fork's logarithm, pooled over all sizes; 0 if it is unknown
 * @param degrees its degrees of freedom, Σ (forks − 1); 0 if it is unknown
 */
public record LogMeans(List<Level> levels, double variance, int degrees) {

  /**
   * What is known at one size.
   *
   * @param size the size
   * @param log the mean logarithm
   * @param forks how many forks it is the mean of
   * @param scale the standard deviation of a fork here over that of the pooled forks
   */
  public record Level(double size, double log, int forks, double scale) {}

  /** Copies the levels. */
  public LogMeans {
    levels = List.copyOf(levels);
  }

  /**
   * Takes a series as the fits take it: forks that were not steady, or stand far off, are left out
   * where others remain.
   *
   * @return nothing if the series is empty or the mean of a fork is not positive
   */
  public static Optional<LogMeans> of(Series series) {
    if (series.points().isEmpty() || Analyst.notPositive(series).isPresent()) {
      return Optional.empty();
    }
    Observations data = Observations.of(series);
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < data.count(); i++) {
      levels.add(new Level(data.sizes()[i], data.logs()[i], data.forks()[i], data.scales()[i]));
    }
    return Optional.of(new LogMeans(levels, data.forkVariance(), data.forkDegrees()));
  }
}
