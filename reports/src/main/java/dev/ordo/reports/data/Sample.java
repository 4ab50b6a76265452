package dev.ordo.reports.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The measured values of one cell: one array a fork, one value an iteration, all in the base of one
 * unit.
 *
 * <p>A fork is the unit of independent repetition: its iterations share a heap layout, a compiled
 * code and a moment in time, and say little about the next fork. Means and intervals are therefore
 * taken over fork means.
 */
public final class Sample {

  private final List<double[]> forks;
  private final Unit unit;
  private final double[] means;

  /**
   * Makes a sample.
   *
   * @param forks the iterations of each fork; at least one fork, each with at least one value;
   *     copied
   * @param unit the unit of all values
   * @throws IllegalArgumentException if a fork is empty or a value is not finite
   */
  public Sample(List<double[]> forks, Unit unit) {
    this(unit, forks.stream().map(double[]::clone).toList());
  }

  private Sample(Unit unit, List<double[]> forks) {
    this.unit = Objects.requireNonNull(unit, "unit");
    if (forks.isEmpty()) {
      throw new IllegalArgumentException("a sample needs at least one fork");
    }
    int number = 0;
    for (double[] fork : forks) {
      if (fork.length == 0) {
        throw new IllegalArgumentException("fork " + number + " has no iterations");
      }
      for (double value : fork) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "value (" + value + ") of fork " + number + " must be finite");
        }
      }
      number++;
    }
    this.forks = List.copyOf(forks);
    this.means =
        forks.stream().mapToDouble(fork -> Arrays.stream(fork).average().orElseThrow()).toArray();
  }

  /** Makes a sample of arrays that nobody modifies, without copies of them. */
  static Sample owning(List<double[]> forks, Unit unit) {
    return new Sample(unit, forks);
  }

  /** Returns the number of forks. */
  public int forkCount() {
    return forks.size();
  }

  /** Returns a copy of the iterations of one fork, counted from 0. */
  public double[] fork(int index) {
    return forks.get(index).clone();
  }

  /** Returns the number of iterations of one fork, counted from 0. */
  public int iterations(int index) {
    return forks.get(index).length;
  }

  /** Returns the unit of all values. */
  public Unit unit() {
    return unit;
  }

  /** Returns a copy of the means of the forks, in order. */
  public double[] forkMeans() {
    return means.clone();
  }

  /** Returns whether the means of all forks are positive, so that they have logarithms. */
  public boolean isPositive() {
    for (double mean : means) {
      if (!(mean > 0)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the mean of the fork means: every fork counts the same. */
  public double mean() {
    return Arrays.stream(means).average().orElseThrow();
  }

  /** Returns the median of the fork means. */
  public double median() {
    double[] sorted = means.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
