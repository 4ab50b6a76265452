package dev.ordo.reports.compare;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.LogMeans;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The differences of two series: dᵢ, the logarithm of candidate over base at each size that both
 * have.
 *
 * <p>A weighted mean of the dᵢ is the logarithm of the ratio of all sizes together. The slope of
 * the dᵢ over ln n is the difference of the two exponents, whatever the curve that both share: a
 * cache step, an overhead and the speed of the machine are in both and cancel, or shift all dᵢ
 * alike. The slope over the largest sizes alone tells of a term that has just begun.
 *
 * <p>With f forks of the base and g of the candidate at a size, the weight of a size is 1/(1/f +
 * 1/g), and var dᵢ = s²kᵢ²/f + u²lᵢ²/g + τ², s² and u² being the variances of {@link
 * SuiteNoise#of}, k and l the scales of {@link LogMeans.Level} and τ² the scatter. All sums of dᵢ
 * are {@linkplain TestedDifference contrasts}.
 */
public final class SeriesDifference {

  /** The least that counts of memory: the smallest object, below which allocation is background. */
  private static final double LEAST_BYTES = 16;

  private static final int FEWEST_FOR_SLOPE = 3;
  private static final double MOST_UNEVEN = 2;

  /** How far the largest sizes reach down, as a factor. */
  private static final double TOP_RANGE = 4 * (1 - 1e-9);

  private final LogMeans base;
  private final LogMeans candidate;
  private final double[] x;
  private final double[] d;
  private final double[] weights;
  private final boolean same;

  private SeriesDifference(LogMeans base, LogMeans candidate, boolean same) {
    this.base = base;
    this.candidate = candidate;
    this.same = same;
    int m = base.levels().size();
    x = new double[m];
    d = new double[m];
    weights = new double[m];
    for (int i = 0; i < m; i++) {
      LogMeans.Level ours = base.levels().get(i);
      LogMeans.Level theirs = candidate.levels().get(i);
      x[i] = Math.log(ours.size());
      d[i] = theirs.log() - ours.log();
      weights[i] = 1 / (1.0 / ours.forks() + 1.0 / theirs.forks());
    }
  }

  /**
   * Takes the differences of a pair. Bytes count from {@value #LEAST_BYTES} on: less is as good as
   * nothing, and nothing has no logarithm.
   *
   * @return nothing if no size is common, or the mean of a fork is not positive
   */
  public static Optional<SeriesDifference> of(SeriesMatch.Pair pair) {
    Series ours = counted(pair.commonBase());
    Series theirs = counted(pair.commonCandidate());
    Optional<LogMeans> base = LogMeans.of(ours);
    Optional<LogMeans> candidate = LogMeans.of(theirs);
    return base.isEmpty() || candidate.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SeriesDifference(base.get(), candidate.get(), same(pair.commonBase(), pair)));
  }

  /** Returns the number of sizes. */
  public int count() {
    return d.length;
  }

  /** Returns a copy of the sizes, ascending. */
  public double[] sizes() {
    return Arrays.stream(x).map(Math::exp).toArray();
  }

  /** Returns a copy of the ratios of candidate to base. */
  public double[] ratios() {
    return Arrays.stream(d).map(Math::exp).toArray();
  }

  /** Returns whether both sides hold the same values, iteration by iteration: one measurement. */
  public boolean sameValues() {
    return same;
  }

  /** Returns whether nothing varies between the forks of either side, two or more at each size. */
  public boolean counted() {
    return base.variance() == 0
        && candidate.variance() == 0
        && base.degrees() >= count()
        && candidate.degrees() >= count();
  }

  /**
   * Returns the mean difference of all sizes.
   *
   * @param noise of the suite
   * @return nothing if nothing is known of the noise
   */
  public Optional<TestedDifference> level(SuiteNoise noise) {
    return contrast(mean(i -> true), noise, true);
  }

  /** Returns the mean difference of the two largest sizes; nothing as {@link #level}. */
  public Optional<TestedDifference> topLevel(SuiteNoise noise) {
    int first = Math.max(0, count() - 2);
    return contrast(mean(i -> i >= first), noise, true);
  }

  /**
   * Returns the difference of the exponents over all sizes.
   *
   * @return nothing with fewer than 3 sizes, or if nothing is known of the noise
   */
  public Optional<TestedDifference> slope(SuiteNoise noise) {
    return count() < FEWEST_FOR_SLOPE ? Optional.empty() : contrast(slopeWeights(0), noise, false);
  }

  /**
   * Returns the difference of the exponents over the largest sizes: three of them, or as many as
   * span a factor of 4.
   *
   * @return nothing where that is all sizes, or if nothing is known of the noise
   */
  public Optional<TestedDifference> topSlope(SuiteNoise noise) {
    int first = top();
    return first <= 0 ? Optional.empty() : contrast(slopeWeights(first), noise, false);
  }

  /** Returns the index of the smallest of the largest sizes. */
  private int top() {
    int first = count() - FEWEST_FOR_SLOPE;
    while (first > 0 && Math.exp(x[count() - 1] - x[first]) < TOP_RANGE) {
      first--;
    }
    return first;
  }

  LogMeans base() {
    return base;
  }

  LogMeans candidate() {
    return candidate;
  }

  /** Returns the degrees of freedom about a smooth curve, a parabola over ln n; may be negative. */
  int scatterDegrees() {
    return count() - 3;
  }

  /**
   * Returns the weighted sum of squares about a parabola over ln n, the weights being those whose
   * mean is 1.
   */
  double scatterSquares() {
    double total = Arrays.stream(weights).sum();
    List<double[]> basis = new ArrayList<>();
    for (int power = 0; power <= 2; power++) {
      double[] column = new double[count()];
      for (int i = 0; i < count(); i++) {
        column[i] = Math.pow(x[i] - x[count() / 2], power);
      }
      // Gram and Schmidt, with the weights as the inner product.
      for (double[] other : basis) {
        double part = product(column, other);
        for (int i = 0; i < count(); i++) {
          column[i] -= part * other[i];
        }
      }
      double norm = Math.sqrt(product(column, column));
      for (int i = 0; i < count(); i++) {
        column[i] /= norm;
      }
      basis.add(column);
    }
    double[] rest = d.clone();
    for (double[] column : basis) {
      double part = product(rest, column);
      for (int i = 0; i < count(); i++) {
        rest[i] -= part * column[i];
      }
    }
    return product(rest, rest) * count() / total;
  }

  private double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += weights[i] * one[i] * other[i];
    }
    return sum;
  }

  private double[] mean(IntPredicate taken) {
    double[] a = new double[count()];
    double total = 0;
    for (int i = 0; i < a.length; i++) {
      a[i] = taken.test(i) ? weights[i] : 0;
      total += a[i];
    }
    for (int i = 0; i < a.length; i++) {
      a[i] /= total;
    }
    return a;
  }

  private double[] slopeWeights(int first) {
    double[] mean = mean(i -> i >= first);
    double centre = 0;
    for (int i = first; i < x.length; i++) {
      centre += mean[i] * x[i];
    }
    double[] a = new double[count()];
    double leverage = 0;
    for (int i = first; i < a.length; i++) {
      a[i] = weights[i] * (x[i] - centre);
      leverage += a[i] * (x[i] - centre);
    }
    for (int i = first; i < a.length; i++) {
      a[i] /= leverage;
    }
    return a;
  }

  private Optional<TestedDifference> contrast(double[] a, SuiteNoise noise, boolean ofLevel) {
    double estimate = 0;
    double ofBase = 0;
    double ofCandidate = 0;
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      LogMeans.Level ours = base.levels().get(i);
      LogMeans.Level theirs = candidate.levels().get(i);
      estimate += a[i] * d[i];
      squares += a[i] * a[i];
      ofBase += a[i] * a[i] * unevenness(ours) / ours.forks();
      ofCandidate += a[i] * a[i] * unevenness(theirs) / theirs.forks();
    }
    if (same) {
      estimate = 0;
    }
    if (counted()) {
      return Optional.of(new TestedDifference(estimate, 0, 1));
    }
    List<SuiteNoise.Part> parts = noise.parts(base, candidate, ofBase, ofCandidate);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<SuiteNoise.Part> all = new ArrayList<>(parts);
    all.add(noise.scatter().times(squares));
    if (ofLevel) {
      all.add(noise.drift());
    }
    return Optional.of(SuiteNoise.Part.contrast(estimate, all));
  }

  /** A trend of noise says little of sizes far from those that have two forks. */
  private static double unevenness(LogMeans.Level level) {
    double scale = Math.max(1 / MOST_UNEVEN, Math.min(MOST_UNEVEN, level.scale()));
    return scale * scale;
  }

  private static boolean same(Series ours, SeriesMatch.Pair pair) {
    Series theirs = pair.commonCandidate();
    for (int i = 0; i < ours.points().size(); i++) {
      if (!same(ours.points().get(i).sample(), theirs.points().get(i).sample())) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether two samples hold the same values in the same order. */
  public static boolean same(Sample one, Sample other) {
    if (one.forkCount() != other.forkCount()) {
      return false;
    }
    for (int i = 0; i < one.forkCount(); i++) {
      if (!Arrays.equals(one.fork(i), other.fork(i))) {
        return false;
      }
    }
    return true;
  }

  private static Series counted(Series series) {
    if (series.points().isEmpty()
        || series.points().get(0).sample().unit().dimension() != Unit.Dimension.MEMORY) {
      return series;
    }
    List<Series.Point> points = new ArrayList<>();
    for (Series.Point point : series.points()) {
      Sample sample = point.sample();
      List<double[]> forks = new ArrayList<>();
      for (int i = 0; i < sample.forkCount(); i++) {
        forks.add(Arrays.stream(sample.fork(i)).map(v -> Math.max(LEAST_BYTES, v)).toArray());
      }
      points.add(new Series.Point(point.size(), new Sample(forks, sample.unit())));
    }
    return series.withPoints(points);
  }
}
