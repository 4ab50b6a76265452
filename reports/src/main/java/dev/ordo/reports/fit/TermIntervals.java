package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The intervals of a law's coefficients, from the curvature of the sum of squares at its minimum:
 * the covariance is σ² (JᵀWJ)⁻¹, with J the derivatives of ln f at every size, and the quantile is
 * Student's (Seber and Wild, <i>Nonlinear Regression</i>, 1989, section 5.1).
 *
 * <p>σ² is that of forks and scatter together, or of the scatter alone where it is larger than the
 * forks explain ({@link Observations#variance}), but not below {@value #LEAST}². Coefficients are
 * not negative, so that no interval reaches below 0; one that begins there belongs to a term that
 * may as well be absent.
 */
final class TermIntervals {

  static final double CONFIDENCE = 0.95;

  /** The relative error of one size below which nothing is measured. */
  private static final double LEAST = 0.001;

  private final Observations data;

  TermIntervals(Observations data) {
    this.data = data;
  }

  /**
   * Returns an interval for each coefficient of a law; empty where no degree of freedom is left.
   */
  List<Interval> of(LawFit fit) {
    List<Growth> columns = fit.law().columns();
    double[] scales = new double[columns.size()];
    double[][] derivatives = new double[data.count()][columns.size()];
    for (int i = 0; i < derivatives.length; i++) {
      double n = data.sizes()[i];
      for (int k = 0; k < scales.length; k++) {
        derivatives[i][k] = columns.get(k).at(n) / fit.at(n);
        scales[k] = Math.max(scales[k], derivatives[i][k]);
      }
    }
    for (double[] row : derivatives) {
      for (int k = 0; k < scales.length; k++) {
        row[k] /= scales[k];
      }
    }
    double[] reaches = reaches(withStep(derivatives, fit.split()), fit.squares());
    List<Interval> intervals = new ArrayList<>();
    for (int k = 0; k < Math.min(scales.length, reaches.length); k++) {
      intervals.add(about(fit.coefficients()[k], reaches[k] / scales[k]));
    }
    return intervals;
  }

  /** Returns the interval of a power law's coefficient; the exponent has its own. */
  List<Interval> of(PowerFit fit) {
    double[][] derivatives = new double[data.count()][];
    for (int i = 0; i < derivatives.length; i++) {
      derivatives[i] = new double[] {1, Math.log(data.sizes()[i])};
    }
    double[] reaches = reaches(withStep(derivatives, fit.split()), fit.squares());
    return reaches.length == 0 ? List.of() : List.of(times(Math.exp(fit.logFactor()), reaches[0]));
  }

  /** Returns the intervals of the overhead and the coefficient of a power law above it. */
  List<Interval> of(OverheadPower fit) {
    double[][] derivatives = new double[data.count()][];
    for (int i = 0; i < derivatives.length; i++) {
      double share = fit.overhead() / fit.at(data.sizes()[i]);
      derivatives[i] = new double[] {share, 1 - share, Math.log(data.sizes()[i]) * (1 - share)};
    }
    double[] reaches = reaches(derivatives, fit.squares());
    return reaches.length == 0
        ? List.of()
        : List.of(
            about(fit.overhead(), fit.overhead() * reaches[0]), times(fit.factor(), reaches[1]));
  }

  /** Adds the height of a step: coefficients are those above it, so the sizes below have it. */
  private static double[][] withStep(double[][] derivatives, int split) {
    if (split == 0) {
      return derivatives;
    }
    double[][] more = new double[derivatives.length][];
    for (int i = 0; i < more.length; i++) {
      more[i] = Arrays.copyOf(derivatives[i], derivatives[i].length + 1);
      more[i][derivatives[i].length] = i < split ? 1 : 0;
    }
    return more;
  }

  private static Interval about(double value, double reach) {
    return new Interval(value, Math.max(0, value - reach), value + reach, CONFIDENCE);
  }

  private static Interval times(double value, double reach) {
    return new Interval(value, value * Math.exp(-reach), value * Math.exp(reach), CONFIDENCE);
  }

  /** Returns Student's quantile times the standard error of each parameter; empty if unknown. */
  private double[] reaches(double[][] derivatives, double squares) {
    int p = derivatives[0].length;
    int degrees = derivatives.length - p;
    if (degrees <= 0) {
      return new double[0];
    }
    double[] inverse = new NonNegative().inverse(derivatives, data.weights());
    if (inverse.length == 0) {
      // Two columns that no size tells apart have no errors of their own.
      return inverse;
    }
    Observations.Variance variance = data.variance(squares, degrees, data.poolingLimit(degrees));
    double deviation = Math.sqrt(Math.max(LEAST * LEAST, variance.value()));
    // The square of Student's t is F with one degree of freedom above.
    double quantile = Math.sqrt(Observations.quantileOfF(CONFIDENCE, 1, variance.degrees()));
    double[] reaches = new double[p];
    for (int k = 0; k < p; k++) {
      reaches[k] = quantile * deviation * Math.sqrt(inverse[k]);
    }
    return reaches;
  }
}
