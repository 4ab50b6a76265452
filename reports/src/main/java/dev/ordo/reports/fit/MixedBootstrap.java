package dev.ordo.reports.fit;

/**
 * The mixed law a + b·n + c·n² refitted to resampled errors about its fitted curve.
 *
 * @param crossover b/c of every resample, its tails in order; 0 and +∞ where a term is zero
 * @param linearShare the linear part of the value at the size where it is largest, likewise
 * @param quadraticShare the quadratic part of the value at the largest size, likewise
 */
record MixedBootstrap(double[] crossover, double[] linearShare, double[] quadraticShare) {

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
    int m = data.count();
    double[] curve = new double[m];
    for (int i = 0; i < m; i++) {
      curve[i] = data.logs()[i] - fit.residuals()[i];
    }
    // A step moves the curve too far for a refit from where it was.
    CurveFitter.Columns.Refits refits = fit.split() == 0 ? columns.refits(fit) : null;
    double[] again = new double[fit.coefficients().length];
    double[] errors = new double[m];
    double[] crossover = new double[RESAMPLES];
    double[] linearShare = new double[RESAMPLES];
    double[] quadraticShare = new double[RESAMPLES];
    double large = data.largest();
    int first = fit.law().overhead() ? 1 : 0;
    for (int r = 0; r < RESAMPLES; r++) {
      noise.draw(errors, deviation);
      if (refits != null) {
        refits.fit(errors, again);
      } else {
        for (int i = 0; i < m; i++) {
          errors[i] += curve[i];
        }
        again = columns.fit(errors).coefficients();
      }
      double overhead = first == 0 ? 0 : again[0];
      double linear = again[first];
      double quadratic = again[first + 1];
      crossover[r] = quadratic > 0 ? linear / quadratic : Double.POSITIVE_INFINITY;
      for (double n : data.sizes()) {
        double line = linear * n;
        linearShare[r] = Math.max(linearShare[r], line / (overhead + line + quadratic * n * n));
      }
      double square = quadratic * large * large;
      quadraticShare[r] = square / (overhead + linear * large + square);
    }
    Tails.order(crossover);
    Tails.order(linearShare);
    Tails.order(quadraticShare);
    return new MixedBootstrap(crossover, linearShare, quadraticShare);
  }

  /** Returns the smallest part of the value at the largest size that may be quadratic, at 2.5 %. */
  double smallestQuadraticShare() {
    return Tails.quantile(quadraticShare, 0.025);
  }

  /** Returns the smallest part that may be linear of the value where it is largest, at 2.5 %. */
  double smallestLinearShare() {
    return Tails.quantile(linearShare, 0.025);
  }

  /**
   * Returns the 95 % interval of the crossover about the fitted one. Its quantiles are those of 97
   * %: where a sum is claimed both terms came out clear of zero, which is a selection.
   */
  Interval crossoverInterval(LawFit fit) {
    double c = fit.coefficient(Growth.QUADRATIC);
    double value = c > 0 ? fit.coefficient(Growth.LINEAR) / c : Double.POSITIVE_INFINITY;
    double low = Math.min(value, Tails.quantile(crossover, 0.015));
    double high = Math.max(value, Tails.quantile(crossover, 0.985));
    return new Interval(value, low, high, 0.95);
  }
}
