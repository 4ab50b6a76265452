package dev.ordo.reports.compare;

import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The series that two results share, and those that only one has.
 *
 * <p>Series are the same if benchmark, mode, threads, all parameters but the size and those of the
 * {@link Setting}, the size's name and the unit are.
 *
 * @param pairs in the order of the base
 * @param onlyBase those without a partner
 * @param onlyCandidate those without a partner
 */
public record SeriesMatch(List<Pair> pairs, List<Series> onlyBase, List<Series> onlyCandidate) {

  /**
   * One series in both results.
   *
   * @param base all of it
   * @param candidate all of it
   */
  public record Pair(Series base, Series candidate) {

    /** Returns the base at the sizes that both have. */
    public Series commonBase() {
      return at(base, sizes(candidate));
    }

    /** Returns the candidate at the sizes that both have. */
    public Series commonCandidate() {
      return at(candidate, sizes(base));
    }

    private static Set<Double> sizes(Series series) {
      return series.points().stream().map(Series.Point::size).collect(Collectors.toSet());
    }

    private static Series at(Series series, Set<Double> sizes) {
      return series.withPoints(
          series.points().stream().filter(point -> sizes.contains(point.size())).toList());
    }
  }

  private record Key(
      String benchmark,
      String mode,
      int threads,
      Map<String, String> params,
      String sizeName,
      String unit) {

    static Key of(Series series, Setting setting) {
      return new Key(
          series.benchmark(),
          series.mode(),
          series.threads(),
          setting.telling(first(series)),
          series.sizeName(),
          series.points().get(0).sample().unit().symbol());
    }
  }

  /** Copies the lists. */
  public SeriesMatch {
    pairs = List.copyOf(pairs);
    onlyBase = List.copyOf(onlyBase);
    onlyCandidate = List.copyOf(onlyCandidate);
  }

  /** Matches two lists of series, none of which is empty. */
  public static SeriesMatch of(List<Series> base, List<Series> candidate) {
    Setting setting =
        Setting.of(
            base.stream().map(SeriesMatch::first).toList(),
            candidate.stream().map(SeriesMatch::first).toList());
    Map<Key, Series> theirs = new LinkedHashMap<>();
    candidate.forEach(series -> theirs.put(Key.of(series, setting), series));
    List<Pair> pairs = new ArrayList<>();
    List<Series> onlyBase = new ArrayList<>();
    Set<Key> matched = new HashSet<>();
    for (Series ours : base) {
      Key key = Key.of(ours, setting);
      Series other = theirs.get(key);
      if (other == null) {
        onlyBase.add(ours);
      } else {
        matched.add(key);
        pairs.add(new Pair(ours, other));
      }
    }
    List<Series> onlyCandidate = new ArrayList<>();
    theirs.forEach(
        (key, series) -> {
          if (!matched.contains(key)) {
            onlyCandidate.add(series);
          }
        });
    return new SeriesMatch(pairs, onlyBase, onlyCandidate);
  }

  /** Returns the cell at the smallest size, without the size among its parameters. */
  private static MeasuredCell first(Series series) {
    return new MeasuredCell(
        series.benchmark(),
        series.mode(),
        series.threads(),
        series.params(),
        series.points().get(0).sample());
  }
}
