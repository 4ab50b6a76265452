package dev.ordo.reports.fit;

import java.util.List;
import java.util.Optional;

/**
 * The noise of a series, split into what differs between forks and what differs between iterations
 * of one fork; both relative.
 *
 * <p>With x̄ᵢⱼ the mean of the Kᵢⱼ iterations of fork j at size i, σ_w² is the variance of x/x̄ − 1
 * within forks, pooled over Σ(Kᵢⱼ − 1) degrees of freedom, and s² that of ln x̄ᵢⱼ about the means
 * of the sizes, pooled over Σ(fᵢ − 1). Since
 *
 * <pre>
 *   E[s²] Σ(fᵢ − 1) = σ_b² Σ(fᵢ − 1) + τ σ_w² Σᵢ (1 − 1/fᵢ) Σⱼ 1/Kᵢⱼ,
 * </pre>
 *
 * the variance between forks is σ_b² = max(0, s² − τ σ_w²/K), with K the number of iterations that
 * the equation makes of all Kᵢⱼ: the method of moments for unbalanced data, which balanced data
 * share with restricted maximum likelihood (Searle, Casella and McCulloch, <i>Variance
 * Components</i>, 1992, sections 3.6 and 5.2). τ = (1 + φ)/(1 − φ) allows for iterations that
 * resemble the one before; φ is known from forks of {@value Course#FEWEST} iterations or more, and
 * taken as 0 otherwise.
 *
 * <p>Intervals do not need the split: they rest on s², which holds both parts. The split says what
 * would make them narrower (Kalibera and Jones 2013, <i>Rigorous benchmarking in reasonable
 * time</i>, section 6).
 *
 * @param between σ_b, the standard deviation between forks of endlessly many iterations, relative
 * @param betweenDegrees its degrees of freedom (Satterthwaite's approximation); 0 where σ_b is 0
 * @param within σ_w, the standard deviation between iterations of one fork, relative
 * @param withinDegrees its degrees of freedom
 * @param ofForkMeans s, the standard deviation between fork means as measured, relative
 * @param iterations K, the mean number of iterations of a fork
 * @param correlation φ, how much an iteration resembles the one before, in 0 … 1
 */
public record NoiseSplit(
    double between,
    double betweenDegrees,
    double within,
    int withinDegrees,
    double ofForkMeans,
    double iterations,
    double correlation) {

  /** A share of iterations below which more of them are not worth a word. */
  private static final double NOTABLE_SHARE = 0.2;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if a deviation is negative, the iterations are fewer than 1,
   *     or the correlation is not in 0 … 1, exclusive of 1
   */
  public NoiseSplit {
    if (!(between >= 0) || !(within >= 0) || !(ofForkMeans >= 0)) {
      throw new IllegalArgumentException(
          "deviations (" + between + ", " + within + ", " + ofForkMeans + ") must not be negative");
    }
    if (!(iterations >= 1)) {
      throw new IllegalArgumentException("iterations (" + iterations + ") must be at least 1");
    }
    if (!(correlation >= 0 && correlation < 1)) {
      throw new IllegalArgumentException(
          "correlation (" + correlation + ") must be at least 0 and below 1");
    }
  }

  /**
   * Splits the noise of forks; empty with one fork a size or one iteration a fork.
   *
   * @param forks shape (sizes, forks)
   * @param forkVariance s²
   * @param forkDegrees its degrees of freedom
   * @param correlation φ
   */
  static Optional<NoiseSplit> of(
      List<SteadyForks.Fork[]> forks, double forkVariance, int forkDegrees, double correlation) {
    double squares = 0;
    int degrees = 0;
    double perIteration = 0;
    for (SteadyForks.Fork[] ofSize : forks) {
      for (SteadyForks.Fork fork : ofSize) {
        squares += fork.squares();
        degrees += fork.iterations() - 1;
        perIteration += (1 - 1.0 / ofSize.length) / fork.iterations();
      }
    }
    if (degrees == 0 || forkDegrees == 0) {
      return Optional.empty();
    }
    double iterations = forkDegrees / perIteration;
    return Optional.of(
        of(forkVariance, forkDegrees, squares / degrees, degrees, iterations, correlation));
  }

  /**
   * Splits.
   *
   * @param forkVariance s²
   * @param forkDegrees its degrees of freedom, positive
   * @param withinVariance σ_w²
   * @param withinDegrees its degrees of freedom, positive
   */
  static NoiseSplit of(
      double forkVariance,
      int forkDegrees,
      double withinVariance,
      int withinDegrees,
      double iterations,
      double correlation) {
    double part = withinVariance / iterations * inflation(correlation);
    double between = Math.max(0, forkVariance - part);
    double degrees =
        between == 0
            ? 0
            : between
                * between
                / (forkVariance * forkVariance / forkDegrees + part * part / withinDegrees);
    return new NoiseSplit(
        Math.sqrt(between),
        degrees,
        Math.sqrt(withinVariance),
        withinDegrees,
        Math.sqrt(forkVariance),
        iterations,
        correlation);
  }

  private static double inflation(double correlation) {
    return (1 + correlation) / (1 - correlation);
  }

  /** Returns the part of the variance of fork means that stems from iterations, in 0 … 1. */
  public double iterationsShare() {
    double part = within * within / iterations * inflation(correlation);
    double all = between * between + part;
    return all == 0 ? 0 : part / all;
  }

  /** Returns by which part intervals are narrower with twice the iterations, in 0 … 0.29. */
  public double narrowerByIterations() {
    return 1 - Math.sqrt(1 - iterationsShare() / 2);
  }

  /**
   * Returns the number of iterations a fork that makes intervals narrowest for the time they take,
   * √(c/d · τ σ_w²/σ_b²), at least 1; infinite where σ_b is 0 (Kalibera and Jones 2013, section
   * 6.2).
   *
   * @param forkCost c, the time that a fork takes before its first iteration, positive
   * @param iterationCost d, the time of an iteration, positive, in the same unit
   * @throws IllegalArgumentException if a cost is not positive
   */
  public double bestIterations(double forkCost, double iterationCost) {
    if (!(forkCost > 0) || !(iterationCost > 0)) {
      throw new IllegalArgumentException(
          "costs (" + forkCost + ", " + iterationCost + ") must be positive");
    }
    if (within == 0) {
      return 1;
    }
    double ratio = within * within * inflation(correlation) / (between * between);
    return Math.max(1, Math.sqrt(forkCost / iterationCost * ratio));
  }

  /** Returns the split and what would make intervals narrower, as one sentence. */
  public String sentence() {
    String split =
        "Forks vary by "
            + Words.percent(between)
            + ", iterations within a fork by "
            + Words.percent(within);
    if (between == 0) {
      return "Forks vary no more than their iterations, which vary by "
          + Words.percent(within)
          + ", explain: more iterations would narrow the intervals as much as more forks.";
    }
    if (iterationsShare() < NOTABLE_SHARE) {
      return split + ": more forks would narrow the intervals, more iterations hardly.";
    }
    return split
        + ": twice the forks would narrow the intervals by 29 %, twice the iterations by "
        + Words.percent(narrowerByIterations())
        + ".";
  }
}
