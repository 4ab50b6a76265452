package dev.ordo.models.ssm;

import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;

/** The backward pass of the twin of {@link dev.ordo.models.kernel.SsdGradient}. */
final class CountedSsdGradient {

  private final Counter counter;
  private final Matrix xbc;
  private final Matrix dt;
  private final Matrix skip;
  private final Matrix y;
  private final int heads;
  private final int groups;
  private final int p;
  private final int n;

  /** The gradient of the state after the chunk, shape (H, N, P). */
  private final double[][][] carried;

  private final CountedMamba2 forward;
  private final double[] rates;
  private final double[] dRates;

  /**
   * Makes the backward pass of one layer.
   *
   * @param forward computes the products of B and C
   * @param rates A of each head
   */
  CountedSsdGradient(
      Mamba2Sizes sizes,
      Counter counter,
      CountedMamba2 forward,
      Matrix xbc,
      Matrix dt,
      double[] rates,
      Matrix skip,
      Matrix y) {
    this.forward = forward;
    this.rates = rates;
    dRates = new double[rates.length];
    this.counter = counter;
    this.xbc = xbc;
    this.dt = dt;
    this.skip = skip;
    this.y = y;
    heads = sizes.heads();
    groups = sizes.groups();
    p = sizes.headWidth();
    n = sizes.shape().state();
    carried = new double[heads][n][p];
  }

  /** Returns the gradient of A of each head. */
  double[] dRates() {
    return dRates;
  }

  /**
   * Adds the gradients of one chunk, the last one first.
   *
   * @param before the state before the chunk, shape (H, N, P)
   */
  void chunk(int start, int end, double[][][] before) {
    int q = end - start;
    int share = heads / groups;
    for (int g = 0; g < groups; g++) {
      double[][] gram = forward.gram(xbc.value(), g, start, end);
      double[][] dGram = new double[q][q];
      int b = heads * p + g * n;
      int c = b + groups * n;
      for (int h = g * share; h < (g + 1) * share; h++) {
        head(h, start, q, b, c, gram, dGram, before[h]);
      }
      for (int i = 0; i < q; i++) {
        double[] at = xbc.value()[start + i];
        double[] to = xbc.gradient()[start + i];
        for (int j = 0; j <= i; j++) {
          double[] other = xbc.value()[start + j];
          double[] otherTo = xbc.gradient()[start + j];
          for (int k = 0; k < n; k++) {
            to[c + k] = counter.multiplyAdd(dGram[i][j], other[b + k], to[c + k]);
            otherTo[b + k] = counter.multiplyAdd(dGram[i][j], at[c + k], otherTo[b + k]);
          }
        }
      }
    }
  }

  private double dot(double[] a, int from, double[] b, int other, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum = counter.multiplyAdd(a[from + i], b[other + i], sum);
    }
    return sum;
  }

  private void head(
      int h, int start, int q, int b, int c, double[][] gram, double[][] dGram, double[][] before) {
    double[] starts = new double[q];
    double[][] w = new double[q][q];
    double[][] mixed = new double[q][q];
    double[][] input = new double[q][p];
    double total = 1;
    for (int i = 0; i < q; i++) {
      double step = dt.value()[start + i][h];
      double a = counter.apply(Math::exp, counter.multiply(step, rates[h]));
      total = counter.multiply(total, a);
      starts[i] = total;
      for (int j = 0; j < i; j++) {
        w[i][j] = counter.multiply(a, w[i - 1][j]);
      }
      w[i][i] = 1;
      for (int j = 0; j <= i; j++) {
        mixed[i][j] = counter.multiply(w[i][j], gram[i][j]);
      }
      for (int k = 0; k < p; k++) {
        input[i][k] = counter.multiply(step, xbc.value()[start + i][h * p + k]);
      }
    }
    double[] dLog = new double[q];
    for (int i = 0; i < q; i++) {
      double sum = 0;
      for (int j = 0; j <= i; j++) {
        double change = dot(y.gradient()[start + i], h * p, input[j], 0, p);
        dGram[i][j] = counter.multiplyAdd(w[i][j], change, dGram[i][j]);
        double along = counter.multiply(mixed[i][j], change);
        sum = counter.add(sum, along);
        dLog[j] = counter.subtract(dLog[j], along);
      }
      dLog[i] = counter.add(dLog[i], sum);
    }
    double[][] dInput = new double[q][p];
    for (int j = 0; j < q; j++) {
      for (int k = 0; k < p; k++) {
        double sum = 0;
        for (int m = 0; m < n; m++) {
          sum = counter.multiplyAdd(xbc.value()[start + j][b + m], carried[h][m][k], sum);
        }
        sum = counter.multiply(sum, w[q - 1][j]);
        for (int i = j; i < q; i++) {
          sum = counter.multiplyAdd(mixed[i][j], y.gradient()[start + i][h * p + k], sum);
        }
        dInput[j][k] = sum;
      }
      double passed = pass(start + j, b, w[q - 1][j], input[j], 0, carried[h]);
      dLog[q - 1] = counter.add(dLog[q - 1], passed);
      dLog[j] = counter.subtract(dLog[j], passed);
    }
    for (int i = 0; i < q; i++) {
      double passed = pass(start + i, c, starts[i], y.gradient()[start + i], h * p, before);
      dLog[i] = counter.add(dLog[i], passed);
    }
    retreat(h, start, q, c, starts, before, dLog);
    finish(h, start, q, dInput, dLog);
  }

  /** Adds factor·(row·stateᵀ) to dB or dC and returns the product of that with B or C. */
  private double pass(int t, int to, double factor, double[] row, int from, double[][] state) {
    double sum = 0;
    double[] gradient = xbc.gradient()[t];
    for (int m = 0; m < n; m++) {
      double value = counter.multiply(factor, dot(row, from, state[m], 0, p));
      gradient[to + m] = counter.add(gradient[to + m], value);
      sum = counter.multiplyAdd(value, xbc.value()[t][to + m], sum);
    }
    return sum;
  }

  /** Takes the gradient of the state after the chunk back to that before it. */
  private void retreat(
      int h, int start, int q, int c, double[] starts, double[][] before, double[] dLog) {
    double[][] rows = new double[q][p];
    for (int i = 0; i < q; i++) {
      for (int k = 0; k < p; k++) {
        rows[i][k] = counter.multiply(starts[i], y.gradient()[start + i][h * p + k]);
      }
    }
    double forgotten = 0;
    for (int m = 0; m < n; m++) {
      for (int k = 0; k < p; k++) {
        forgotten = counter.multiplyAdd(carried[h][m][k], before[m][k], forgotten);
        double sum = counter.multiply(carried[h][m][k], starts[q - 1]);
        for (int i = 0; i < q; i++) {
          sum = counter.multiplyAdd(xbc.value()[start + i][c + m], rows[i][k], sum);
        }
        carried[h][m][k] = sum;
      }
    }
    dLog[q - 1] = counter.multiplyAdd(starts[q - 1], forgotten, dLog[q - 1]);
  }

  /** Takes the gradients of Δx and of the decays over to x, Δ, A and D. */
  private void finish(int h, int start, int q, double[][] dInput, double[] dLog) {
    double later = 0;
    for (int i = q - 1; i >= 0; i--) {
      later = counter.add(later, dLog[i]);
      double along = 0;
      double step = dt.value()[start + i][h];
      double[] dSkip = skip.gradient()[0];
      for (int k = 0; k < p; k++) {
        int at = h * p + k;
        double x = xbc.value()[start + i][at];
        double dy = y.gradient()[start + i][at];
        double[] dx = xbc.gradient()[start + i];
        along = counter.multiplyAdd(dInput[i][k], x, along);
        dSkip[h] = counter.multiplyAdd(dy, x, dSkip[h]);
        dx[at] = counter.multiplyAdd(step, dInput[i][k], dx[at]);
        dx[at] = counter.multiplyAdd(skip.value()[0][h], dy, dx[at]);
      }
      dRates[h] = counter.multiplyAdd(step, later, dRates[h]);
      double[] to = dt.gradient()[start + i];
      to[h] = counter.add(to[h], counter.multiplyAdd(rates[h], later, along));
    }
  }
}
