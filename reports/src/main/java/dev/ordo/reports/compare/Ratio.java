package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.fit.Interval;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The ratio of two samples' means, with an interval from their forks.
 *
 * <p>With x̄ᵢ the fork means of one sample and ȳⱼ those of the other, the estimate is
 *
 * <pre>
 *   r = exp(mean ln x̄ᵢ − mean ln ȳⱼ),
 * </pre>
 *
 * the ratio of the geometric means of the forks: errors are relative, and the ratio the other way
 * round is exactly 1/r with the interval turned round. The interval is exp(ln r ± t·e) with
 *
 * <pre>
 *   e² = s²/f + u²/g,   ν = e⁴ / ((s²/f)²/(f − 1) + (u²/g)²/(g − 1)),
 * </pre>
 *
 * s² and u² the variances of ln x̄ᵢ and ln ȳⱼ, f and g the numbers of forks, t the quantile of
 * Student's distribution with ν degrees of freedom (Welch 1947, <i>Biometrika</i> 34; Satterthwaite
 * 1946, <i>Biometrics Bulletin</i> 2). The variances may differ.
 *
 * <p>Assumed is that forks are independent and their logarithms about normal; iterations within a
 * fork may depend on each other as they like. From two forks on each side there is an interval, but
 * with two or three it is wide: t is 12.7 at one degree of freedom. With one fork on a side nothing
 * is known of its noise, so there is a value and no interval. An outlying fork widens the interval
 * and shifts the value; nothing is left out.
 *
 * @param value the estimate r
 * @param interval its interval; absent with one fork on a side
 * @param forks the number of forks above the line
 * @param otherForks the number of forks below the line
 */
public record Ratio(double value, Optional<Interval> interval, int forks, int otherForks) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the value or a number of forks is not positive
   */
  public Ratio {
    Objects.requireNonNull(interval, "interval");
    if (!(value > 0)) {
      throw new IllegalArgumentException("ratio (" + value + ") must be positive");
    }
    if (forks < 1 || otherForks < 1) {
      throw new IllegalArgumentException(
          "forks (" + forks + ", " + otherForks + ") must be positive");
    }
  }

  /**
   * Returns by which factor {@code sample} is larger than {@code other}.
   *
   * @param confidence the confidence of the interval, in 0 … 1, exclusive
   * @throws IllegalArgumentException if the samples have different units, a fork's mean is not
   *     positive, or the confidence is not between 0 and 1
   */
  public static Ratio of(Sample sample, Sample other, double confidence) {
    check(sample, other, confidence);
    Logs above = Logs.of(sample.forkMeans());
    Logs below = Logs.of(other.forkMeans());
    double log = above.mean - below.mean;
    return new Ratio(
        Math.exp(log), interval(log, above, below, confidence), above.count, below.count);
  }

  /**
   * Returns by which factor {@code sample} is larger than {@code other}, fork by fork: the forks of
   * both are the same, in the same order, each of which did the one and the other in turns. What
   * makes a fork slow as a whole is then not in the ratio. The interval is that of Student's t with
   * one degree of freedom less than there are forks, on the logarithms of the forks' ratios.
   *
   * @param confidence the confidence of the interval, in 0 … 1, exclusive
   * @throws IllegalArgumentException if the samples have different units or numbers of forks, a
   *     fork's mean is not positive, or the confidence is not between 0 and 1
   */
  public static Ratio paired(Sample sample, Sample other, double confidence) {
    check(sample, other, confidence);
    if (sample.forkCount() != other.forkCount()) {
      throw new IllegalArgumentException(
          "forks (" + sample.forkCount() + ", " + other.forkCount() + ") must be the same");
    }
    double[] ratios = sample.forkMeans();
    double[] below = other.forkMeans();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= below[i];
    }
    Logs logs = Logs.of(ratios);
    Optional<Interval> interval = Optional.empty();
    if (logs.count > 1) {
      double reach =
          new TDistribution(null, logs.count - 1).inverseCumulativeProbability((1 + confidence) / 2)
              * Math.sqrt(logs.variance / logs.count);
      interval = Optional.of(around(logs.mean, reach, confidence));
    }
    return new Ratio(Math.exp(logs.mean), interval, logs.count, logs.count);
  }

  /**
   * Returns a multiple of the ratio.
   *
   * @param factor positive
   */
  public Ratio times(double factor) {
    return new Ratio(
        factor * value,
        interval.map(
            ends ->
                new Interval(
                    factor * ends.value(),
                    factor * ends.low(),
                    factor * ends.high(),
                    ends.confidence())),
        forks,
        otherForks);
  }

  /** Returns whether {@code sample} can be part of a ratio: the means of all forks are positive. */
  public static boolean takes(Sample sample) {
    return sample.isPositive();
  }

  /** Returns why there is no interval, as a part of a sentence; absent where there is one. */
  public Optional<String> limitation() {
    return interval.isPresent()
        ? Optional.empty()
        : Optional.of(
            "no interval: "
                + (forks == 1 && otherForks == 1 ? "one fork each" : "one fork on a side"));
  }

  private static void check(Sample sample, Sample other, double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence (" + confidence + ") must be in (0, 1)");
    }
    if (!sample.unit().equals(other.unit())) {
      throw new IllegalArgumentException(
          "units (" + sample.unit().symbol() + ", " + other.unit().symbol() + ") must be the same");
    }
  }

  private static Optional<Interval> interval(
      double log, Logs above, Logs below, double confidence) {
    if (above.count == 1 || below.count == 1) {
      return Optional.empty();
    }
    double a = above.variance / above.count;
    double b = below.variance / below.count;
    double reach = 0;
    // Without any noise there is nothing to widen, and the degrees of freedom would be 0/0.
    if (a + b > 0) {
      double share = a / (a + b);
      double rest = b / (a + b);
      double degrees = 1 / (share * share / (above.count - 1) + rest * rest / (below.count - 1));
      TDistribution student = new TDistribution(null, degrees);
      reach = student.inverseCumulativeProbability((1 + confidence) / 2) * Math.sqrt(a + b);
    }
    return Optional.of(around(log, reach, confidence));
  }

  private static Interval around(double log, double reach, double confidence) {
    return new Interval(Math.exp(log), Math.exp(log - reach), Math.exp(log + reach), confidence);
  }

  /** The logarithms of what forks measured. */
  private record Logs(int count, double mean, double variance) {

    static Logs of(double[] values) {
      double[] logs = values.clone();
      for (int i = 0; i < logs.length; i++) {
        if (!(logs[i] > 0)) {
          throw new IllegalArgumentException(
              "mean (" + logs[i] + ") of fork " + i + " must be positive");
        }
        logs[i] = Math.log(logs[i]);
      }
      // In ascending order, so that the order of forks does not change the last digits.
      Arrays.sort(logs);
      double mean = Arrays.stream(logs).sum() / logs.length;
      double squares = Arrays.stream(logs).map(log -> (log - mean) * (log - mean)).sum();
      return new Logs(logs.length, mean, logs.length == 1 ? 0 : squares / (logs.length - 1));
    }
  }
}
