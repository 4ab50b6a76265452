package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * What further forks at the sizes of a series are expected to do to its intervals.
 *
 * <p>On logarithms a power law is a line, and any smooth law is to second order a parabola, whose
 * second coefficient tells by how much the exponent changes along the range: that of n + n² does,
 * that of n log n hardly. With fᵢ forks at xᵢ = ln nᵢ, weights fᵢ as in a fit, and σᵢ² the variance
 * of a fork there, a coefficient whose column, made orthogonal to the lower ones, is qᵢ has
 *
 * <pre>
 *   variance = Σ fᵢ qᵢ² σᵢ² / (Σ fᵢ qᵢ²)²,    half width = t₀.₉₇₅(ν) √variance,
 * </pre>
 *
 * ν being the degrees of freedom behind σ (Seber and Lee, <i>Linear Regression Analysis</i>, 2003,
 * sections 3.1 and 3.5). A further fork adds to Σ by its leverage and to ν by one: from two forks a
 * size to three the second matters as much as the first.
 */
public final class ForkDesign {

  private static final double ABOVE = 0.975;

  private final double[] x;
  private final int[] forks;
  private final double[] variances;
  private final int degrees;

  /**
   * Makes a design.
   *
   * @param sizes ascending; copied
   * @param forks the forks at each size, positive; copied
   * @param variances the relative variance of a fork at each size, not negative; copied
   * @param degrees the degrees of freedom behind the variances, positive
   * @throws IllegalArgumentException if the arrays differ in length or a value is not as it must be
   */
  public ForkDesign(double[] sizes, int[] forks, double[] variances, int degrees) {
    if (sizes.length != forks.length || sizes.length != variances.length) {
      throw new IllegalArgumentException(
          "sizes, forks and variances ("
              + sizes.length
              + ", "
              + forks.length
              + ", "
              + variances.length
              + ") must be as many");
    }
    for (int i = 0; i < sizes.length; i++) {
      if (!(sizes[i] > 0) || forks[i] < 1 || !(variances[i] >= 0)) {
        throw new IllegalArgumentException(
            "size "
                + sizes[i]
                + " with "
                + forks[i]
                + " forks of variance "
                + variances[i]
                + " must be positive");
      }
    }
    if (degrees < 1) {
      throw new IllegalArgumentException("degrees (" + degrees + ") must be positive");
    }
    this.x = Arrays.stream(sizes).map(Math::log).toArray();
    this.forks = forks.clone();
    this.variances = variances.clone();
    this.degrees = degrees;
  }

  /**
   * Returns the design with further forks, whose variances are believed to be the same.
   *
   * @param more how many at each size, none negative
   */
  public ForkDesign with(int[] more) {
    int[] all = new int[forks.length];
    int added = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = forks[i] + more[i];
      added += more[i];
    }
    double[] sizes = Arrays.stream(x).map(Math::exp).toArray();
    return new ForkDesign(sizes, all, variances, degrees + added);
  }

  /**
   * Returns half the width of the exponent's 95 % interval if a line explains the sizes; with one
   * size half the width of the interval of its logarithm.
   */
  public double halfWidth() {
    return halfWidth(Math.min(1, x.length - 1));
  }

  /**
   * Returns the part by which intervals are narrower with further forks, the exponent's and that of
   * its change along the range counting half each, in 0 … 1.
   *
   * @param more how many forks at each size, none negative
   */
  public double narrowing(int[] more) {
    ForkDesign after = with(more);
    int bend = 2;
    double slope = narrowing(halfWidth(), after.halfWidth());
    return x.length > bend
        ? (slope + narrowing(halfWidth(bend), after.halfWidth(bend))) / 2
        : slope;
  }

  private static double narrowing(double before, double after) {
    return before > 0 ? Math.max(0, 1 - after / before) : 0;
  }

  private double halfWidth(int power) {
    double[] column = column(power);
    double information = 0;
    double noise = 0;
    for (int i = 0; i < x.length; i++) {
      double share = forks[i] * column[i] * column[i];
      information += share;
      noise += share * variances[i];
    }
    return Observations.quantileOfT(ABOVE, degrees) * Math.sqrt(noise) / information;
  }

  /** Returns the powers of x, made orthogonal to all lower ones (Gram and Schmidt). */
  private double[] column(int power) {
    double[][] columns = new double[power + 1][x.length];
    for (int k = 0; k <= power; k++) {
      for (int i = 0; i < x.length; i++) {
        columns[k][i] = Math.pow(x[i] - x[0], k);
      }
      for (int lower = 0; lower < k; lower++) {
        double product = 0;
        double norm = 0;
        for (int i = 0; i < x.length; i++) {
          product += forks[i] * columns[k][i] * columns[lower][i];
          norm += forks[i] * columns[lower][i] * columns[lower][i];
        }
        for (int i = 0; i < x.length; i++) {
          columns[k][i] -= product / norm * columns[lower][i];
        }
      }
    }
    return columns[power];
  }
}
