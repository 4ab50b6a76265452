package dev.ordo.models.ssm;

/** A complex number, for what is computed once a parameter and not in an inner loop. */
record Complex(double re, double im) {

  static final Complex ONE = new Complex(1, 0);

  Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  Complex minus(Complex other) {
    return new Complex(re - other.re, im - other.im);
  }

  Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  Complex times(double factor) {
    return new Complex(re * factor, im * factor);
  }

  Complex conjugate() {
    return new Complex(re, -im);
  }

  Complex inverse() {
    double norm = re * re + im * im;
    return new Complex(re / norm, -im / norm);
  }

  Complex exp() {
    double size = Math.exp(re);
    return new Complex(size * Math.cos(im), size * Math.sin(im));
  }

  /**
   * Adds what this number g says of a loss, dloss = Re(g·dz), to its derivatives with respect to
   * the real and the imaginary part of z.
   */
  void addGradient(double[] dRe, double[] dIm, int i) {
    dRe[i] += re;
    dIm[i] -= im;
  }
}
