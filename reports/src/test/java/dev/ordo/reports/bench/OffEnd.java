package dev.ordo.reports.bench;

import dev.ordo.reports.bench.SeriesGenerator.Case;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.HeldOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A series whose largest size costs more than its law says. */
final class OffEnd {

  private OffEnd() {}

  /** Returns the check of a series after its largest size got so many times slower. */
  static HeldOut check(Case drawn, double factor) {
    Series series = drawn.series();
    List<Series.Point> points = new ArrayList<>(series.points());
    Series.Point last = points.remove(points.size() - 1);
    List<double[]> forks = new ArrayList<>();
    for (int fork = 0; fork < last.sample().forkCount(); fork++) {
      forks.add(Arrays.stream(last.sample().fork(fork)).map(value -> factor * value).toArray());
    }
    points.add(new Series.Point(last.size(), new Sample(forks, last.sample().unit())));
    Series off = series.withPoints(points);
    return Analyst.analyze(off, 1).heldOut().orElseThrow();
  }
}
