package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.kernel.Operations;

/** The twins of the Fourier transform, radix 4 by recursion, and of the long convolution. */
final class CountedTransform {

  private CountedTransform() {}

  private static Complex times(Counter count, Complex a, Complex b) {
    return new Complex(
        count.subtract(count.multiply(a.re(), b.re()), count.multiply(a.im(), b.im())),
        count.multiplyAdd(a.re(), b.im(), count.multiply(a.im(), b.re())));
  }

  private static Complex plus(Counter count, Complex a, Complex b) {
    return new Complex(count.add(a.re(), b.re()), count.add(a.im(), b.im()));
  }

  private static Complex minus(Counter count, Complex a, Complex b) {
    return new Complex(count.subtract(a.re(), b.re()), count.subtract(a.im(), b.im()));
  }

  /** Returns Σⱼ x[j]·exp(−2πi·jk/n), n being a power of two. */
  static Complex[] forward(Counter count, Complex[] x) {
    int n = x.length;
    if (n == 1) {
      return x;
    }
    if (n == 2) {
      return new Complex[] {plus(count, x[0], x[1]), minus(count, x[0], x[1])};
    }
    int quarter = n / 4;
    Complex[][] parts = new Complex[4][quarter];
    for (int j = 0; j < quarter; j++) {
      Complex ac = plus(count, x[j], x[j + 2 * quarter]);
      Complex bd = plus(count, x[j + quarter], x[j + 3 * quarter]);
      Complex even = minus(count, x[j], x[j + 2 * quarter]);
      Complex odd = minus(count, x[j + quarter], x[j + 3 * quarter]);
      // −i·odd costs nothing but its sums.
      Complex turned = new Complex(odd.im(), -odd.re());
      Complex[] values = {
        plus(count, ac, bd),
        plus(count, even, turned),
        minus(count, ac, bd),
        minus(count, even, turned)
      };
      for (int part = 0; part < 4; part++) {
        double angle = -2 * Math.PI * part * j / n;
        Complex twiddle = new Complex(Math.cos(angle), Math.sin(angle));
        parts[part][j] = part == 0 || n == 4 ? values[part] : times(count, values[part], twiddle);
      }
    }
    Complex[] y = new Complex[n];
    for (int part = 0; part < 4; part++) {
      Complex[] transformed = forward(count, parts[part]);
      for (int k = 0; k < quarter; k++) {
        y[4 * k + part] = transformed[k];
      }
    }
    return y;
  }

  /** Returns Σₖ x[k]·exp(2πi·jk/n). */
  static Complex[] inverse(Counter count, Complex[] x) {
    Complex[] y = new Complex[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i].conjugate();
    }
    y = forward(count, y);
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i].conjugate();
    }
    return y;
  }

  /** Writes the convolution of one column of u and of the kernel to that of y. */
  static void convolve(Counter count, double[][] u, double[][] kernel, int column, double[][] y) {
    int points = (int) Operations.powerOfTwo(u.length);
    Complex[] a = forward(count, turned(count, u, column, points));
    Complex[] b = forward(count, turned(count, kernel, column, points));
    for (int i = 0; i < points; i++) {
      a[i] = times(count, a[i], b[i]);
    }
    Complex[] c = inverse(count, a);
    for (int t = 0; t < u.length; t++) {
      double angle = Math.PI * t / (2 * points);
      y[t][column] =
          count.multiplyAdd(
              c[t].re(),
              Math.cos(angle) / points,
              count.multiply(c[t].im(), Math.sin(angle) / points));
    }
  }

  private static Complex[] turned(Counter count, double[][] x, int column, int points) {
    Complex[] y = new Complex[points];
    for (int t = 0; t < points; t++) {
      double angle = Math.PI * t / (2 * points);
      y[t] =
          t < x.length
              ? new Complex(
                  count.multiply(x[t][column], Math.cos(angle)),
                  count.multiply(x[t][column], Math.sin(angle)))
              : new Complex(0, 0);
    }
    return y;
  }
}
