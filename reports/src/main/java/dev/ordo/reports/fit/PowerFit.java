package dev.ordo.reports.fit;

/**
 * The power law a·n^k, fitted by a weighted line through logarithms.
 *
 * @param logFactor ln a, above the step if there is one
 * @param exponent k
 * @param residuals observed less fitted logarithm at each size, a step taken out; not modified
 * @param squares the weighted sum of squared residuals
 * @param leverage Σ wᵢ (ln nᵢ − mean)², the mean being that of the sizes on the same side of the
 *     step; the variance of k is that of a weight-1 size over it
 * @param split the first size above a step, whose height is one more parameter; 0 without a step
 * @param step the logarithm of the step's factor; 0 without a step
 */
record PowerFit(
    double logFactor,
    double exponent,
    double[] residuals,
    double squares,
    double leverage,
    int split,
    double step) {

  /**
   * Fits.
   *
   * @param sizes shape (m); not modified
   * @param logs shape (m), logarithms of values; not modified
   * @param weights shape (m); not modified
   */
  static PowerFit of(double[] sizes, double[] logs, double[] weights) {
    return of(sizes, logs, weights, 0);
  }

  /**
   * Fits with a step: from a size on all values may be a common factor higher or lower.
   *
   * @param split the first size above the step; 0 without one
   */
  static PowerFit of(double[] sizes, double[] logs, double[] weights, int split) {
    int m = sizes.length;
    double[] x = new double[m];
    for (int i = 0; i < m; i++) {
      x[i] = Math.log(sizes[i]);
    }
    double[] y = logs.clone();
    double lowerX = centre(x, weights, 0, split);
    double lowerY = centre(y, weights, 0, split);
    double upperX = centre(x, weights, split, m);
    double upperY = centre(y, weights, split, m);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < m; i++) {
      xx += weights[i] * x[i] * x[i];
      xy += weights[i] * x[i] * y[i];
    }
    double exponent = xy / xx;
    double squares = 0;
    for (int i = 0; i < m; i++) {
      y[i] -= exponent * x[i];
      squares += weights[i] * y[i] * y[i];
    }
    double logFactor = upperY - exponent * upperX;
    double step = split == 0 ? 0 : logFactor - (lowerY - exponent * lowerX);
    return new PowerFit(logFactor, exponent, y, squares, xx, split, step);
  }

  /** Returns the number of parameters: a, k, and a step's height. */
  int parameters() {
    return split > 0 ? 3 : 2;
  }

  /** Returns the degrees of freedom that the residuals have left. */
  int degrees() {
    return residuals.length - parameters();
  }

  /** Takes the weighted mean of some values from them; returns the mean, 0 of no values. */
  private static double centre(double[] values, double[] weights, int from, int to) {
    if (from == to) {
      return 0;
    }
    double total = 0;
    double mean = 0;
    for (int i = from; i < to; i++) {
      total += weights[i];
      mean += weights[i] * values[i];
    }
    mean /= total;
    for (int i = from; i < to; i++) {
      values[i] -= mean;
    }
    return mean;
  }

  /** Returns the fitted value at a size. */
  double at(double n) {
    return Math.exp(logFactor + exponent * Math.log(n));
  }
}
