package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * Least squares with coefficients that must not be negative, for up to {@value #MAX} of them.
 *
 * <p>The solution of such a problem is the unconstrained solution over the columns in which it is
 * positive (Lawson and Hanson, <i>Solving Least Squares Problems</i>, 1974, chapter 23). With k ≤ 4
 * columns all 2^k − 1 subsets can be tried, and the best of those without a negative coefficient is
 * the exact answer. One object holds its scratch space and serves one thread.
 */
final class NonNegative {

  /** The largest number of columns. */
  static final int MAX = 4;

  private final double[][] gram = new double[MAX][MAX];
  private final double[] moment = new double[MAX];
  private final double[][] factor = new double[MAX][MAX];
  private final double[] trial = new double[MAX];
  private final int[] chosen = new int[MAX];
  private final double[] sums = new double[MAX];
  private double targets;
  private double total;
  private boolean centred;
  private int columns;

  /** Receives what is to be {@linkplain #add added}. */
  final double[] row = new double[MAX];

  /** Begins a problem of {@code k} columns, whose rows are added one by one. */
  void clear(int k) {
    columns = k;
    centred = false;
    for (int p = 0; p < k; p++) {
      moment[p] = 0;
      for (int q = 0; q <= p; q++) {
        gram[p][q] = 0;
      }
    }
  }

  /** Has the rows added from here on be taken as they are about their mean, targets likewise. */
  void centreFromHere() {
    centred = true;
    targets = 0;
    total = 0;
    Arrays.fill(sums, 0);
  }

  /** Adds the row that stands in {@link #row}. */
  void add(double weight, double target) {
    for (int p = 0; p < columns; p++) {
      double weighted = weight * row[p];
      moment[p] += weighted * target;
      for (int q = 0; q <= p; q++) {
        gram[p][q] += weighted * row[q];
      }
      if (centred) {
        sums[p] += weighted;
      }
    }
    if (centred) {
      targets += weight * target;
      total += weight;
    }
  }

  /**
   * Minimises over the rows that were added.
   *
   * @param solution shape (k), receives x
   */
  void solve(double[] solution) {
    for (int p = 0; centred && p < columns; p++) {
      moment[p] -= sums[p] * targets / total;
      for (int q = 0; q <= p; q++) {
        gram[p][q] -= sums[p] * sums[q] / total;
      }
    }
    search(solution);
  }

  /**
   * Minimises Σ wᵢ (zᵢ − Σₖ xₖ aᵢₖ)² over x ≥ 0.
   *
   * @param rows shape (m, k), the rows aᵢ; of like magnitude; not modified
   * @param weights shape (m), wᵢ ≥ 0; not modified
   * @param targets shape (m), zᵢ; not modified
   * @param solution shape (k), receives x
   */
  void solve(double[][] rows, double[] weights, double[] targets, double[] solution) {
    accumulate(rows, weights, targets, solution.length);
    search(solution);
  }

  private void search(double[] solution) {
    int k = solution.length;
    double best = 0;
    Arrays.fill(solution, 0);
    for (int subset = (1 << k) - 1; subset > 0; subset--) {
      int size = 0;
      for (int column = 0; column < k; column++) {
        if ((subset >> column & 1) != 0) {
          chosen[size++] = column;
        }
      }
      if (!cholesky(size) || !substitute(size)) {
        continue;
      }
      // The sum of squares falls by x·Aᵀz, so that the largest gain is the smallest remainder.
      double gain = 0;
      for (int i = 0; i < size; i++) {
        gain += trial[i] * moment[chosen[i]];
      }
      if (gain > best) {
        best = gain;
        Arrays.fill(solution, 0);
        for (int i = 0; i < size; i++) {
          solution[chosen[i]] = trial[i];
        }
      }
      if (size == k) {
        // No subset can do better than all columns together.
        return;
      }
    }
  }

  /**
   * Returns the matrix that turns targets into the coefficients without a bound.
   *
   * @param rows shape (m, k); not modified
   * @param weights shape (m); not modified
   * @return shape (k, m); empty where columns are (nearly) dependent
   */
  double[][] projection(double[][] rows, double[] weights, int k) {
    accumulate(rows, weights, weights, k);
    for (int column = 0; column < k; column++) {
      chosen[column] = column;
    }
    if (!cholesky(k)) {
      return new double[0][];
    }
    double[][] projection = new double[k][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int column = 0; column < k; column++) {
        moment[column] = weights[i] * rows[i][column];
      }
      solve(k);
      for (int column = 0; column < k; column++) {
        projection[column][i] = trial[column];
      }
    }
    return projection;
  }

  /**
   * Returns the diagonal of the inverse of the weighted cross products of columns; empty where the
   * columns are (nearly) dependent.
   *
   * @param rows shape (m, k), of like magnitude; not modified
   * @param weights shape (m); not modified
   */
  double[] inverse(double[][] rows, double[] weights) {
    int k = rows[0].length;
    accumulate(rows, weights, weights, k);
    for (int column = 0; column < k; column++) {
      chosen[column] = column;
    }
    if (!cholesky(k)) {
      return new double[0];
    }
    double[] diagonal = new double[k];
    for (int column = 0; column < k; column++) {
      Arrays.fill(moment, 0);
      moment[column] = 1;
      solve(k);
      diagonal[column] = trial[column];
    }
    return diagonal;
  }

  private void accumulate(double[][] rows, double[] weights, double[] targets, int k) {
    for (int p = 0; p < k; p++) {
      moment[p] = 0;
      for (int q = 0; q <= p; q++) {
        gram[p][q] = 0;
      }
    }
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      for (int p = 0; p < k; p++) {
        double weighted = weights[i] * row[p];
        moment[p] += weighted * targets[i];
        for (int q = 0; q <= p; q++) {
          gram[p][q] += weighted * row[q];
        }
      }
    }
  }

  /** Factors the Gram matrix of the chosen columns; false where they are (nearly) dependent. */
  private boolean cholesky(int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = gram[chosen[i]][chosen[j]];
        for (int l = 0; l < j; l++) {
          sum -= factor[i][l] * factor[j][l];
        }
        if (i == j) {
          if (!(sum > 1e-13 * gram[chosen[i]][chosen[i]])) {
            return false;
          }
          factor[i][i] = Math.sqrt(sum);
        } else {
          factor[i][j] = sum / factor[j][j];
        }
      }
    }
    return true;
  }

  /** Solves for the chosen columns; false where a coefficient comes out negative. */
  private boolean substitute(int size) {
    solve(size);
    for (int i = 0; i < size; i++) {
      if (trial[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private void solve(int size) {
    for (int i = 0; i < size; i++) {
      double sum = moment[chosen[i]];
      for (int l = 0; l < i; l++) {
        sum -= factor[i][l] * trial[l];
      }
      trial[i] = sum / factor[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = trial[i];
      for (int l = i + 1; l < size; l++) {
        sum -= factor[l][i] * trial[l];
      }
      trial[i] = sum / factor[i][i];
    }
  }
}
