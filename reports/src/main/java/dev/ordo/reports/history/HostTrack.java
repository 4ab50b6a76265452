package dev.ordo.reports.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a trend on one host, on the scale on which changes are sought: logarithms, so that
 * a change is a factor, where all are positive and no exponents, else as they are.
 *
 * <p>Two tracks are equal only if they are the same.
 */
final class HostTrack {

  private final int trend;
  private final TrendKey key;
  private final HostIdentity host;
  private final int[] runs;
  private final double[] measured;
  private final double[] values;
  private final boolean relative;

  private HostTrack(int trend, TrendKey key, HostIdentity host, int[] runs, double[] measured) {
    this.trend = trend;
    this.key = key;
    this.host = host;
    this.runs = runs;
    this.measured = measured;
    this.relative = !key.isExponent() && Arrays.stream(measured).allMatch(value -> value > 0);
    this.values = relative ? Arrays.stream(measured).map(Math::log).toArray() : measured;
  }

  /** Returns the tracks of a trend, in the order of the hosts' first runs in it. */
  static List<HostTrack> of(int index, Trend trend, List<Run> runs) {
    Map<String, List<Integer>> hosts = new LinkedHashMap<>();
    for (int i = 0; i < trend.count(); i++) {
      String key = runs.get(trend.run(i)).host().key();
      hosts.computeIfAbsent(key, none -> new ArrayList<>()).add(i);
    }
    List<HostTrack> tracks = new ArrayList<>();
    for (List<Integer> places : hosts.values()) {
      tracks.add(
          new HostTrack(
              index,
              trend.key(),
              runs.get(trend.run(places.get(0))).host(),
              places.stream().mapToInt(trend::run).toArray(),
              places.stream().mapToDouble(trend::value).toArray()));
    }
    return tracks;
  }

  /** Returns the place of the trend in its history. */
  int trend() {
    return trend;
  }

  TrendKey key() {
    return key;
  }

  HostIdentity host() {
    return host;
  }

  /** Returns the values on the scale of the search; not to be modified. */
  double[] values() {
    return values;
  }

  /** Returns whether that scale is logarithmic. */
  boolean relative() {
    return relative;
  }

  /** Returns the track with its values as they were measured. */
  Track with(List<ChangePoint> changes) {
    return new Track(host, runs, measured, changes);
  }
}
