package dev.ordo.reports.document;

import dev.ordo.reports.claim.Claim;
import dev.ordo.reports.data.Series;
import java.util.Arrays;
import java.util.Collection;

/**
 * How series scale as small bars, all on one log-log scale: the columns divide the sizes of all
 * series, and the full height is a quadratic growth over them, or the steepest that there is. So a
 * linear series always climbs half as steeply as a quadratic one.
 */
final class ScalingBars {

  private static final double USUAL_SLOPE = 2;

  private final int columns;
  private final double first;
  private final double last;
  private final double steepest;

  /**
   * Finds the scale.
   *
   * @param claims whose series are drawn; those of speed-ups are not
   * @param columns how many bars a series gets
   */
  ScalingBars(Collection<Claim> claims, int columns) {
    this.columns = columns;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Claim claim : claims) {
      if (isDrawn(claim)) {
        double[] sizes = claim.series().sizes();
        least = Math.min(least, Math.log(sizes[0]));
        most = Math.max(most, Math.log(sizes[sizes.length - 1]));
      }
    }
    this.first = least;
    this.last = most;
    double slope = USUAL_SLOPE;
    for (Claim claim : claims) {
      if (isDrawn(claim)) {
        double[] logs = Arrays.stream(claim.series().means()).map(Math::log).toArray();
        double rise =
            Arrays.stream(logs).max().orElseThrow() - Arrays.stream(logs).min().orElseThrow();
        slope = Math.max(slope, rise / (last - first));
      }
    }
    this.steepest = slope;
  }

  /** A speed-up is no series, and a value of zero has no logarithm. */
  private static boolean isDrawn(Claim claim) {
    Series series = claim.series();
    return claim.kind() != Claim.Kind.SPEED_UP
        && series.points().size() > 1
        && series.points().stream().allMatch(point -> point.sample().mean() > 0);
  }

  /**
   * Returns one character for each column, blank before the first size of the series; or nothing.
   */
  String of(Claim claim) {
    if (!isDrawn(claim)) {
      return "";
    }
    double[] sizes = Arrays.stream(claim.series().sizes()).map(Math::log).toArray();
    double[] values = Arrays.stream(claim.series().means()).map(Math::log).toArray();
    double bottom = Arrays.stream(values).min().orElseThrow();
    double height = steepest * (last - first);
    double half = (last - first) / (columns - 1) / 2;
    double[] parts = new double[columns];
    for (int i = 0; i < columns; i++) {
      double place = first + (last - first) * i / (columns - 1);
      boolean measured = place > sizes[0] - half && place < sizes[sizes.length - 1] + half;
      parts[i] = measured ? (at(place, sizes, values) - bottom) / height : Double.NaN;
    }
    return Sparkline.ofParts(parts).stripTrailing();
  }

  /** Returns the value on the straight lines between the points, the ends beyond them. */
  private static double at(double place, double[] sizes, double[] values) {
    int right = 1;
    while (right < sizes.length - 1 && sizes[right] < place) {
      right++;
    }
    double part = (place - sizes[right - 1]) / (sizes[right] - sizes[right - 1]);
    double inside = Math.max(0, Math.min(1, part));
    return values[right - 1] + inside * (values[right] - values[right - 1]);
  }
}
