package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The ratio of a candidate to its base, with an interval and probabilities from a hierarchical
 * bootstrap: forks resampled, iterations within them, differences studentised.
 *
 * <p>Where all forks are above zero the ratio is that of geometric means, exp(mean ln yⱼ − mean ln
 * xᵢ), and everything is computed on logarithms. Where a counted metric is zero in some forks the
 * ratio is that of arithmetic means, and the interval is 1 + (d ± q·e)/x̄ with the difference d:
 * the error of x̄ below the line is not in it. From zero to anything the ratio is ∞.
 *
 * <p>Bytes per operation below 1 B are the profiler's background and count as zero. Where no fork
 * differs from another on either side, as with counted things, the interval is a point.
 *
 * @param ratio the candidate over the base; 1 where both are zero, ∞ where the base is
 * @param interval its interval; absent with one fork on a side, or from zero
 * @param probability the two-sided probability of a ratio this far from 1 if nothing changed;
 *     absent with one fork on a side
 * @param beyondMargin the same if the change were as large as the margin; 1 where it is smaller
 * @param limitation why there is no interval, as a part of a sentence
 */
public record Estimate(
    double ratio,
    Optional<Interval> interval,
    OptionalDouble probability,
    OptionalDouble beyondMargin,
    Optional<String> limitation) {

  /** The least number of bytes that an operation can allocate and a profiler tell. */
  private static final double LEAST_BYTES = 1;

  /** Checks that every part is there. */
  public Estimate {
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(probability, "probability");
    Objects.requireNonNull(beyondMargin, "beyondMargin");
    Objects.requireNonNull(limitation, "limitation");
  }

  /**
   * Compares two samples.
   *
   * @param base the sample below the line
   * @param candidate the sample above it
   * @param margin the relative change that is too small to be called one, 0 or more
   * @param alpha one less the confidence of the interval
   * @param resamples how many
   * @param seed fixes the resampling
   * @throws IllegalArgumentException if the samples have different units
   */
  public static Estimate of(
      Sample base, Sample candidate, double margin, double alpha, int resamples, long seed) {
    return of(base, candidate, margin, alpha, resamples, seed, NoisePrior.NONE);
  }

  /** Compares two samples of a suite whose noise is known to a degree. */
  static Estimate of(
      Sample base,
      Sample candidate,
      double margin,
      double alpha,
      int resamples,
      long seed,
      NoisePrior suite) {
    if (!base.unit().equals(candidate.unit())) {
      throw new IllegalArgumentException(
          "units ("
              + base.unit().symbol()
              + ", "
              + candidate.unit().symbol()
              + ") must be the same");
    }
    Sample below = withoutBackground(base);
    Sample above = withoutBackground(candidate);
    if (lowest(below) < 0 || lowest(above) < 0) {
      return new Estimate(
          Double.NaN,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.of("no ratio: values below zero"));
    }
    boolean logarithmic = lowest(below) > 0 && lowest(above) > 0;
    double ratio =
        logarithmic ? Ratio.of(above, below, 1 - alpha).value() : plainRatio(above, below);
    int forks = Math.min(base.forkCount(), candidate.forkCount());
    if (forks == 1) {
      return new Estimate(
          ratio,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.of(oneFork(base, candidate)));
    }
    NoisePrior prior = logarithmic ? suite : NoisePrior.NONE;
    ForkBootstrap bootstrap =
        new ForkBootstrap(
            new ForkScores(above, logarithmic, prior),
            new ForkScores(below, logarithmic, prior),
            resamples,
            seed);
    double allowed = logarithmic ? Math.log1p(margin) : margin * below.mean();
    return new Estimate(
        ratio,
        logarithmic
            ? Optional.of(logarithmic(bootstrap, alpha))
            : linear(bootstrap, ratio, below.mean(), alpha),
        OptionalDouble.of(bootstrap.probability(0)),
        OptionalDouble.of(bootstrap.probability(allowed)),
        below.mean() == 0 && above.mean() > 0
            ? Optional.of("no interval: the base is zero")
            : Optional.empty());
  }

  /** Returns the standard deviation of a fork's logarithm, if it has one. */
  static OptionalDouble noise(Sample sample) {
    return sample.forkCount() > 1 && lowest(sample) > 0
        ? OptionalDouble.of(new ForkScores(sample, true, NoisePrior.NONE).deviation())
        : OptionalDouble.empty();
  }

  private static Interval logarithmic(ForkBootstrap bootstrap, double alpha) {
    double d = bootstrap.difference();
    double reach = bootstrap.reach(alpha);
    return new Interval(Math.exp(d), Math.exp(d - reach), Math.exp(d + reach), 1 - alpha);
  }

  private static Optional<Interval> linear(
      ForkBootstrap bootstrap, double ratio, double base, double alpha) {
    if (base == 0) {
      return ratio == 1 ? Optional.of(new Interval(1, 1, 1, 1 - alpha)) : Optional.empty();
    }
    double reach = bootstrap.reach(alpha) / base;
    return Optional.of(new Interval(ratio, Math.max(0, ratio - reach), ratio + reach, 1 - alpha));
  }

  private static double plainRatio(Sample above, Sample below) {
    if (below.mean() == 0) {
      return above.mean() == 0 ? 1 : Double.POSITIVE_INFINITY;
    }
    return above.mean() / below.mean();
  }

  private static String oneFork(Sample base, Sample candidate) {
    if (base.forkCount() == 1 && candidate.forkCount() == 1) {
      return "one fork each: noise unknown";
    }
    return "one fork in the " + (base.forkCount() == 1 ? "base" : "candidate") + ": noise unknown";
  }

  private static Sample withoutBackground(Sample sample) {
    boolean background =
        sample.unit().equals(Unit.BYTES_PER_OP)
            && Arrays.stream(sample.forkMeans()).allMatch(mean -> Math.abs(mean) < LEAST_BYTES);
    return background
        ? new Sample(
            java.util.Collections.nCopies(sample.forkCount(), new double[1]), sample.unit())
        : sample;
  }

  private static double lowest(Sample sample) {
    return Arrays.stream(sample.forkMeans()).min().orElseThrow();
  }
}
