package dev.ordo.reports.paired;

import dev.ordo.reports.fit.Interval;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean of a sequence of independent values of unknown variance, with probabilities that hold
 * whenever one stops.
 *
 * <p>At each look of k values ({@link Looks}) with mean x̄ₖ and standard deviation sₖ, the
 * one-sided t test of "the mean is at most m" has p = 1 − F((x̄ₖ − m)/(sₖ/√k)), F Student's
 * distribution with k − 1 degrees of freedom. The least p/w over all looks, w the part of the level
 * that a look may spend, is at most α at <i>any</i> look with probability at most α if the mean is
 * at most m, by Bonferroni's inequality: an always-valid p-value in the sense of Johari, Koomen,
 * Pekelis and Walsh 2022 (<i>Operations Research</i> 70).
 *
 * <p>Assumed are independent values with about normal errors; of ratios of forks whose errors are
 * heavy-tailed but alike on both sides the logarithms are symmetric, for which t tests err less
 * often than they say (Efron 1969, <i>Journal of the American Statistical Association</i> 64).
 */
final class AnytimeMean {

  /** What was known at a look; the error is that of the mean. */
  private record Look(int count, double weight, double mean, double error) {}

  private final Look[] looks;
  private final double mean;

  private AnytimeMean(Look[] looks, double mean) {
    this.looks = looks;
    this.mean = mean;
  }

  /**
   * Returns the mean of values in the order in which they were measured.
   *
   * @param values at least one, finite
   */
  static AnytimeMean of(double[] values) {
    Look[] looks = new Look[Looks.count(values.length)];
    double mean = 0;
    double squares = 0;
    int next = 0;
    for (int n = 1; n <= values.length; n++) {
      double step = values[n - 1] - mean;
      mean += step / n;
      squares += step * (values[n - 1] - mean);
      if (next < looks.length && n == Looks.at(next)) {
        looks[next] = new Look(n, Looks.weight(next), mean, Math.sqrt(squares / (n - 1) / n));
        next++;
      }
    }
    return new AnytimeMean(looks, mean);
  }

  /** Returns the mean of all values. */
  double mean() {
    return mean;
  }

  /** Returns whether there were values enough for a look. */
  boolean looked() {
    return looks.length > 0;
  }

  /** Returns the probability, valid at any time, of such values if the mean were at most m. */
  double above(double m) {
    double least = 1;
    for (Look look : looks) {
      least = Math.min(least, upperTail(look.mean - m, look) / look.weight);
    }
    return least;
  }

  /** Returns the probability, valid at any time, of such values if the mean were at least m. */
  double below(double m) {
    double least = 1;
    for (Look look : looks) {
      least = Math.min(least, upperTail(m - look.mean, look) / look.weight);
    }
    return least;
  }

  /**
   * Returns the mean with an interval, each end of which holds at all times together with the
   * confidence 1 − alpha; the interval as a whole with 1 − 2·alpha. What lies beyond an end is what
   * {@link #above} and {@link #below} reject at alpha.
   *
   * @param alpha the level, above 0 and below 0.5
   * @return absent before the first look
   */
  Optional<Interval> interval(double alpha) {
    if (!looked()) {
      return Optional.empty();
    }
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.POSITIVE_INFINITY;
    for (Look look : looks) {
      double reach =
          look.error == 0
              ? 0
              : look.error
                  * new TDistribution(null, look.count - 1)
                      .inverseCumulativeProbability(1 - alpha * look.weight);
      low = Math.max(low, look.mean - reach);
      high = Math.min(high, look.mean + reach);
    }
    if (low > high) {
      // Intervals of two looks that exclude each other: the truth lies between them, if anywhere.
      double gap = low;
      low = high;
      high = gap;
    }
    return Optional.of(new Interval(Math.max(low, Math.min(high, mean)), low, high, 1 - 2 * alpha));
  }

  private static double upperTail(double difference, Look look) {
    if (look.error == 0) {
      return difference > 0 ? 0 : 1;
    }
    return new TDistribution(null, look.count - 1).cumulativeProbability(-difference / look.error);
  }
}
