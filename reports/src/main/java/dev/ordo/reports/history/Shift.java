package dev.ordo.reports.history;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The stretch of runs whose level differs most from that of the others, and the probability of such
 * a difference among runs whose order says nothing.
 *
 * <p>The statistic is the largest standardised difference of means of {@link Scores}, Z² =
 * n·S²/(m(n − m)σ²) for a stretch of m of n runs with the sum S of centred scores: the likelihood
 * ratio for a shifted normal mean. Two tests are made. One is over all places at which the level
 * may shift for good (James, James and Siegmund 1987, <i>Biometrika</i> 74). The other is over
 * stretches after which the level comes back, which the first one hardly sees (circular binary
 * segmentation; Olshen, Venkatraman, Lucito and Wigler 2004, <i>Biostatistics</i> 5), of lengths in
 * steps of a quarter that begin at multiples of an eighth of them (a half and a quarter of 400 runs
 * or more): a set of O(n) stretches of which one has most in common with any other one (Walther
 * 2010, <i>Annals of Statistics</i> 38). The level of the whole is divided between both, four
 * fifths to one fifth (Bonferroni). A stretch has at least {@value #FEWEST} runs, and leaves as
 * many outside: single odd runs are no shift.
 *
 * <p>As in the E-divisive method (Matteson and James 2014, <i>Journal of the American Statistical
 * Association</i> 109), the distribution of a statistic is that over permutations of the runs:
 * nothing is assumed of the noise but that runs could have come in any order. Permutations are
 * drawn until ten were as extreme (Besag and Clifford 1991, <i>Biometrika</i> 78); the probability
 * is then 10/draws, else (extreme + 1)/(draws + 1), and either is valid: it is at most u with
 * probability at most u.
 *
 * <p>Runs whose order does say something, since a host has good and bad hours, are no permutation
 * of each other. The noise in the observed Z² is therefore multiplied by what {@link Dependence}
 * inflates the variance of a difference of means by, before Z² is compared: with R² = Z²/n it is n
 * · R²/(R² + λ(1 − R²)). λ is at least 1, so that this is never less valid for independent runs.
 *
 * <p>Where Bernstein's inequality already proves the probability to be tiny, no permutations are
 * drawn: with M the largest centred score and m the smaller side, P(|S| ≥ s) ≤ 2 exp(−s²/(2(mσ² +
 * Ms/3))), which holds for draws without replacement too (Hoeffding 1963, <i>Journal of the
 * American Statistical Association</i> 58, theorem 4), summed over all stretches.
 *
 * @param from the number of runs before the stretch, 0 where the level shifts once
 * @param to the number of runs up to the end of the stretch
 * @param probability of such a difference, or a larger one, anywhere, if the level never shifted
 */
record Shift(int from, int to, double probability) {

  /** The fewest runs in a stretch and outside of it. */
  static final int FEWEST = 3;

  private static final double SINGLE = 0.8;
  private static final int EXTREME = 10;
  private static final double TINY = 1e-7;

  /**
   * Finds the strongest shift.
   *
   * @param values in the order of runs; not modified
   * @param suspicion how readily runs are taken for dependent
   * @param most the largest number of permutations
   * @param seed fixes the permutations
   * @return the shift; absent with fewer than 2·{@value #FEWEST} runs, or where all are equal
   */
  static Optional<Shift> strongest(double[] values, Suspicion suspicion, int most, long seed) {
    int n = values.length;
    if (n < 2 * FEWEST) {
      return Optional.empty();
    }
    Sums sums = new Sums(Scores.of(values));
    if (sums.variance <= 0) {
      return Optional.empty();
    }
    Shift once = tested(sums, Stretches.beginnings(n), suspicion, most, seed);
    Shift single = new Shift(0, once.to, Math.min(1, once.probability / SINGLE));
    Stretches inner = Stretches.inner(n);
    if (single.probability <= TINY / SINGLE || inner.count() == 0) {
      return Optional.of(single);
    }
    Shift returning = tested(sums, inner, suspicion, most, seed + 1);
    double probability = Math.min(1, returning.probability / (1 - SINGLE));
    return Optional.of(
        single.probability <= probability
            ? single
            : new Shift(returning.from, returning.to, probability));
  }

  private static Shift tested(
      Sums sums, Stretches stretches, Suspicion suspicion, int most, long seed) {
    int n = sums.scores.length;
    int found = sums.largest(stretches, Dependence.NONE);
    Dependence dependence =
        suspicion.of(Variogram.of(sums.scores, stretches.from(found), stretches.to(found)));
    if (dependence.share() > 0) {
      found = sums.largest(stretches, dependence);
    }
    // A little less, so that rounding never makes an equal permutation a smaller one.
    double observed = sums.statistic(stretches, found, dependence) * (1 - 1e-9);
    double bound = sums.bound(stretches, observed);
    double probability =
        bound <= TINY
            ? bound
            : permuted(sums.scores.clone(), sums, stretches, observed, most, seed);
    return new Shift(stretches.from(found), stretches.to(found), probability);
  }

  private static double permuted(
      double[] scores, Sums sums, Stretches stretches, double observed, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] prefix = new double[scores.length + 1];
    int extreme = 0;
    for (int draw = 1; draw <= most; draw++) {
      for (int k = 0; k < scores.length; k++) {
        int left = scores.length - k;
        int other = k + (int) (((random.nextInt() & 0xFFFFFFFFL) * left) >>> 32);
        double drawn = scores[other];
        scores[other] = scores[k];
        scores[k] = drawn;
        prefix[k + 1] = prefix[k] + drawn;
      }
      if (stretches.reach(prefix, observed * sums.variance)) {
        extreme++;
        if (extreme == EXTREME) {
          return (double) EXTREME / draw;
        }
      }
    }
    return (extreme + 1.0) / (most + 1.0);
  }

  /** Centred scores with the sums of their beginnings. */
  private static final class Sums {

    private final double[] scores;
    private final double[] prefix;
    private final double variance;
    private final double farthest;

    Sums(double[] raw) {
      int n = raw.length;
      double mean = 0;
      for (double score : raw) {
        mean += score / n;
      }
      scores = new double[n];
      prefix = new double[n + 1];
      double squares = 0;
      double most = 0;
      for (int i = 0; i < n; i++) {
        scores[i] = raw[i] - mean;
        prefix[i + 1] = prefix[i] + scores[i];
        squares += scores[i] * scores[i];
        most = Math.max(most, Math.abs(scores[i]));
      }
      farthest = most;
      variance = most < 1e-12 ? 0 : squares / n;
    }

    /** Returns Z² with the noise about both levels, not the shift, inflated by dependence. */
    double statistic(Stretches stretches, int index, Dependence dependence) {
      int n = scores.length;
      int m = stretches.to(index) - stretches.from(index);
      double sum = prefix[stretches.to(index)] - prefix[stretches.from(index)];
      double explained = Math.min(1, sum * sum * stretches.weight(index) / variance / n);
      double noise = (1 - explained) * dependence.inflation(m, n - m);
      return n * explained / (explained + noise);
    }

    int largest(Stretches stretches, Dependence dependence) {
      int largest = 0;
      double most = -1;
      for (int i = 0; i < stretches.count(); i++) {
        double statistic = statistic(stretches, i, dependence);
        if (statistic > most) {
          most = statistic;
          largest = i;
        }
      }
      return largest;
    }

    double bound(Stretches stretches, double observed) {
      double total = 0;
      for (int i = 0; i < stretches.count() && total <= TINY; i++) {
        int m = stretches.to(i) - stretches.from(i);
        double sum = Math.sqrt(observed * variance / stretches.weight(i));
        int smaller = Math.min(m, scores.length - m);
        total += 2 * Math.exp(-sum * sum / (2 * (smaller * variance + farthest * sum / 3)));
      }
      return total <= TINY ? total : 1;
    }
  }
}
