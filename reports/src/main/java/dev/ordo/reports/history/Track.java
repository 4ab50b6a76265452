package dev.ordo.reports.history;

import java.util.List;
import java.util.Objects;

/** A trend as far as it was measured on one host, cut where its level changed. */
public final class Track {

  private final HostIdentity host;
  private final int[] runs;
  private final double[] values;
  private final List<ChangePoint> changes;

  /**
   * Makes a track; arrays are not copied.
   *
   * @param host what it was measured on
   * @param runs places in the history's list of runs, ascending
   * @param values one for each run
   * @param changes in the order of runs
   */
  Track(HostIdentity host, int[] runs, double[] values, List<ChangePoint> changes) {
    this.host = Objects.requireNonNull(host, "host");
    this.runs = runs;
    this.values = values;
    this.changes = List.copyOf(changes);
  }

  /** Returns what it was measured on. */
  public HostIdentity host() {
    return host;
  }

  /** Returns the number of runs. */
  public int count() {
    return runs.length;
  }

  /** Returns the place of a run in the history's list of runs. */
  public int run(int index) {
    return runs[index];
  }

  /** Returns the value of a run. */
  public double value(int index) {
    return values[index];
  }

  /** Returns a copy of all values. */
  public double[] values() {
    return values.clone();
  }

  /** Returns where its level changed, in the order of runs. */
  public List<ChangePoint> changes() {
    return changes;
  }

  /** Returns the places at which stretches of one level begin, and the number of runs last. */
  public int[] bounds() {
    int[] bounds = new int[changes.size() + 2];
    for (int i = 0; i < changes.size(); i++) {
      bounds[i + 1] = changes.get(i).first();
    }
    bounds[bounds.length - 1] = runs.length;
    return bounds;
  }

  /** Returns the level of a stretch: the median of its values. */
  public double level(int from, int to) {
    return Scores.median(java.util.Arrays.copyOfRange(values, from, to));
  }

  /** Returns the same track with changes. */
  Track withChanges(List<ChangePoint> found) {
    return new Track(host, runs, values, found);
  }
}
