package dev.ordo.reports.compare;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.LogMeans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * What all series of two results know together of the noise of any one: the variance between forks,
 * the scatter of sizes beyond it, and the drift of the machine between two runs.
 *
 * <p><b>Forks.</b> The variances of two to five forks scatter widely. If true variances follow a
 * scaled inverse χ² law over the series of both results, moments of the logarithms of s² give its
 * variance s₀² and degrees ν₀ (Smyth 2004, <i>Statistical Applications in Genetics and Molecular
 * Biology</i> 3). A side then has (ν₀s₀² + νs²)/(ν₀ + ν); a side of single forks has s₀², or, where
 * nothing is known of the suite, the variance of the other side.
 *
 * <p><b>Scatter.</b> Two machines, or two JVMs, differ at each size by more than a factor that
 * changes smoothly. With Sᵢ the squares of the i-th series about a parabola over ln n with νᵢ
 * degrees, and vᵢ the variance that forks explain, τ² is the median of Sᵢ/νᵢ, corrected by the
 * median of χ²/ν, less vᵢ. It counts as at most {@value #MOST} degrees beside a prior of {@value
 * #PRIOR} at the scatter that is usual.
 *
 * <p><b>Drift.</b> Where forks were measured in rounds, one of each cell, what all forks of a round
 * have in common is the machine's, and two runs differ by it as wholes ({@link RoundDrift}).
 *
 * @param priorVariance s₀²
 * @param priorDegrees ν₀; 0 where nothing is known
 * @param scatter τ², a part of the variance of each size
 * @param drift the variance of what two runs differ by as a whole
 */
public record SuiteNoise(double priorVariance, int priorDegrees, Part scatter, Part drift) {

  private static final int FEWEST = 8;
  private static final int MOST = 20;
  private static final int PRIOR = 4;

  /** Between two machines or JVMs; measured on Ordo's models on JDK 17 and 25. */
  private static final double USUAL_SCATTER = 0.05;

  /**
   * A part of a variance.
   *
   * @param variance its value
   * @param degrees the degrees of freedom that it is known with
   */
  public record Part(double variance, double degrees) {

    static final Part NONE = new Part(0, 1);

    Part times(double factor) {
      return new Part(variance * factor, degrees);
    }

    /** Adds parts by Satterthwaite's rule. */
    static TestedDifference contrast(double estimate, List<Part> parts) {
      double sum = 0;
      double squares = 0;
      for (Part part : parts) {
        sum += part.variance;
        squares += part.variance * part.variance / part.degrees;
      }
      return new TestedDifference(estimate, Math.sqrt(sum), sum == 0 ? 1 : sum * sum / squares);
    }
  }

  /** Checks that every part is there. */
  public SuiteNoise {
    if (!(priorVariance >= 0) || priorDegrees < 0) {
      throw new IllegalArgumentException(
          "prior (" + priorVariance + ", " + priorDegrees + ") must not be negative");
    }
  }

  /**
   * Finds what series have in common.
   *
   * @param all the differences of one metric
   * @param differentMachines whether the sides come from different machines or JVMs
   */
  public static SuiteNoise of(List<SeriesDifference> all, boolean differentMachines) {
    List<LogMeans> sides = new ArrayList<>();
    for (SeriesDifference difference : all) {
      sides.add(difference.base());
      sides.add(difference.candidate());
    }
    SuiteNoise forks = prior(sides);
    return new SuiteNoise(
        forks.priorVariance,
        forks.priorDegrees,
        forks.scatterOf(all, differentMachines),
        Part.NONE);
  }

  /**
   * Returns the same with the drift between two runs whose forks were measured in rounds.
   *
   * @param base all series of one run, forks in the order of rounds
   * @param candidate those of the other
   */
  public SuiteNoise withRounds(List<Series> base, List<Series> candidate) {
    return new SuiteNoise(priorVariance, priorDegrees, scatter, RoundDrift.of(base, candidate));
  }

  private static SuiteNoise prior(List<LogMeans> sides) {
    double expected = 0;
    List<Double> logs = new ArrayList<>();
    for (LogMeans side : sides) {
      if (side.variance() > 0) {
        double half = side.degrees() / 2.0;
        logs.add(Math.log(side.variance()) - Gamma.digamma(half) + Math.log(half));
        expected += Gamma.trigamma(half);
      }
    }
    int count = logs.size();
    if (count < FEWEST) {
      return new SuiteNoise(0, 0, Part.NONE, Part.NONE);
    }
    double mean = logs.stream().mapToDouble(log -> log).average().orElseThrow();
    double squares = logs.stream().mapToDouble(log -> (log - mean) * (log - mean)).sum();
    double excess = squares / (count - 1) - expected / count;
    int degrees = MOST;
    while (degrees > 0 && Gamma.trigamma(degrees / 2.0) < excess) {
      degrees--;
    }
    double half = degrees / 2.0;
    double variance = degrees == 0 ? 0 : Math.exp(mean + Gamma.digamma(half) - Math.log(half));
    return new SuiteNoise(variance, degrees, Part.NONE, Part.NONE);
  }

  /** Returns the parts of a contrast's variance that stem from forks; none if it is unknown. */
  List<Part> parts(LogMeans base, LogMeans candidate, double ofBase, double ofCandidate) {
    Part ours = forkVariance(base);
    Part theirs = forkVariance(candidate);
    if (ours.degrees == 0) {
      ours = theirs;
    }
    if (theirs.degrees == 0) {
      theirs = ours;
    }
    return ours.degrees == 0 ? List.of() : List.of(ours.times(ofBase), theirs.times(ofCandidate));
  }

  private Part forkVariance(LogMeans side) {
    // Nothing varies: that is known, and no part of what varies elsewhere.
    boolean counted = side.variance() == 0 && side.degrees() > 0;
    int prior = counted ? 0 : priorDegrees;
    int degrees = prior + side.degrees();
    return degrees == 0
        ? new Part(0, 0)
        : new Part((prior * priorVariance + side.degrees() * side.variance()) / degrees, degrees);
  }

  private Part scatterOf(List<SeriesDifference> all, boolean differentMachines) {
    List<Double> beyond = new ArrayList<>();
    int degrees = 0;
    for (SeriesDifference series : all) {
      int own = series.scatterDegrees();
      if (own < 1 || series.counted() || series.sameValues()) {
        continue;
      }
      double explained = explained(series);
      double median = new ChiSquaredDistribution(null, own).inverseCumulativeProbability(0.5) / own;
      beyond.add(series.scatterSquares() / own / median - explained);
      degrees += own;
    }
    double usual = differentMachines ? USUAL_SCATTER * USUAL_SCATTER : 0;
    int known = Math.min(MOST, degrees / 2);
    double found = beyond.isEmpty() ? 0 : Math.max(0, median(beyond));
    return new Part((PRIOR * usual + known * found) / (PRIOR + known), PRIOR + known);
  }

  /** Returns the variance of a difference of average weight that forks explain. */
  private double explained(SeriesDifference series) {
    double ofBase = 0;
    double ofCandidate = 0;
    for (int i = 0; i < series.count(); i++) {
      ofBase += 1.0 / series.base().levels().get(i).forks() / series.count();
      ofCandidate += 1.0 / series.candidate().levels().get(i).forks() / series.count();
    }
    return parts(series.base(), series.candidate(), ofBase, ofCandidate).stream()
        .mapToDouble(Part::variance)
        .sum();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).toArray();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
