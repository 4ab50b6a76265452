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

  private final double[] weights;
  private final SizeTable table;
  private final NonNegative solver = new NonNegative();
  private final double[] fitted;
  private final double[] left;

  /**
   * Makes a fitter.
   *
   * @param sizes shape (m), ascending; not modified
   * @param weights shape (m), positive; not modified
   */
  CurveFitter(double[] sizes, double[] weights) {
    this.weights = weights;
    table = SizeTable.of(sizes);
    fitted = new double[weights.length];
    left = new double[weights.length];
  }

  /** Logarithms that laws are fitted to. */
  private static final class Target {

    /** What was taken from them all. */
    private final double shift;

    /** Shape (m): what is left of them. */
    private final double[] logs;

    /** Shape (m): one over the values that these are the logarithms of. */
    private final double[] inverse;

    Target(double[] logs) {
      double mean = 0;
      for (double log : logs) {
        mean += log / logs.length;
      }
      shift = mean;
      this.logs = new double[logs.length];
      inverse = new double[logs.length];
      for (int i = 0; i < logs.length; i++) {
        this.logs[i] = logs[i] - shift;
        inverse[i] = Math.exp(-this.logs[i]);
      }
    }
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
    Target target = new Target(logs);
    List<LawFit> fits = new ArrayList<>();
    for (Law law : Law.ALL) {
      Columns columns = columns(law, split);
      if (columns != null) {
        fits.add(columns.fit(target));
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
    if (k + (split > 0 ? 1 : 0) > weights.length) {
      return null;
    }
    SizeTable.Column[] columns = new SizeTable.Column[k];
    for (int column = 0; column < k; column++) {
      columns[column] = table.column(growths.get(column));
      if (columns[column].negative() || (columns[column].zero() && k == 1)) {
        return null;
      }
    }
    return new Columns(law, columns, split);
  }

  /** A law's columns at the sizes. */
  final class Columns {

    private final Law law;
    private final double[][] x;
    private final double[] scales;
    private final double[] logs;
    private final int split;

    private Columns(Law law, SizeTable.Column[] columns, int split) {
      this.law = law;
      this.split = split;
      x = new double[columns.length][];
      scales = new double[columns.length];
      for (int k = 0; k < columns.length; k++) {
        x[k] = columns[k].parts();
        scales[k] = columns[k].scale();
      }
      logs = columns[0].logs();
    }

    /** Fits the law; {@code logs} has shape (m) and is not modified. */
    LawFit fit(double[] logs) {
      return fit(new Target(logs));
    }

    private LawFit fit(Target target) {
      double[] solution = new double[scales.length];
      double squares = minimise(target, solution);
      double[] residuals = new double[fitted.length];
      evaluate(solution);
      for (int i = 0; i < residuals.length; i++) {
        residuals[i] = target.logs[i] - Math.log(fitted[i]);
      }
      double step = centre(residuals);
      double[] coefficients = new double[scales.length];
      double factor = Math.exp(target.shift + step);
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
      private final double[] curve = new double[weights.length];
      private final double[][] rows = new double[weights.length][scales.length];
      private final double[] targets = new double[weights.length];
      private final double[] factors;
      private final double[][] projection;

      private Refits(LawFit from) {
        int p = scales.length;
        base = new double[p];
        factors = new double[p];
        double factor = 0;
        for (int k = 0; k < p; k++) {
          factor += from.coefficients()[k] * scales[k] * x[k][0];
        }
        for (int k = 0; k < p; k++) {
          factors[k] = factor / scales[k];
          base[k] = from.coefficients()[k] / factors[k];
        }
        evaluate(base);
        for (int i = 0; i < curve.length; i++) {
          curve[i] = fitted[i];
          for (int k = 0; k < p; k++) {
            rows[i][k] = x[k][i] / curve[i];
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
            rows[i][k] = x[k][i] / fitted[i];
          }
          targets[i] = 1 + errors[i] + Math.log(curve[i] / fitted[i]);
        }
        solver.solve(rows, weights, targets, solution);
      }
    }

    /** Returns whether a curve is far from that in {@code fitted}, while all of it is positive. */
    private boolean farFromFitted(double[] solution) {
      boolean far = false;
      for (int i = 0; i < fitted.length; i++) {
        double value = 0;
        for (int k = 0; k < solution.length; k++) {
          value += x[k][i] * solution[k];
        }
        if (!(value > 0)) {
          return false;
        }
        far |= Math.abs(value / fitted[i] - 1) > NEAR;
      }
      return far;
    }

    private double minimise(Target target, double[] solution) {
      double[] y = target.logs;
      if (solution.length == 1) {
        return single(y, solution);
      }
      int p = solution.length;
      solver.clear(p);
      for (int i = 0; i < y.length; i++) {
        for (int k = 0; k < p; k++) {
          solver.row[k] = x[k][i] * target.inverse[i];
        }
        solver.add(weights[i], 1);
      }
      solver.solve(solution);
      double squares = squares(y, solution);
      if (Double.isInfinite(squares)) {
        // log n is 0 at size 1: begin where every column takes part.
        Arrays.fill(solution, 1.0 / solution.length);
        squares = squares(y, solution);
      }
      double[] next = new double[p];
      double[] trial = new double[p];
      for (int step = 0; step < MAX_STEPS; step++) {
        solver.clear(p);
        for (int i = 0; i < y.length; i++) {
          if (i == split && split > 0) {
            solver.centreFromHere();
          }
          double inverse = 1 / fitted[i];
          for (int k = 0; k < p; k++) {
            solver.row[k] = x[k][i] * inverse;
          }
          solver.add(weights[i], 1 + left[i]);
        }
        solver.solve(next);
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
        sum += weights[i] * (y[i] - logs[i]);
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
        if (lower - squares <= TOLERANCE * squares) {
          // So near the minimum, rounding alone decides which of two curves is better.
          return squares;
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

    private void evaluate(double[] solution) {
      for (int i = 0; i < fitted.length; i++) {
        double sum = 0;
        for (int k = 0; k < solution.length; k++) {
          sum += x[k][i] * solution[k];
        }
        fitted[i] = sum;
      }
    }
  }
}
