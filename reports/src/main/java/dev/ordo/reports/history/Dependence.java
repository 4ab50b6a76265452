package dev.ordo.reports.history;

/**
 * How much neighbouring runs have in common, and how much less their mean knows for it.
 *
 * <p>A host has good and bad hours: runs that follow each other are alike, and the mean of m of
 * them varies more than that of m independent ones, by the factor λ(m) = 1 + 2 Σ (1 − j/m) ρⱼ, j =
 * 1 … m − 1, with ρⱼ the correlation at lag j (Priestley, <i>Spectral Analysis and Time Series</i>,
 * 1981, section 5.3.2). Correlations are those of a slowly wandering level with white noise on it,
 * ρⱼ = c·φʲ.
 *
 * @param share c, how much of the variance wanders, in 0 … 1
 * @param persistence φ, what is left of a deviation one run later, at least 0 and below 1
 */
record Dependence(double share, double persistence) {

  /** Runs that have nothing in common. */
  static final Dependence NONE = new Dependence(0, 0);

  private static final double[] PERSISTENCES = {0.3, 0.5, 0.65, 0.8, 0.88, 0.94, 0.97};

  /** How much worse than the best, in standard errors squared, a more cautious fit may be. */
  private static final double CAUTION = 1;

  /** How many times the longest lag the time may be that a deviation lasts. */
  private static final double BEYOND = 1.5;

  /** Where fits are compared in their caution: the inflation of a mean of so many runs. */
  private static final int TYPICAL = 20;

  /**
   * Fits white + wandering·(1 − φʲ), neither negative, to a variogram by weighted least squares,
   * over φ of a grid. Of the fits that are nearly as good as the best the one that is most cautious
   * is taken; what is much slower than the longest lag cannot be seen, and is not supposed.
   */
  static Dependence of(Variogram variogram) {
    double[] errors = new double[PERSISTENCES.length];
    Dependence[] fits = new Dependence[PERSISTENCES.length];
    double least = Double.POSITIVE_INFINITY;
    double slowest = 1 - 1 / (BEYOND * Variogram.lag(variogram.count() - 1));
    for (int f = 0; f < fits.length; f++) {
      errors[f] = fit(variogram, PERSISTENCES[f], f, fits);
      least = f == 0 || PERSISTENCES[f] <= slowest ? Math.min(least, errors[f]) : least;
    }
    Dependence best = NONE;
    for (int f = 0; f < fits.length; f++) {
      boolean good = errors[f] <= least + CAUTION && (f == 0 || PERSISTENCES[f] <= slowest);
      if (good && fits[f].inflation(TYPICAL) >= best.inflation(TYPICAL)) {
        best = fits[f];
      }
    }
    return best;
  }

  /** Makes the fit of one persistence and returns its weighted squared error. */
  private static double fit(Variogram variogram, double phi, int index, Dependence[] fits) {
    double w = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < variogram.count(); i++) {
      double weight = variogram.weight(i);
      double rise = 1 - Math.pow(phi, Variogram.lag(i));
      w += weight;
      x += weight * rise;
      y += weight * variogram.half(i);
      xx += weight * rise * rise;
      xy += weight * rise * variogram.half(i);
    }
    double wandering = Math.max(0, (w * xy - x * y) / (w * xx - x * x));
    double white = (y - wandering * x) / w;
    if (white < 0) {
      white = 0;
      wandering = xy / xx;
    }
    double level = white + wandering;
    fits[index] = level > 0 ? new Dependence(wandering / level, phi) : NONE;
    double error = 0;
    for (int i = 0; i < variogram.count(); i++) {
      double off = variogram.half(i) - white - wandering * (1 - Math.pow(phi, Variogram.lag(i)));
      error += variogram.weight(i) * off * off / (level * level);
    }
    return error;
  }

  /** Returns λ(m): how many times the variance of a mean of m runs is that of independent ones. */
  double inflation(int m) {
    if (share == 0) {
      return 1;
    }
    // The sum of (1 − j/m) φ^j over j = 1 … m − 1, in closed form.
    double phi = persistence;
    double sum = phi / (1 - phi) - phi * (1 - Math.pow(phi, m)) / (m * (1 - phi) * (1 - phi));
    return 1 + 2 * share * sum;
  }

  /** Returns how many times the variance of a difference of two means is that of independents. */
  double inflation(int one, int other) {
    return (inflation(one) / one + inflation(other) / other) / (1.0 / one + 1.0 / other);
  }

  /** Returns the one of two that inflates more. */
  Dependence or(Dependence other) {
    return other.inflation(TYPICAL) > inflation(TYPICAL) ? other : this;
  }
}
