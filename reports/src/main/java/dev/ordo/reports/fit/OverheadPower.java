package dev.ordo.reports.fit;

import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * The power law above a constant, a + b·n^k, fitted with relative errors.
 *
 * <p>It minimises Σ wᵢ (ln yᵢ − ln f(nᵢ))² by Levenberg's damped Gauss–Newton steps (<i>Quarterly
 * of Applied Mathematics</i> 2, 1944) in ln b, k and ln(a/b), from the best of a grid of exponents
 * and overheads.
 *
 * @param overhead a
 * @param factor b
 * @param exponent k
 * @param residuals observed less fitted logarithm at each size; not modified
 * @param squares the weighted sum of squared residuals
 */
record OverheadPower(
    double overhead, double factor, double exponent, double[] residuals, double squares) {

  /** The number of its coefficients. */
  static final int PARAMETERS = 3;

  private static final double LEAST_EXPONENT = 0.05;
  private static final double LARGEST_EXPONENT = 4;
  private static final double EXPONENT_STEP = 0.25;
  private static final int PLACES = 10;
  private static final int MAX_STEPS = 60;
  private static final double TOLERANCE = 1e-10;

  /**
   * Fits.
   *
   * @param sizes shape (m); not modified
   * @param logs shape (m), logarithms of values; not modified
   * @param weights shape (m); not modified
   * @return empty with fewer than 4 sizes, which leave nothing to judge it by, or where the best
   *     curve has no overhead or an exponent beyond {@value #LARGEST_EXPONENT}
   */
  static Optional<OverheadPower> of(double[] sizes, double[] logs, double[] weights) {
    return sizes.length <= PARAMETERS
        ? Optional.empty()
        : new Search(sizes, logs, weights).result();
  }

  /** Returns the fitted value at a size. */
  double at(double n) {
    return overhead + factor * Math.pow(n, exponent);
  }

  /** The search for the smallest sum; sizes are relative to the smallest one. */
  private static final class Search {

    private final double smallest;
    private final double[] x;
    private final double[] logs;
    private final double[] weights;
    private final double[] residuals;
    private final double[] shares;

    Search(double[] sizes, double[] logs, double[] weights) {
      smallest = sizes[0];
      x = new double[sizes.length];
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.log(sizes[i] / smallest);
      }
      this.logs = logs;
      this.weights = weights;
      residuals = new double[x.length];
      shares = new double[x.length];
    }

    Optional<OverheadPower> result() {
      double[] at = start();
      double squares = squares(at);
      double damping = 1e-3;
      for (int step = 0; step < MAX_STEPS && damping < 1e9; step++) {
        double[] next = step(at, damping);
        double lower = next[1] < LEAST_EXPONENT ? Double.POSITIVE_INFINITY : squares(next);
        if (lower < squares) {
          boolean done = squares - lower < TOLERANCE * squares;
          at = next;
          squares = lower;
          damping /= 5;
          if (done) {
            break;
          }
        } else {
          damping *= 5;
        }
      }
      squares = squares(at);
      double factor = Math.exp(at[0]) * Math.pow(smallest, -at[1]);
      double overhead = Math.exp(at[0] + at[2]);
      boolean there = shares[0] > 1e-6 && at[1] <= LARGEST_EXPONENT && Double.isFinite(factor);
      return there
          ? Optional.of(new OverheadPower(overhead, factor, at[1], residuals.clone(), squares))
          : Optional.empty();
    }

    private double[] start() {
      double[] best = null;
      double least = Double.POSITIVE_INFINITY;
      double last = x[x.length - 1];
      for (double k = EXPONENT_STEP; k <= LARGEST_EXPONENT; k += EXPONENT_STEP) {
        for (int place = 0; place < PLACES; place++) {
          double[] at = {0, k, k * last * (place / (double) PLACES - 0.1)};
          squares(at);
          double mean = 0;
          double total = 0;
          for (int i = 0; i < x.length; i++) {
            mean += weights[i] * residuals[i];
            total += weights[i];
          }
          at[0] = mean / total;
          double squares = squares(at);
          if (squares < least) {
            least = squares;
            best = at;
          }
        }
      }
      return best;
    }

    /** Sets residuals and the overhead's share of each fitted value. */
    private double squares(double[] at) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double ratio = Math.exp(at[2] - at[1] * x[i]);
        residuals[i] = logs[i] - at[0] - at[1] * x[i] - Math.log(1 + ratio);
        shares[i] = ratio / (1 + ratio);
        sum += weights[i] * residuals[i] * residuals[i];
      }
      return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
    }

    private double[] step(double[] at, double damping) {
      squares(at);
      RealMatrix normal = new Array2DRowRealMatrix(PARAMETERS, PARAMETERS);
      double[] gradient = new double[PARAMETERS];
      for (int i = 0; i < x.length; i++) {
        double[] row = {1, x[i] * (1 - shares[i]), shares[i]};
        for (int p = 0; p < PARAMETERS; p++) {
          gradient[p] += weights[i] * row[p] * residuals[i];
          for (int q = 0; q < PARAMETERS; q++) {
            normal.addToEntry(p, q, weights[i] * row[p] * row[q]);
          }
        }
      }
      for (int p = 0; p < PARAMETERS; p++) {
        normal.addToEntry(p, p, damping * (normal.getEntry(p, p) + 1e-9));
      }
      double[] next = at.clone();
      try {
        double[] change =
            new LUDecomposition(normal).getSolver().solve(new ArrayRealVector(gradient)).toArray();
        for (int p = 0; p < PARAMETERS; p++) {
          next[p] += change[p];
        }
      } catch (SingularMatrixException flat) {
        // No direction lowers the sum: the caller's damping grows until it stops.
        return at;
      }
      return next;
    }
  }
}
