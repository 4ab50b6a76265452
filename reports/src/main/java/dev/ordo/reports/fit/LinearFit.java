package dev.ordo.reports.fit;

import java.util.Optional;

/**
 * The weighted least-squares fit of a curve made linear about its own fit, by orthogonal columns.
 *
 * @param columns shape (p, m): the orthonormal columns of the weighted gradients
 * @param triangle shape (p, p), upper triangular: gradients are columns times this
 * @param change shape (p): how far the least squares are from the curve's parameters
 * @param inverse shape (p, p): the inverse of the gradients' cross products
 * @param residuals shape (m): what the columns leave, weighted
 */
record LinearFit(
    double[][] columns,
    double[][] triangle,
    double[] change,
    double[][] inverse,
    double[] residuals) {

  private static final double LEAST_PIVOT = 1e-10;

  /** Fits; empty where the data cannot tell the curve's parameters apart. */
  static Optional<LinearFit> of(Curve curve, Observations data) {
    int m = data.count();
    double[] fitted = curve.parameters();
    int p = fitted.length;
    double[][] columns = new double[p][m];
    double[] residuals = new double[m];
    for (int i = 0; i < m; i++) {
      double root = Math.sqrt(data.weights()[i]);
      double n = data.sizes()[i];
      double[] gradient = curve.gradient(n, fitted);
      for (int j = 0; j < p; j++) {
        columns[j][i] = root * gradient[j];
      }
      residuals[i] = root * (data.logs()[i] - curve.logAt(n, fitted));
    }
    double[][] triangle = new double[p][p];
    if (!orthogonalise(columns, triangle)) {
      return Optional.empty();
    }
    double[] change = solve(triangle, project(columns, residuals));
    return Optional.of(new LinearFit(columns, triangle, change, inverse(triangle), residuals));
  }

  /** Returns the number of parameters. */
  int parameters() {
    return columns.length;
  }

  /** Returns half the logarithm of the determinant of the gradients' cross products. */
  double logDeterminant() {
    double sum = 0;
    for (int j = 0; j < parameters(); j++) {
      sum += Math.log(triangle[j][j]);
    }
    return sum;
  }

  /**
   * Takes from a vector what the gradients explain of it.
   *
   * @param vector shape (m), weighted; changed in place
   * @return shape (p): the parameters that explain it
   */
  double[] explain(double[] vector) {
    return solve(triangle, project(columns, vector));
  }

  /** Makes columns orthonormal (modified Gram and Schmidt); false where they are dependent. */
  private static boolean orthogonalise(double[][] columns, double[][] triangle) {
    for (int j = 0; j < columns.length; j++) {
      double before = dot(columns[j], columns[j]);
      for (int k = 0; k < j; k++) {
        triangle[k][j] = dot(columns[k], columns[j]);
        subtract(columns[j], triangle[k][j], columns[k]);
      }
      double after = dot(columns[j], columns[j]);
      if (!(after > LEAST_PIVOT * before)) {
        return false;
      }
      triangle[j][j] = Math.sqrt(after);
      for (int i = 0; i < columns[j].length; i++) {
        columns[j][i] /= triangle[j][j];
      }
    }
    return true;
  }

  private static double[] project(double[][] columns, double[] vector) {
    double[] projected = new double[columns.length];
    for (int j = 0; j < projected.length; j++) {
      projected[j] = dot(columns[j], vector);
      subtract(vector, projected[j], columns[j]);
    }
    return projected;
  }

  private static double[] solve(double[][] triangle, double[] right) {
    int p = right.length;
    double[] solution = new double[p];
    for (int j = p - 1; j >= 0; j--) {
      double sum = right[j];
      for (int k = j + 1; k < p; k++) {
        sum -= triangle[j][k] * solution[k];
      }
      solution[j] = sum / triangle[j][j];
    }
    return solution;
  }

  private static double[][] inverse(double[][] triangle) {
    int p = triangle.length;
    double[][] product = new double[p][p];
    for (int l = 0; l < p; l++) {
      double[] unit = new double[p];
      unit[l] = 1;
      double[] column = solve(triangle, unit);
      for (int j = 0; j < p; j++) {
        for (int k = 0; k < p; k++) {
          product[j][k] += column[j] * column[k];
        }
      }
    }
    return product;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double factor, double[] what) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= factor * what[i];
    }
  }
}
