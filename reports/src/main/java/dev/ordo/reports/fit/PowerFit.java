package dev.ordo.reports.fit;

/**
 * The power law a·n^k, fitted by a weighted line through logarithms.
 *
 * @param logFactor ln a
 * @param exponent k
 * @param residuals observed less fitted logarithm at each size; not modified
 * @param squares the weighted sum of squared residuals
 * @param leverage Σ wᵢ (ln nᵢ − mean)², so that the variance of k is that of a weight-1 size over
 *     it
 */
record PowerFit(
    double logFactor, double exponent, double[] residuals, double squares, double leverage) {

  /**
   * Fits.
   *
   * @param sizes shape (m); not modified
   * @param logs shape (m), logarithms of values; not modified
   * @param weights shape (m); not modified
   */
  static PowerFit of(double[] sizes, double[] logs, double[] weights) {
    int m = sizes.length;
    double total = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < m; i++) {
      total += weights[i];
      meanX += weights[i] * Math.log(sizes[i]);
      meanY += weights[i] * logs[i];
    }
    meanX /= total;
    meanY /= total;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < m; i++) {
      double x = Math.log(sizes[i]) - meanX;
      xx += weights[i] * x * x;
      xy += weights[i] * x * (logs[i] - meanY);
    }
    double exponent = xy / xx;
    double logFactor = meanY - exponent * meanX;
    double[] residuals = new double[m];
    double squares = 0;
    for (int i = 0; i < m; i++) {
      residuals[i] = logs[i] - logFactor - exponent * Math.log(sizes[i]);
      squares += weights[i] * residuals[i] * residuals[i];
    }
    return new PowerFit(logFactor, exponent, residuals, squares, xx);
  }

  /** Returns the fitted value at a size. */
  double at(double n) {
    return Math.exp(logFactor + exponent * Math.log(n));
  }
}
