package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.Optional;

/**
 * The power law above a constant, a + b·n^k, fitted with relative errors.
 *
 * <p>It minimises Σ wᵢ (ln yᵢ − ln f(nᵢ))² by Levenberg's damped Gauss–Newton steps (<i>Quarterly
 * of Applied Mathematics</i> 2, 1944) in ln b, k and ln(a/b), from the best of a grid of exponents
 * and overheads, with the factor b that suits them.
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
  private static final double[] EXPONENTS = {0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4};
  private static final int PLACES = 8;
  private static final int MAX_STEPS = 60;
  private static final double MOST_DAMPING = 1e9;
  private static final double TOLERANCE = 1e-9;

  /** The part of the smallest size's value below which an overhead is none. */
  private static final double NONE = 1e-6;

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
    private final double[][] normal = new double[PARAMETERS][PARAMETERS + 1];

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
      gather();
      for (int step = 0; step < MAX_STEPS && damping < MOST_DAMPING; step++) {
        double[] next = step(at, damping);
        boolean within = next != null && next[1] >= LEAST_EXPONENT;
        double lower = within ? squares(next) : Double.POSITIVE_INFINITY;
        if (lower < squares) {
          boolean done = squares - lower < TOLERANCE * squares || shares[0] < NONE;
          at = next;
          squares = lower;
          damping /= 5;
          if (done) {
            break;
          }
          gather();
        } else {
          damping *= 5;
        }
      }
      squares = squares(at);
      double factor = Math.exp(at[0]) * Math.pow(smallest, -at[1]);
      double overhead = Math.exp(at[0] + at[2]);
      boolean there = shares[0] > NONE && at[1] <= LARGEST_EXPONENT && Double.isFinite(factor);
      return there
          ? Optional.of(new OverheadPower(overhead, factor, at[1], residuals.clone(), squares))
          : Optional.empty();
    }

    private double[] start() {
      double[] best = {0, EXPONENTS[0], 0};
      double least = Double.POSITIVE_INFINITY;
      double last = x[x.length - 1];
      double[] powers = new double[x.length];
      for (double k : EXPONENTS) {
        for (int i = 0; i < x.length; i++) {
          powers[i] = Math.exp(k * x[i]);
        }
        for (int place = 0; place < PLACES; place++) {
          double log = k * last * (place / (double) PLACES - 0.1);
          double ratio = Math.exp(log);
          double total = 0;
          double sum = 0;
          double squares = 0;
          for (int i = 0; i < x.length; i++) {
            double residual = logs[i] - logs[0] - Math.log(powers[i] + ratio);
            total += weights[i];
            sum += weights[i] * residual;
            squares += weights[i] * residual * residual;
          }
          squares -= sum * sum / total;
          if (squares < least) {
            least = squares;
            best = new double[] {logs[0] + sum / total, k, log};
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

    /** Sets the normal equations of the curve that residuals and shares belong to. */
    private void gather() {
      for (double[] row : normal) {
        Arrays.fill(row, 0);
      }
      for (int i = 0; i < x.length; i++) {
        double slope = x[i] * (1 - shares[i]);
        double weight = weights[i];
        normal[0][0] += weight;
        normal[0][1] += weight * slope;
        normal[0][2] += weight * shares[i];
        normal[1][1] += weight * slope * slope;
        normal[1][2] += weight * slope * shares[i];
        normal[2][2] += weight * shares[i] * shares[i];
        normal[0][3] += weight * residuals[i];
        normal[1][3] += weight * slope * residuals[i];
        normal[2][3] += weight * shares[i] * residuals[i];
      }
    }

    /** Takes a step, by Cholesky's factors; null where no direction lowers the sum. */
    private double[] step(double[] at, double damping) {
      double[][] factor = new double[PARAMETERS][PARAMETERS];
      double[] change = new double[PARAMETERS];
      for (int p = 0; p < PARAMETERS; p++) {
        for (int q = 0; q <= p; q++) {
          double sum = normal[q][p] + (p == q ? damping * (normal[p][p] + 1e-9) : 0);
          for (int l = 0; l < q; l++) {
            sum -= factor[p][l] * factor[q][l];
          }
          if (p == q && !(sum > 0)) {
            return null;
          }
          factor[p][q] = p == q ? Math.sqrt(sum) : sum / factor[q][q];
        }
        double sum = normal[p][PARAMETERS];
        for (int l = 0; l < p; l++) {
          sum -= factor[p][l] * change[l];
        }
        change[p] = sum / factor[p][p];
      }
      double[] next = at.clone();
      for (int p = PARAMETERS - 1; p >= 0; p--) {
        for (int l = p + 1; l < PARAMETERS; l++) {
          change[p] -= factor[l][p] * change[l];
        }
        change[p] /= factor[p][p];
        next[p] += change[p];
      }
      return next;
    }
  }
}
