package dev.ordo.models.ssm;

/**
 * One channel of a state space with a low-rank term, by the book: dense complex matrices of all N
 * states in double precision. The oracle for what avoids them.
 */
final class DenseSpace {

  /** Ā, shape (N, N). */
  final Complex[][] transition;

  /** B̄, shape (N). */
  final Complex[] input;

  /** C, or C̃ where that is what the parameters hold; shape (N). */
  final Complex[] output;

  DenseSpace(SpaceValues values, int channel) {
    int half = values.options().half();
    int size = 2 * half;
    Complex[] b = new Complex[size];
    Complex[] p = new Complex[size];
    Complex[] a = new Complex[size];
    output = new Complex[size];
    double[] step = new double[size];
    for (int n = 0; n < half; n++) {
      int i = channel * half + n;
      step[n] = values.step[i];
      step[half + n] = step[n];
      both(a, n, new Complex(values.aRe[i], values.aIm[i]));
      both(b, n, new Complex(values.bRe[i], values.bIm[i]));
      both(p, n, new Complex(values.pRe[i], values.pIm[i]));
      both(output, n, new Complex(values.cRe[i], values.cIm[i]));
    }
    // (2/Δ − A)·h′ = (2/Δ + A)·h + 2B·u
    Complex[][] left = new Complex[size][size];
    Complex[][] right = new Complex[size][size + 1];
    for (int n = 0; n < size; n++) {
      for (int k = 0; k < size; k++) {
        Complex state = p[n].times(p[k].conjugate()).times(-1);
        Complex scale = new Complex(0, 0);
        if (n == k) {
          state = state.plus(a[n]);
          scale = new Complex(2 / step[n], 0);
        }
        left[n][k] = scale.minus(state);
        right[n][k] = scale.plus(state);
      }
      right[n][size] = b[n].times(2);
    }
    solve(left, right);
    transition = new Complex[size][size];
    input = new Complex[size];
    for (int n = 0; n < size; n++) {
      System.arraycopy(right[n], 0, transition[n], 0, size);
      input[n] = right[n][size];
    }
  }

  private static void both(Complex[] to, int n, Complex value) {
    to[n] = value;
    to[to.length / 2 + n] = value.conjugate();
  }

  /** Replaces {@code right} by left⁻¹·right, by Gauss and Jordan. */
  private static void solve(Complex[][] left, Complex[][] right) {
    int size = left.length;
    for (int k = 0; k < size; k++) {
      int pivot = k;
      for (int i = k; i < size; i++) {
        if (norm(left[i][k]) > norm(left[pivot][k])) {
          pivot = i;
        }
      }
      Complex[] row = left[k];
      left[k] = left[pivot];
      left[pivot] = row;
      row = right[k];
      right[k] = right[pivot];
      right[pivot] = row;
      Complex inverse = left[k][k].inverse();
      for (int i = 0; i < size; i++) {
        if (i != k) {
          Complex factor = left[i][k].times(inverse);
          subtract(left[i], left[k], factor);
          subtract(right[i], right[k], factor);
        }
      }
      scale(left[k], inverse);
      scale(right[k], inverse);
    }
  }

  private static double norm(Complex x) {
    return x.re() * x.re() + x.im() * x.im();
  }

  private static void subtract(Complex[] from, Complex[] row, Complex factor) {
    for (int j = 0; j < from.length; j++) {
      from[j] = from[j].minus(row[j].times(factor));
    }
  }

  private static void scale(Complex[] row, Complex factor) {
    for (int j = 0; j < row.length; j++) {
      row[j] = row[j].times(factor);
    }
  }

  Complex[] apply(Complex[] state) {
    Complex[] next = new Complex[state.length];
    for (int n = 0; n < next.length; n++) {
      next[n] = new Complex(0, 0);
      for (int k = 0; k < next.length; k++) {
        next[n] = next[n].plus(transition[n][k].times(state[k]));
      }
    }
    return next;
  }

  static Complex dot(Complex[] row, Complex[] column) {
    Complex sum = new Complex(0, 0);
    for (int n = 0; n < row.length; n++) {
      sum = sum.plus(row[n].times(column[n]));
    }
    return sum;
  }

  /**
   * Returns C·Āᵗ·B̄ for t = 0 … steps − 1, where the parameters hold C̃ for {@code attuned} > 0.
   */
  double[] kernel(int steps, int attuned) {
    Complex[] state = input.clone();
    if (attuned > 0) {
      // C̃·(1 − Āⁿ)⁻¹·Āᵗ·B̄: the inverse is applied to B̄, with which it commutes.
      int size = state.length;
      Complex[][] left = new Complex[size][size];
      Complex[][] right = new Complex[size][1];
      for (int k = 0; k < size; k++) {
        Complex[] column = new Complex[size];
        for (int n = 0; n < size; n++) {
          column[n] = new Complex(n == k ? 1 : 0, 0);
        }
        Complex[] power = column;
        for (int t = 0; t < attuned; t++) {
          power = apply(power);
        }
        for (int n = 0; n < size; n++) {
          left[n][k] = column[n].minus(power[n]);
        }
        right[k][0] = input[k];
      }
      solve(left, right);
      for (int n = 0; n < size; n++) {
        state[n] = right[n][0];
      }
    }
    double[] kernel = new double[steps];
    for (int t = 0; t < steps; t++) {
      kernel[t] = dot(output, state).re();
      state = apply(state);
    }
    return kernel;
  }
}
