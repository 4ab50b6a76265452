package dev.ordo.reports.fit;

/**
 * The mixed law a + b·n + c·n² refitted to resampled errors about its fitted curve.
 *
 * @param linear b of every resample, its tails in order
 * @param quadratic c of every resample, its tails in order
 * @param crossover b/c of every resample, its tails in order; 0 and +∞ where a term is zero
 * @param linearShare the linear part of the value at the smallest size, likewise
 * @param quadraticShare the quadratic part of the value at the largest size, likewise
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
    double small = data.sizes()[0];
    double large = data.largest();
    int first = fit.law().overhead() ? 1 : 0;
    for (int r = 0; r < RESAMPLES; r++) {
      if (drawn) {
        noise.draw(errors);
      } else {
        noise.drawNormal(errors, deviation, data.weights());
      }
      for (int i = 0; i < m; i++) {
        errors[i] = curve[i] + stretch * errors[i];
      }
      double[] again = columns.refit(fit, errors);
      double overhead = first == 0 ? 0 : again[0];
      linear[r] = again[first];
      quadratic[r] = again[first + 1];
      crossover[r] = quadratic[r] > 0 ? linear[r] / quadratic[r] : Double.POSITIVE_INFINITY;
      double line = linear[r] * small;
      linearShare[r] = line / (overhead + line + quadratic[r] * small * small);
      double square = quadratic[r] * large * large;
      quadraticShare[r] = square / (overhead + linear[r] * large + square);
    }
    Tails.order(linear);
    Tails.order(quadratic);
    Tails.order(crossover);
    Tails.order(linearShare);
    Tails.order(quadraticShare);
    return new MixedBootstrap(linear, quadratic, crossover, linearShare, quadraticShare);
  }

  /** Returns whether both terms' 95 % intervals lie above zero. */
  boolean bothTermsClearZero() {
    return Tails.quantile(linear, 0.025) > 0 && Tails.quantile(quadratic, 0.025) > 0;
  }

  /** Returns the largest part of the value at the largest size that may be quadratic, at 97.5 %. */
  double largestQuadraticShare() {
    return Tails.quantile(quadraticShare, 0.975);
  }

  /** Returns the smallest part of the value at the largest size that may be quadratic, at 2.5 %. */
  double smallestQuadraticShare() {
    return Tails.quantile(quadraticShare, 0.025);
  }

  /** Returns the smallest part of the value at the smallest size that may be linear, at 2.5 %. */
  double smallestLinearShare() {
    return Tails.quantile(linearShare, 0.025);
  }

  /** Returns the 95 % interval of the crossover about the fitted one. */
  Interval crossoverInterval(LawFit fit) {
    double c = fit.coefficient(Growth.QUADRATIC);
    double value = c > 0 ? fit.coefficient(Growth.LINEAR) / c : Double.POSITIVE_INFINITY;
    double low = Math.min(value, Tails.quantile(crossover, 0.025));
    double high = Math.max(value, Tails.quantile(crossover, 0.975));
    return new Interval(value, low, high, 0.95);
  }
}
