package dev.ordo.harness.gate;

import dev.ordo.reports.compare.SeriesMatch;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes allocated by operations that are short enough for them to be the operation's own.
 *
 * <p>A JVM allocates in the background: some kilobytes a millisecond, and 256 kB where a compiler
 * or a profiler wakes up. Divided by the operations of an iteration that is nothing where these are
 * short, and anything where an iteration holds one. So only sizes at which an operation takes less
 * than 0.1 ms on both sides are judged, and less than 1 kB counts as 1 kB.
 */
final class Allocations {

  private static final double LONGEST_NANOS = 1e5;
  private static final double LEAST_BYTES = 1024;

  private final Map<SeriesName, Series> times = new HashMap<>();

  /**
   * Prepares.
   *
   * @param times the series of time of both sides
   */
  Allocations(List<Series> times) {
    for (Series series : times) {
      this.times.merge(SeriesName.of(series), series, (one, other) -> slower(one, other));
    }
  }

  private static Series slower(Series one, Series other) {
    double first = Arrays.stream(one.means()).max().orElse(0);
    return first >= Arrays.stream(other.means()).max().orElse(0) ? one : other;
  }

  /** Returns what may be judged of both sides; possibly no size at all. */
  SeriesMatch.Pair judged(SeriesMatch.Pair pair) {
    return new SeriesMatch.Pair(judged(pair.base()), judged(pair.candidate()));
  }

  private Series judged(Series series) {
    List<Series.Point> points = new ArrayList<>();
    Series time = times.get(SeriesName.of(series));
    for (Series.Point point : series.points()) {
      if (time != null && isShort(time, point.size())) {
        points.add(new Series.Point(point.size(), raised(point.sample())));
      }
    }
    return series.withPoints(points);
  }

  private static boolean isShort(Series time, double size) {
    return time.points().stream()
        .anyMatch(point -> point.size() == size && point.sample().mean() < LONGEST_NANOS);
  }

  private static Sample raised(Sample sample) {
    List<double[]> forks = new ArrayList<>();
    for (int i = 0; i < sample.forkCount(); i++) {
      forks.add(Arrays.stream(sample.fork(i)).map(v -> Math.max(LEAST_BYTES, v)).toArray());
    }
    return new Sample(forks, sample.unit());
  }
}
