package dev.ordo.models.ssm;

/**
 * The transition of one channel of {@link DplrSpace} as a dense, real matrix over the real and
 * imaginary parts of its states, in double precision: what is needed once to undo C̃ = C·(1 − Āᴸ).
 */
final class DenseTransition {

  private final int first;
  private final int half;

  /** Row i is the image of the i-th unit row under c ↦ c·Ā. */
  private final double[][] matrix;

  /**
   * Makes the matrix.
   *
   * @param constants those of {@link DplrSpace}, in the order of its recurrence; not modified
   * @param channel which channel
   * @param half the number of its complex states
   */
  DenseTransition(double[][] constants, int channel, int half) {
    this.half = half;
    first = channel * half;
    matrix = new double[2 * half][2 * half];
    for (int row = 0; row < 2 * half; row++) {
      int at = first + row % half;
      boolean real = row < half;
      // The unit row, times E, less q times what Dp gives it.
      double sum = real ? constants[4][at] : -constants[5][at];
      for (int n = 0; n < half; n++) {
        matrix[row][n] = -sum * constants[6][first + n];
        matrix[row][half + n] = -sum * constants[7][first + n];
      }
      matrix[row][row % half] += real ? constants[0][at] : -constants[1][at];
      matrix[row][half + row % half] += real ? constants[1][at] : constants[0][at];
    }
  }

  /**
   * Replaces C̃ by C.
   *
   * @param length L
   * @param re the real parts of all channels, of which this one's are overwritten
   * @param im the imaginary parts
   * @throws IllegalArgumentException if 1 − Āᴸ has no inverse
   */
  void original(int length, double[] re, double[] im) {
    double[][] system = power(length);
    int size = 2 * half;
    double[] row = new double[size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        system[i][j] = (i == j ? 1 : 0) - system[i][j];
      }
      row[i] = i < half ? re[first + i] : im[first + i - half];
    }
    solve(system, row);
    for (int n = 0; n < half; n++) {
      re[first + n] = row[n];
      im[first + n] = row[half + n];
    }
  }

  private double[][] power(int exponent) {
    double[][] result = null;
    double[][] square = matrix;
    for (int bits = exponent; bits > 0; bits >>= 1) {
      if ((bits & 1) == 1) {
        result = result == null ? square : product(result, square);
      }
      if (bits > 1) {
        square = product(square, square);
      }
    }
    return copy(result);
  }

  private static double[][] copy(double[][] x) {
    double[][] y = new double[x.length][];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i].clone();
    }
    return y;
  }

  private static double[][] product(double[][] a, double[][] b) {
    int size = a.length;
    double[][] c = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        double factor = a[i][k];
        for (int j = 0; j < size; j++) {
          c[i][j] += factor * b[k][j];
        }
      }
    }
    return c;
  }

  /** Solves x·m = row for x, by Gaussian elimination of columns with pivoting; overwrites both. */
  private static void solve(double[][] m, double[] row) {
    int size = row.length;
    for (int k = 0; k < size; k++) {
      int pivot = k;
      for (int j = k + 1; j < size; j++) {
        if (Math.abs(m[k][j]) > Math.abs(m[k][pivot])) {
          pivot = j;
        }
      }
      if (m[k][pivot] == 0) {
        throw new IllegalArgumentException("1 − Āᴸ must have an inverse");
      }
      swap(m, row, k, pivot);
      for (int j = k + 1; j < size; j++) {
        double factor = m[k][j] / m[k][k];
        for (int i = k; i < size; i++) {
          m[i][j] -= factor * m[i][k];
        }
        row[j] -= factor * row[k];
      }
    }
    for (int k = size - 1; k >= 0; k--) {
      for (int i = k + 1; i < size; i++) {
        row[k] -= row[i] * m[i][k];
      }
      row[k] /= m[k][k];
    }
  }

  private static void swap(double[][] m, double[] row, int k, int pivot) {
    for (double[] line : m) {
      double t = line[k];
      line[k] = line[pivot];
      line[pivot] = t;
    }
    double t = row[k];
    row[k] = row[pivot];
    row[pivot] = t;
  }
}
