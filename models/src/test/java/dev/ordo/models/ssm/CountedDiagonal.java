package dev.ordo.models.ssm;

import dev.ordo.models.Counter;

/** The twin of {@link DiagonalSpace}. */
final class CountedDiagonal implements CountedSpace {

  private final SpaceValues values;
  private final Counter count;
  private final int width;
  private final int half;
  private final Complex[] transition;
  private final Complex[] output;
  private final double[] re;
  private final double[] im;

  CountedDiagonal(SpaceValues values, Counter count) {
    this.values = values;
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

  @Override
  public SpaceValues gradient(double[][] dKernel) {
    SpaceValues to = new SpaceValues(values.options());
    for (int i = 0; i < output.length; i++) {
      // Horner's rule for Σ g[t]·āᵗ, and the same differentiated.
      Complex sum = new Complex(0, 0);
      Complex slope = new Complex(0, 0);
      for (int t = dKernel.length - 1; t >= 0; t--) {
        slope =
            new Complex(
                count.add(realPart(transition[i], slope.re(), slope.im()), sum.re()),
                count.add(imaginaryPart(transition[i], slope.re(), slope.im()), sum.im()));
        sum =
            new Complex(
                count.add(realPart(transition[i], sum.re(), sum.im()), dKernel[t][i / half]),
                imaginaryPart(transition[i], sum.re(), sum.im()));
      }
      pass(i, sum.times(2), slope.times(output[i]), to);
    }
    return to;
  }

  /** Takes the gradients of B̄·C and of ā over to the parameters. */
  private void pass(int i, Complex dProduct, Complex dTransition, SpaceValues to) {
    Complex a = new Complex(values.aRe[i], values.aIm[i]);
    Complex b = new Complex(values.bRe[i], values.bIm[i]);
    Complex c = new Complex(values.cRe[i], values.cIm[i]);
    Complex input = transition[i].minus(Complex.ONE).times(a.inverse());
    Complex dInput = dProduct.times(b).times(c);
    Complex dExponent = dTransition.plus(dInput.times(a.inverse())).times(transition[i]);
    to.step[i] = dExponent.times(a).re();
    dExponent
        .times(values.step[i])
        .minus(dInput.times(input).times(a.inverse()))
        .addGradient(to.aRe, to.aIm, i);
    dProduct.times(c).times(input).addGradient(to.bRe, to.bIm, i);
    dProduct.times(b).times(input).addGradient(to.cRe, to.cIm, i);
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
