package dev.ordo.models.ssm;

import dev.ordo.models.Counter;

/** The twin of {@link DiagonalSpace}. */
final class CountedDiagonal implements CountedSpace {

  private final Counter count;
  private final int width;
  private final int half;
  private final Complex[] transition;
  private final Complex[] output;
  private final double[] re;
  private final double[] im;

  CountedDiagonal(SpaceValues values, Counter count) {
    this.count = count;
    width = values.options().width();
    half = values.options().half();
    transition = new Complex[width * half];
    output = new Complex[width * half];
    re = new double[width * half];
    im = new double[width * half];
    for (int i = 0; i < output.length; i++) {
      Complex a = new Complex(values.aRe[i], values.aIm[i]);
      transition[i] = a.times(values.step[i]).exp();
      output[i] =
          transition[i]
              .minus(Complex.ONE)
              .times(a.inverse())
              .times(new Complex(values.bRe[i], values.bIm[i]))
              .times(new Complex(values.cRe[i], values.cIm[i]))
              .times(2);
    }
  }

  @Override
  public double[][] kernel(int steps) {
    double[][] kernel = new double[steps][width];
    for (int i = 0; i < output.length; i++) {
      double r = output[i].re();
      double m = output[i].im();
      for (int t = 0; t < steps; t++) {
        kernel[t][i / half] = count.add(kernel[t][i / half], r);
        double next = realPart(transition[i], r, m);
        m = imaginaryPart(transition[i], r, m);
        r = next;
      }
    }
    return kernel;
  }

  private double realPart(Complex a, double r, double m) {
    return count.subtract(count.multiply(a.re(), r), count.multiply(a.im(), m));
  }

  private double imaginaryPart(Complex a, double r, double m) {
    return count.multiplyAdd(a.re(), m, count.multiply(a.im(), r));
  }

  private void advance(int i, double u) {
    double r = count.add(realPart(transition[i], re[i], im[i]), u);
    im[i] = imaginaryPart(transition[i], re[i], im[i]);
    re[i] = r;
  }

  @Override
  public void takeIn(double[][] u) {
    for (int i = 0; i < re.length; i++) {
      re[i] = 0;
      im[i] = 0;
      for (double[] row : u) {
        advance(i, row[i / half]);
      }
    }
  }

  @Override
  public double[] step(double[] u) {
    double[] y = new double[width];
    for (int i = 0; i < re.length; i++) {
      advance(i, u[i / half]);
      y[i / half] = count.add(y[i / half], realPart(output[i], re[i], im[i]));
    }
    return y;
  }
}
