package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * The mixed law a + b·n + c·n² refitted to resampled errors about its fitted curve.
 *
 * @param linear b of every resample, ascending
 * @param quadratic c of every resample, ascending
 * @param crossover b/c of every resample, ascending; 0 and +∞ where a term is zero
 * @param linearShare the linear part of the value at the smallest size, ascending
 * @param quadraticShare the quadratic part of the value at the largest size, ascending
 */
record MixedBootstrap(
    double[] linear,
    double[] quadratic,
    double[] crossover,
    double[] linearShare,
    double[] quadraticShare) {

  static final int RESAMPLES = 999;

  /**
   * Resamples.
   *
   * @param fit the mixed law fitted to the data
   * @param deviation the standard deviation of a size of weight 1; the drawn errors are stretched
   *     to it
   */
  static MixedBootstrap of(Observations data, LawFit fit, double deviation, long seed) {
    CurveFitter fitter = new CurveFitter(data.sizes(), data.weights());
    CurveFitter.Columns columns = fitter.columns(fit.law(), fit.split());
    ForkNoise noise = new ForkNoise(data, seed);
    double forkDeviation = Math.sqrt(data.forkVariance() / data.meanForks());
    boolean drawn = noise.known() && forkDeviation > 0;
    double stretch = drawn ? deviation / forkDeviation : 1;
    int m = data.count();
    double[] curve = new double[m];
    for (int i = 0; i < m; i++) {
      curve[i] = data.logs()[i] - fit.residuals()[i];
    }
    double[] errors = new double[m];
    double[] linear = new double[RESAMPLES];
    double[] quadratic = new double[RESAMPLES];
    double[] crossover = new double[RESAMPLES];
    double[] linearShare = new double[RESAMPLES];
    double[] quadraticShare = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      if (drawn) {
        noise.draw(errors);
      } else {
        noise.drawNormal(errors, deviation, data.weights());
      }
      for (int i = 0; i < m; i++) {
        errors[i] = curve[i] + stretch * errors[i];
      }
      LawFit again = columns.fit(errors);
      linear[r] = again.coefficient(Growth.LINEAR);
      quadratic[r] = again.coefficient(Growth.QUADRATIC);
      crossover[r] = quadratic[r] > 0 ? linear[r] / quadratic[r] : Double.POSITIVE_INFINITY;
      linearShare[r] = again.share(Growth.LINEAR, data.sizes()[0]);
      quadraticShare[r] = again.share(Growth.QUADRATIC, data.largest());
    }
    Arrays.sort(linear);
    Arrays.sort(quadratic);
    Arrays.sort(crossover);
    Arrays.sort(linearShare);
    Arrays.sort(quadraticShare);
    return new MixedBootstrap(linear, quadratic, crossover, linearShare, quadraticShare);
  }

  /** Returns whether both terms' 95 % intervals lie above zero. */
  boolean bothTermsClearZero() {
    return quantile(linear, 0.025) > 0 && quantile(quadratic, 0.025) > 0;
  }

  /** Returns the largest part of the value at the largest size that may be quadratic, at 97.5 %. */
  double largestQuadraticShare() {
    return quantile(quadraticShare, 0.975);
  }

  /** Returns the smallest part of the value at the largest size that may be quadratic, at 2.5 %. */
  double smallestQuadraticShare() {
    return quantile(quadraticShare, 0.025);
  }

  /** Returns the smallest part of the value at the smallest size that may be linear, at 2.5 %. */
  double smallestLinearShare() {
    return quantile(linearShare, 0.025);
  }

  /** Returns the 95 % interval of the crossover about the fitted one. */
  Interval crossoverInterval(LawFit fit) {
    double c = fit.coefficient(Growth.QUADRATIC);
    double value = c > 0 ? fit.coefficient(Growth.LINEAR) / c : Double.POSITIVE_INFINITY;
    double low = Math.min(value, quantile(crossover, 0.025));
    double high = Math.max(value, quantile(crossover, 0.975));
    return new Interval(value, low, high, 0.95);
  }

  private static double quantile(double[] ascending, double level) {
    return ascending[(int) Math.round(level * (ascending.length + 1)) - 1];
  }
}
