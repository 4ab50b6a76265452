package dev.ordo.reports.history;

import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Makes change points of the cuts of one track. */
final class Changes {

  private final HostTrack track;
  private final Suspicion suspicion;
  private final HistoryOptions options;

  Changes(HostTrack track, Suspicion suspicion, HistoryOptions options) {
    this.track = track;
    this.suspicion = suspicion;
    this.options = options;
  }

  /**
   * Returns the track with its changes. Each place is sought again between its neighbours, since it
   * was found when they were not known; changes below the margin are left out, the smallest first.
   */
  Track of(List<Cut> cuts) {
    List<Cut> kept = new ArrayList<>(cuts);
    kept.sort(Comparator.comparingInt(Cut::place));
    for (int i = 0; i < kept.size(); i++) {
      int from = i == 0 ? 0 : kept.get(i - 1).place();
      double[] around = around(kept, i);
      if (around.length >= 2 * Shift.FEWEST) {
        Cut cut = kept.get(i);
        kept.set(i, new Cut(from + Level.place(around), cut.probability(), cut.adjusted()));
      }
    }
    while (true) {
      List<ChangePoint> changes = new ArrayList<>();
      int least = -1;
      for (int i = 0; i < kept.size(); i++) {
        changes.add(change(kept, i));
        if (size(changes.get(i)) < options.margin()
            && (least < 0 || size(changes.get(i)) < size(changes.get(least)))) {
          least = i;
        }
      }
      if (least < 0) {
        return track.with(changes);
      }
      kept.remove(least);
    }
  }

  /** Returns the values between the neighbours of a cut. */
  private double[] around(List<Cut> cuts, int index) {
    int from = index == 0 ? 0 : cuts.get(index - 1).place();
    int to = index + 1 == cuts.size() ? track.values().length : cuts.get(index + 1).place();
    return Arrays.copyOfRange(track.values(), from, to);
  }

  private ChangePoint change(List<Cut> cuts, int index) {
    Cut cut = cuts.get(index);
    int from = index == 0 ? 0 : cuts.get(index - 1).place();
    double[] values = around(cuts, index);
    int place = cut.place() - from;
    Dependence dependence = suspicion.of(Variogram.of(Scores.of(values), 0, place));
    int[] range = Level.range(values, place, dependence);
    Interval difference = Level.difference(values, place, dependence);
    boolean more = difference.value() > 0;
    return new ChangePoint(
        cut.place(),
        from + range[0],
        from + range[1],
        track.relative() ? factor(difference) : difference,
        track.relative(),
        cut.probability(),
        cut.adjusted(),
        more == track.key().moreIsWorse());
  }

  private static Interval factor(Interval difference) {
    return new Interval(
        Math.exp(difference.value()),
        Math.exp(difference.low()),
        Math.exp(difference.high()),
        difference.confidence());
  }

  /** Returns how large a change is, as the margin counts it; differences of other units are. */
  private double size(ChangePoint change) {
    double effect = change.effect().value();
    if (change.relative()) {
      return Math.abs(Math.log(effect));
    }
    return track.key().isExponent() ? Math.abs(effect) : Double.POSITIVE_INFINITY;
  }
}
