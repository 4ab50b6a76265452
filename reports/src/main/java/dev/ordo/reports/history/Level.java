package dev.ordo.reports.history;

import dev.ordo.reports.fit.Interval;
import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Two neighbouring stretches of runs: where exactly they part, and by how much their levels differ.
 *
 * <p>The difference is that of means of values, of which those more than four robust standard
 * deviations from their stretch's median are drawn in to there, with Student's interval over the
 * pooled variance; {@link Dependence} widens both. The place is chosen from the same data, which
 * the interval does not allow for.
 *
 * <p>A place k is as credible as exp(−n·ln(RSS(k)/RSS)/2λ), with RSS(k) the squares about both
 * means: the posterior of the place of a shift of a normal mean with unknown levels and a flat
 * prior (Smith 1975, <i>Biometrika</i> 62), with λ for what neighbours have in common.
 */
final class Level {

  private static final double CONFIDENCE = 0.95;
  private static final double REACH = 4;
  private static final double NORMAL = 1.4826;

  private Level() {}

  /** Returns the most credible place in values, with at least the fewest runs on each side. */
  static int place(double[] values) {
    double[] squares = squares(Scores.of(values));
    int best = Shift.FEWEST;
    for (int k = Shift.FEWEST; k <= values.length - Shift.FEWEST; k++) {
      if (squares[k] < squares[best] - 1e-12) {
        best = k;
      }
    }
    return best;
  }

  /**
   * Returns the first and the last of the places that hold 95 % of the credibility.
   *
   * @param values both stretches; not modified
   * @param place the most credible place, which is always in it
   */
  static int[] range(double[] values, int place, Dependence dependence) {
    int n = values.length;
    double[] squares = squares(drawnIn(values, place));
    double least = squares[place];
    double power = n / (2 * dependence.inflation(place, n - place));
    double[] credence = new double[n];
    double total = 0;
    for (int k = 1; k < n; k++) {
      double ratio = squares[k] <= least ? 1 : least / squares[k];
      credence[k] = k == place ? 1 : Math.pow(ratio, power);
      total += credence[k];
    }
    Integer[] order = new Integer[n - 1];
    Arrays.setAll(order, i -> i + 1);
    Arrays.sort(order, (a, b) -> Double.compare(credence[b], credence[a]));
    int[] range = {place, place};
    double held = 0;
    for (int k : order) {
      if (held >= CONFIDENCE * total) {
        break;
      }
      held += credence[k];
      range[0] = Math.min(range[0], k);
      range[1] = Math.max(range[1], k);
    }
    return range;
  }

  /** Returns the squares about both means for every place in 1 … n − 1. */
  private static double[] squares(double[] scores) {
    int n = scores.length;
    double total = Arrays.stream(scores).sum();
    double all = Arrays.stream(scores).map(s -> s * s).sum();
    double[] squares = new double[n];
    double sum = 0;
    for (int k = 1; k < n; k++) {
      sum += scores[k - 1];
      double rest = total - sum;
      squares[k] = Math.max(0, all - sum * sum / k - rest * rest / (n - k));
    }
    return squares;
  }

  /** Returns the level behind a place minus the one before it. */
  static Interval difference(double[] values, int place, Dependence dependence) {
    double[] near = drawnIn(values, place);
    double[] means = new double[2];
    double[] counts = {place, values.length - place};
    for (int i = 0; i < near.length; i++) {
      int side = i < place ? 0 : 1;
      means[side] += near[i] / counts[side];
    }
    double squares = 0;
    for (int i = 0; i < near.length; i++) {
      double off = near[i] - means[i < place ? 0 : 1];
      squares += off * off;
    }
    double inflation = dependence.inflation(place, values.length - place);
    double degrees = Math.max(1, (values.length - 2) / inflation);
    double error =
        Math.sqrt(squares / (values.length - 2) * (1 / counts[0] + 1 / counts[1]) * inflation);
    double reachOfError =
        error * new TDistribution(null, degrees).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double difference = means[1] - means[0];
    return new Interval(
        difference, difference - reachOfError, difference + reachOfError, CONFIDENCE);
  }

  /** Returns values, those far from their side's median drawn in to it. */
  private static double[] drawnIn(double[] values, int place) {
    double[] medians = {
      Scores.median(Arrays.copyOfRange(values, 0, place)),
      Scores.median(Arrays.copyOfRange(values, place, values.length))
    };
    double[] residuals = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      residuals[i] = values[i] - medians[i < place ? 0 : 1];
    }
    double reach =
        REACH * NORMAL * Scores.median(Arrays.stream(residuals).map(Math::abs).toArray());
    double[] near = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (reach > 0) {
        near[i] = medians[i < place ? 0 : 1] + Math.max(-reach, Math.min(reach, residuals[i]));
      }
    }
    return near;
  }
}
