package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits laws to the sizes of one series with relative errors: it minimises Σ wᵢ (ln yᵢ − ln f(nᵢ))²
 * over coefficients that are not negative.
 *
 * <p>The method is Gauss–Newton on the logarithm. At the current curve f the residual is linear in
 * the coefficients to first order, so that each step is a non-negative least-squares problem with
 * rows x/f and targets 1 + ln(y/f) — that is, weights 1/f² renewed at every step. It begins with
 * weights 1/y² and halves a step that does not lower the sum. Values and columns are scaled to
 * about 1 beforehand, so that a change of the time unit changes the coefficients and nothing else.
 *
 * <p>One object holds its scratch space and serves one thread.
 */
final class CurveFitter {

  private static final int MAX_STEPS = 60;
  private static final int MAX_HALVINGS = 30;
  private static final double TOLERANCE = 1e-12;

  private static final double NEAR = 0.02;

  private final double[] sizes;
  private final double[] weights;
  private final NonNegative solver = new NonNegative();

  /**
   * Makes a fitter.
   *
   * @param sizes shape (m), ascending; not modified
   * @param weights shape (m), positive; not modified
   */
  CurveFitter(double[] sizes, double[] weights) {
    this.sizes = sizes;
    this.weights = weights;
  }

  /**
   * Fits a law.
   *
   * @param logs shape (m), the logarithms of the values; not modified
   * @return the fit; empty where the law is not positive at every size (log n at n ≤ 1) or has more
   *     coefficients than there are sizes
   */
  Optional<LawFit> fit(Law law, double[] logs) {
    Columns columns = columns(law);
    return columns == null ? Optional.empty() : Optional.of(columns.fit(logs));
  }

  /** Fits every family, with and without overhead. */
  List<LawFit> fitAll(double[] logs) {
    return fitAll(logs, 0);
  }

  /**
   * Fits every family, with and without overhead, with a step: from one size on all values may be a
   * common factor higher or lower.
   *
   * @param split the first size above the step; 0 for laws without one
   */
  List<LawFit> fitAll(double[] logs, int split) {
    List<LawFit> fits = new ArrayList<>();
    for (Law family : Law.FAMILIES) {
      Columns plain = columns(family, split);
      if (plain != null) {
        fits.add(plain.fit(logs));
      }
      Columns overhead = family.equals(Law.CONSTANT) ? null : columns(family.withOverhead(), split);
      if (overhead != null) {
        fits.add(overhead.fit(logs));
      }
    }
    return fits;
  }

  /** Returns a law prepared for repeated fits at these sizes, or null where it cannot be fitted. */
  Columns columns(Law law) {
    return columns(law, 0);
  }

  /**
   * Returns a law with a step prepared for repeated fits, or null where it cannot be fitted.
   *
   * @param split the first size above the step; 0 for a law without one
   */
  Columns columns(Law law, int split) {
    List<Growth> growths = law.columns();
    int k = growths.size();
    if (k + (split > 0 ? 1 : 0) > sizes.length) {
      return null;
    }
    double[][] x = new double[sizes.length][k];
    double[] scales = new double[k];
    for (int column = 0; column < k; column++) {
      scales[column] = growths.get(column).at(sizes[sizes.length - 1]);
      for (int i = 0; i < sizes.length; i++) {
        x[i][column] = growths.get(column).at(sizes[i]) / scales[column];
        if (!(x[i][column] >= 0) || (x[i][column] == 0 && k == 1)) {
          return null;
        }
      }
    }
    return new Columns(law, x, scales, split);
  }

  /** A law's columns at the sizes. */
  final class Columns {

    private final Law law;
    private final double[][] x;
    private final double[] scales;
    private final int split;
    private final double[][] rows;
    private final double[] targets;
    private final double[] fitted;
    private final double[] left;

    private Columns(Law law, double[][] x, double[] scales, int split) {
      this.law = law;
      this.x = x;
      this.scales = scales;
      this.split = split;
      rows = new double[x.length][scales.length];
      targets = new double[x.length];
      fitted = new double[x.length];
      left = new double[x.length];
    }

    /** Fits the law; {@code logs} has shape (m) and is not modified. */
    LawFit fit(double[] logs) {
      double shift = 0;
      for (double log : logs) {
        shift += log / logs.length;
      }
      double[] y = new double[logs.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = logs[i] - shift;
      }
      double[] solution = new double[scales.length];
      double squares = minimise(y, solution);
      double[] residuals = new double[y.length];
      evaluate(solution);
      for (int i = 0; i < y.length; i++) {
        residuals[i] = y[i] - Math.log(fitted[i]);
      }
      double step = centre(residuals);
      double[] coefficients = new double[scales.length];
      double factor = Math.exp(shift + step);
      for (int k = 0; k < coefficients.length; k++) {
        coefficients[k] = solution[k] * factor / scales[k];
      }
      return new LawFit(law, coefficients, residuals, squares, split, step);
    }

    /**
     * Prepares fits of the law to logarithms close to a curve of its own, as resampling does.
     *
     * @param from a fit of this law without a step; every value of its curve is positive
     */
    Refits refits(LawFit from) {
      return new Refits(from);
    }

    /**
     * Fits of a law to its own curve plus errors: at most two Gauss–Newton steps from that curve's
     * coefficients. After one step the error is of second order in the distance between the two
     * curves; the other one is taken where that is more than {@value #NEAR}. The first step is the
     * same linear function of the errors for all of them, unless it makes a coefficient negative.
     */
    final class Refits {

      private final double[] base;
      private final double[] curve = new double[x.length];
      private final double[] factors;
      private final double[][] projection;

      private Refits(LawFit from) {
        int p = scales.length;
        base = new double[p];
        factors = new double[p];
        double factor = 0;
        for (int k = 0; k < p; k++) {
          factor += from.coefficients()[k] * scales[k] * x[0][k];
        }
        for (int k = 0; k < p; k++) {
          factors[k] = factor / scales[k];
          base[k] = from.coefficients()[k] / factors[k];
        }
        evaluate(base);
        for (int i = 0; i < x.length; i++) {
          curve[i] = fitted[i];
          for (int k = 0; k < p; k++) {
            rows[i][k] = x[i][k] / curve[i];
          }
        }
        projection = solver.projection(rows, weights, p);
      }

      /**
       * Fits once.
       *
       * @param errors shape (m), by which the logarithms are above the curve; not modified
       * @param coefficients receives the coefficients, in the order of the law's columns
       */
      void fit(double[] errors, double[] coefficients) {
        System.arraycopy(base, 0, coefficients, 0, base.length);
        boolean negative = projection.length == 0;
        for (int k = 0; k < projection.length; k++) {
          double change = 0;
          for (int i = 0; i < errors.length; i++) {
            change += projection[k][i] * errors[i];
          }
          coefficients[k] += change;
          negative |= coefficients[k] < 0;
        }
        if (negative) {
          step(errors, base, coefficients);
        } else {
          System.arraycopy(curve, 0, fitted, 0, curve.length);
        }
        if (farFromFitted(coefficients)) {
          step(errors, coefficients.clone(), coefficients);
        }
        for (int k = 0; k < coefficients.length; k++) {
          coefficients[k] *= factors[k];
        }
      }

      /**
       * Takes one Gauss–Newton step from some coefficients, whose curve stays in {@code fitted}.
       */
      private void step(double[] errors, double[] at, double[] solution) {
        evaluate(at);
        for (int i = 0; i < errors.length; i++) {
          for (int k = 0; k < solution.length; k++) {
            rows[i][k] = x[i][k] / fitted[i];
          }
          targets[i] = 1 + errors[i] + Math.log(curve[i] / fitted[i]);
        }
        solver.solve(rows, weights, targets, solution);
      }
    }

    /** Returns whether a curve is far from that in {@code fitted}, while all of it is positive. */
    private boolean farFromFitted(double[] solution) {
      boolean far = false;
      for (int i = 0; i < x.length; i++) {
        double value = 0;
        for (int k = 0; k < solution.length; k++) {
          value += x[i][k] * solution[k];
        }
        if (!(value > 0)) {
          return false;
        }
        far |= Math.abs(value / fitted[i] - 1) > NEAR;
      }
      return far;
    }

    private double minimise(double[] y, double[] solution) {
      if (solution.length == 1) {
        return single(y, solution);
      }
      for (int i = 0; i < y.length; i++) {
        double inverse = Math.exp(-y[i]);
        for (int k = 0; k < solution.length; k++) {
          rows[i][k] = x[i][k] * inverse;
        }
        targets[i] = 1;
      }
      solver.solve(rows, weights, targets, solution);
      double squares = squares(y, solution);
      if (Double.isInfinite(squares)) {
        // log n is 0 at size 1: begin where every column takes part.
        Arrays.fill(solution, 1.0 / solution.length);
        squares = squares(y, solution);
      }
      double[] next = new double[solution.length];
      double[] trial = new double[solution.length];
      for (int step = 0; step < MAX_STEPS; step++) {
        for (int i = 0; i < y.length; i++) {
          for (int k = 0; k < solution.length; k++) {
            rows[i][k] = x[i][k] / fitted[i];
          }
          targets[i] = 1 + left[i];
        }
        centreColumns();
        solver.solve(rows, weights, targets, next);
        double lower = descend(y, solution, next, trial, squares);
        boolean done = !(squares - lower > TOLERANCE * squares);
        squares = lower;
        if (done) {
          break;
        }
      }
      return squares;
    }

    /** Fits a single coefficient, whose logarithm is a mean. */
    private double single(double[] y, double[] solution) {
      double total = 0;
      double sum = 0;
      for (int i = 0; i < (split == 0 ? y.length : split); i++) {
        total += weights[i];
        sum += weights[i] * (y[i] - Math.log(x[i][0]));
      }
      solution[0] = Math.exp(sum / total);
      return squares(y, solution);
    }

    /**
     * Moves the solution towards {@code next}, as far as it lowers the sum; returns the sum. What
     * is fitted and left is then that of the solution, unless nothing lowers the sum.
     */
    private double descend(
        double[] y, double[] solution, double[] next, double[] trial, double squares) {
      double step = 1;
      for (int halving = 0; halving < MAX_HALVINGS; halving++) {
        for (int k = 0; k < trial.length; k++) {
          // Written so that a full step lands on next exactly, zeros included.
          trial[k] = (1 - step) * solution[k] + step * next[k];
        }
        double lower = squares(y, trial);
        if (lower < squares) {
          System.arraycopy(trial, 0, solution, 0, trial.length);
          return lower;
        }
        step /= 2;
      }
      return squares;
    }

    /** Sets what is fitted and what is left; returns the sum of squares. */
    private double squares(double[] y, double[] solution) {
      evaluate(solution);
      double sum = 0;
      double upperSum = 0;
      double upperWeight = 0;
      for (int i = 0; i < y.length; i++) {
        if (!(fitted[i] > 0)) {
          return Double.POSITIVE_INFINITY;
        }
        double residual = y[i] - Math.log(fitted[i]);
        left[i] = residual;
        sum += weights[i] * residual * residual;
        if (split > 0 && i >= split) {
          upperSum += weights[i] * residual;
          upperWeight += weights[i];
        }
      }
      return upperWeight == 0 ? sum : Math.max(0, sum - upperSum * upperSum / upperWeight);
    }

    /**
     * Takes the mean of the values above the step from them, which is what minimising over the
     * step's height does; returns that mean, 0 without a step.
     */
    private double centre(double[] values) {
      if (split == 0) {
        return 0;
      }
      double total = 0;
      double mean = 0;
      for (int i = split; i < values.length; i++) {
        total += weights[i];
        mean += weights[i] * values[i];
      }
      mean /= total;
      for (int i = split; i < values.length; i++) {
        values[i] -= mean;
      }
      return mean;
    }

    private void centreColumns() {
      if (split == 0) {
        return;
      }
      centre(targets);
      double[] column = new double[rows.length];
      for (int k = 0; k < scales.length; k++) {
        for (int i = split; i < rows.length; i++) {
          column[i] = rows[i][k];
        }
        centre(column);
        for (int i = split; i < rows.length; i++) {
          rows[i][k] = column[i];
        }
      }
    }

    private void evaluate(double[] solution) {
      for (int i = 0; i < x.length; i++) {
        double sum = 0;
        for (int k = 0; k < solution.length; k++) {
          sum += x[i][k] * solution[k];
        }
        fitted[i] = sum;
      }
    }
  }
}
