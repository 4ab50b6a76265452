package dev.ordo.reports.bench;

import dev.ordo.reports.fit.Growth;
import java.util.Arrays;

/**
 * The slope k of a least-squares line through logarithms, over all sizes or the last few: what most
 * people do by hand. It is read as the law whose own slope over the same sizes is nearest, if that
 * is within 0.05, else as n^k.
 */
final class SlopeRule implements Peer {

  private final int last;

  private SlopeRule(int last) {
    this.last = last;
  }

  static SlopeRule overAll() {
    return new SlopeRule(Integer.MAX_VALUE);
  }

  static SlopeRule overLastThree() {
    return new SlopeRule(3);
  }

  @Override
  public Answer answer(double[] sizes, double[] means) {
    int from = Math.max(0, sizes.length - last);
    double[] x = Arrays.stream(sizes).skip(from).map(Math::log).toArray();
    double[] y = Arrays.stream(means).skip(from).map(Math::log).toArray();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double slope = slope(x, y);
    return new Answer(
        Claim.of(reading(slope, x)), n -> Math.exp(meanY + slope * (Math.log(n) - meanX)));
  }

  private static Order reading(double slope, double[] logSizes) {
    Order nearest = new Order(slope, 0);
    double least = Order.TOLERANCE;
    for (Growth growth : Growth.values()) {
      double[] own = Arrays.stream(logSizes).map(x -> Math.log(growth.at(Math.exp(x)))).toArray();
      double distance = Math.abs(slope(logSizes, own) - slope);
      if (distance < least) {
        least = distance;
        nearest = Order.of(growth);
      }
    }
    return nearest;
  }

  private static double slope(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * y[i];
    }
    return xy / xx;
  }
}
