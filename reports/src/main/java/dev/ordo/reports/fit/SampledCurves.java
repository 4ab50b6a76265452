package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The curve of a series, and the curves that it might have had with other forks: each fitted anew
 * to errors drawn from the pooled deviations of the forks, stretched by Student's t over 1.96.
 *
 * <p>Where a law is claimed and the noise explains its residuals at all sizes, a curve is a law;
 * which of those that the ranking gives a weight of 1 % or more, is drawn by these weights, so that
 * the curves know that the law is uncertain too. Otherwise a curve goes through the sizes; between
 * them the logarithm of its ratio to the best law is a line in ln n. Nobody has seen where between
 * two sizes a cache ends: in the sampled curves the line has a step at a place drawn anew, and a
 * slope of −½ to 1 times that of the line without a step. Beyond the largest size it then grows
 * from there as a law does that is fitted to the sizes up to the largest at which the claimed one
 * is off by at most {@value #NEAR}, with errors as large as its scatter; without a claimed law, or
 * with fewer than three such sizes, it ends there.
 */
public final class SampledCurves {

  private static final double LEAST_WEIGHT = 0.01;
  private static final double NEAR = 0.15;
  private static final double LEVEL = 0.99;
  private static final int FEWEST_SIZES_OF_A_TAIL = 3;

  private final double[] logSizes;
  private final int resamples;
  private final Optional<Curve> shape;

  /** Shape (1 + resamples): the law of each curve; empty where no law is used. */
  private final List<Curve> laws;

  /** Shape (1 + resamples, sizes): the logarithms a curve goes through; null where it is a law. */
  private final double[][] through;

  private final long seed;

  private SampledCurves(
      double[] sizes,
      int resamples,
      Optional<Curve> shape,
      List<Curve> laws,
      double[][] through,
      long seed) {
    this.seed = seed;
    this.logSizes = Arrays.stream(sizes).map(Math::log).toArray();
    this.resamples = resamples;
    this.shape = shape;
    this.laws = List.copyOf(laws);
    this.through = through;
  }

  /** The logarithm of a fitted law. */
  interface Curve {
    /** Returns ln f(n). */
    double logAt(double n);
  }

  /**
   * Samples curves.
   *
   * @param analysis what was said of the series
   * @param resamples how many besides the series' own
   * @param seed fixes the draws
   * @return the curves; empty where a value is not positive, there are fewer than two sizes, or
   *     nothing tells the noise: one fork a size and no law
   */
  public static Optional<SampledCurves> of(
      Series series, Analysis analysis, int resamples, long seed) {
    if (Analyst.notPositive(series).isPresent() || series.points().size() < 2) {
      return Optional.empty();
    }
    Observations data = Observations.of(series);
    ForkNoise noise = new ForkNoise(data, seed);
    List<CandidateLaw> candidates = CandidateLaw.of(analysis, data, LEAST_WEIGHT);
    boolean told = analysis.conclusion().told() && !candidates.isEmpty();
    if (told && explained(data, candidates.get(0))) {
      return Optional.of(ofLaws(data, candidates, noise, resamples));
    }
    if (data.forkDegrees() == 0 && candidates.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ofSizes(data, told, analysis.best(), candidates, noise, resamples, seed));
  }

  /**
   * Samples the law that is drawn as best and the others that are likely, whether or not the noise
   * of forks explains what they leave: errors are as large as the scatter of the sizes about the
   * best law where that is larger. Only sizes that the analysis judged the law by take part: those
   * beyond a place of change, and not one that is set aside.
   *
   * @param analysis what was said of the series
   * @param resamples how many besides the best law
   * @param seed fixes the draws
   * @return the curves; empty where values are counted or not positive, or nothing tells the noise
   */
  public static Optional<SampledCurves> ofLaws(
      Series series, Analysis analysis, int resamples, long seed) {
    if (analysis.best().isEmpty()
        || Analyst.notPositive(series).isPresent()
        || Exact.of(series).isPresent()) {
      return Optional.empty();
    }
    Observations data = judged(Observations.of(series), analysis);
    List<CandidateLaw> candidates = CandidateLaw.of(analysis, data, LEAST_WEIGHT);
    boolean told =
        !candidates.isEmpty() && (candidates.get(0).degrees() > 0 || data.forkDegrees() > 0);
    return told
        ? Optional.of(ofLaws(data, candidates, new ForkNoise(data, seed), resamples))
        : Optional.empty();
  }

  private static Observations judged(Observations all, Analysis analysis) {
    if (analysis.regime().isEmpty()) {
      Fit best = analysis.best().orElseThrow();
      boolean near = true;
      for (int i = 0; i < all.count(); i++) {
        near &= Math.abs(all.logs()[i] - Math.log(best.at(all.sizes()[i]))) < OutlyingSize.NEAR;
      }
      // To look for a size that stands off takes as long as an analysis.
      return near
          ? all
          : OutlyingSize.find(all, Candidates.of(all))
              .map(size -> all.without(size.index()))
              .orElse(all);
    }
    int first = 0;
    while (first < all.count() - 1 && all.sizes()[first] < analysis.regime().get().from()) {
      first++;
    }
    return all.from(first);
  }

  /** Returns the number of curves besides the series' own. */
  public int resamples() {
    return resamples;
  }

  /**
   * Returns logarithms of the curves.
   *
   * @param sizes shape (k), ascending, the first not below the smallest size of the series
   * @return shape (1 + resamples, k); row 0 is the series' own curve; NaN beyond the largest size
   *     where curves do not go on
   */
  public double[][] logsAt(double[] sizes) {
    double[][] logs = new double[1 + resamples][sizes.length];
    double[] shapes = new double[logSizes.length];
    double[] shapesAt = new double[sizes.length];
    if (through != null && shape.isPresent()) {
      for (int i = 0; i < shapes.length; i++) {
        shapes[i] = shape.get().logAt(Math.exp(logSizes[i]));
      }
      for (int k = 0; k < sizes.length; k++) {
        shapesAt[k] = shape.get().logAt(sizes[k]);
      }
    }
    for (int r = 0; r <= resamples; r++) {
      for (int k = 0; k < sizes.length; k++) {
        logs[r][k] = through == null ? laws.get(r).logAt(sizes[k]) : Double.NaN;
      }
      if (through != null) {
        passThrough(r, sizes, shapes, shapesAt, logs[r]);
      }
    }
    return logs;
  }

  private void passThrough(
      int r, double[] sizes, double[] shapes, double[] shapesAt, double[] logs) {
    int last = logSizes.length - 1;
    int left = 0;
    double[] steps = new SplittableRandom(seed + r).doubles(2L * last).toArray();
    for (int k = 0; k < sizes.length; k++) {
      double x = Math.log(sizes[k]);
      if (x > logSizes[last]) {
        logs[k] =
            laws.isEmpty()
                ? Double.NaN
                : through[r][last]
                    + laws.get(r).logAt(sizes[k])
                    - laws.get(r).logAt(Math.exp(logSizes[last]));
        continue;
      }
      while (left < last - 1 && x > logSizes[left + 1]) {
        left++;
      }
      double part = (x - logSizes[left]) / (logSizes[left + 1] - logSizes[left]);
      double from = through[r][left] - shapes[left];
      double to = through[r][left + 1] - shapes[left + 1];
      double slope = r == 0 ? 1 : 1.5 * steps[last + left] - 0.5;
      boolean before = r == 0 || part < steps[left];
      logs[k] =
          shapesAt[k]
              + (before
                  ? from + slope * part * (to - from)
                  : to - slope * (1 - part) * (to - from));
    }
  }

  private static boolean explained(Observations data, CandidateLaw law) {
    if (law.degrees() <= 0) {
      return false;
    }
    if (data.forkDegrees() == 0) {
      return true;
    }
    return law.squares() / law.degrees() / data.noise()
        <= Observations.quantileOfF(LEVEL, law.degrees(), data.forkDegrees());
  }

  private static SampledCurves ofLaws(
      Observations data, List<CandidateLaw> candidates, ForkNoise noise, int resamples) {
    CandidateLaw best = candidates.get(0);
    double deviation = deviation(data, best);
    double[] errors = new double[data.count()];
    List<Curve> laws = new ArrayList<>();
    laws.add(best.curve());
    for (int r = 0; r < resamples; r++) {
      CandidateLaw law = CandidateLaw.at(candidates, (r + 0.5) / resamples);
      noise.draw(errors, deviation);
      laws.add(law.again(errors));
    }
    return new SampledCurves(data.sizes(), resamples, Optional.empty(), laws, null, 0);
  }

  private static double deviation(Observations data, CandidateLaw law) {
    if (law.degrees() <= 0) {
      return ForkNoise.widened(data.forkVariance() / data.meanForks(), data.forkDegrees());
    }
    Observations.Variance variance =
        data.variance(law.squares(), law.degrees(), data.poolingLimit(law.degrees()));
    return ForkNoise.widened(variance.value(), variance.degrees());
  }

  private static SampledCurves ofSizes(
      Observations data,
      boolean told,
      Optional<Fit> best,
      List<CandidateLaw> candidates,
      ForkNoise noise,
      int resamples,
      long seed) {
    int m = data.count();
    double scatter = candidates.isEmpty() ? 0 : candidates.get(0).meanSquare();
    double deviation =
        data.forkDegrees() > 0
            ? ForkNoise.widened(data.forkVariance() / data.meanForks(), data.forkDegrees())
            : ForkNoise.widened(scatter, Math.max(1, candidates.get(0).degrees()));
    List<CandidateLaw> tail = told ? tail(data, candidates) : List.of();
    double tailDeviation =
        tail.isEmpty()
            ? 0
            : ForkNoise.widened(tail.get(0).meanSquare(), Math.max(1, tail.get(0).degrees()));
    double[][] through = new double[1 + resamples][m];
    through[0] = data.logs().clone();
    List<Curve> laws = new ArrayList<>();
    if (!tail.isEmpty()) {
      laws.add(tail.get(0).curve());
    }
    double[] errors = new double[m];
    for (int r = 1; r <= resamples; r++) {
      noise.draw(errors, deviation);
      for (int i = 0; i < m; i++) {
        through[r][i] = data.logs()[i] + errors[i];
      }
      if (!tail.isEmpty()) {
        CandidateLaw law = CandidateLaw.at(tail, (r - 0.5) / resamples);
        double[] tailErrors = new double[law.count()];
        noise.draw(errors, Math.max(deviation, tailDeviation));
        System.arraycopy(errors, m - tailErrors.length, tailErrors, 0, tailErrors.length);
        laws.add(law.again(tailErrors));
      }
    }
    Optional<Curve> shape = best.map(fit -> n -> Math.log(fit.at(n)));
    boolean usable =
        best.isPresent() && Arrays.stream(data.sizes()).allMatch(n -> best.get().at(n) > 0);
    return new SampledCurves(
        data.sizes(), resamples, usable ? shape : Optional.empty(), laws, through, seed);
  }

  /** Returns the laws fitted to the largest sizes, as far down as the best one is near them. */
  private static List<CandidateLaw> tail(Observations data, List<CandidateLaw> candidates) {
    int first = data.count();
    while (first > 0
        && Math.abs(
                data.logs()[first - 1] - candidates.get(0).curve().logAt(data.sizes()[first - 1]))
            <= Math.log1p(NEAR)) {
      first--;
    }
    return data.count() - first < FEWEST_SIZES_OF_A_TAIL
        ? List.of()
        : CandidateLaw.from(candidates, data, first);
  }
}
