package dev.ordo.models.ssm;

import dev.ordo.models.Counter;
import dev.ordo.models.kernel.Operations;

/** The twin of {@link DplrSpace} and {@link DplrKernel}. */
final class CountedDplr implements CountedSpace {

  private final SpaceValues values;
  private final Counter count;
  private final int width;
  private final int half;
  private final Complex[] transition;
  private final Complex[] input;
  private final Complex[] correction;
  private final Complex[] pick;
  private final double[] re;
  private final double[] im;

  CountedDplr(SpaceValues values, Counter count) {
    this.values = values;
    this.count = count;
    width = values.options().width();
    half = values.options().half();
    int size = width * half;
    transition = new Complex[size];
    input = new Complex[size];
    correction = new Complex[size];
    pick = new Complex[size];
    re = new double[size];
    im = new double[size];
    for (int c = 0; c < width; c++) {
      discretise(c * half, (c + 1) * half);
    }
  }

  private void discretise(int first, int end) {
    double norm = 1;
    for (int i = first; i < end; i++) {
      Complex alpha = new Complex(values.aRe[i], values.aIm[i]).times(values.step[i] / 2);
      Complex inverse = Complex.ONE.minus(alpha).inverse();
      Complex p = new Complex(values.pRe[i], values.pIm[i]);
      transition[i] = Complex.ONE.plus(alpha).times(inverse);
      input[i] = new Complex(values.bRe[i], values.bIm[i]).times(inverse).times(values.step[i]);
      correction[i] = p.times(inverse).times(values.step[i] / 2);
      pick[i] = p.conjugate().times(inverse);
      norm += 2 * p.conjugate().times(correction[i]).re();
    }
    double sum = 0;
    for (int i = first; i < end; i++) {
      pick[i] = pick[i].times(4 / norm);
      Complex p = new Complex(values.pRe[i], values.pIm[i]);
      sum += 2 / norm * p.conjugate().times(input[i]).re();
    }
    for (int i = first; i < end; i++) {
      input[i] = input[i].minus(correction[i].times(sum));
    }
  }

  Complex times(Complex a, Complex b) {
    return new Complex(
        count.subtract(count.multiply(a.re(), b.re()), count.multiply(a.im(), b.im())),
        count.multiplyAdd(a.re(), b.im(), count.multiply(a.im(), b.re())));
  }

  Complex times(Complex a, double b) {
    return new Complex(count.multiply(a.re(), b), count.multiply(a.im(), b));
  }

  private Complex minus(Complex a, Complex b) {
    return new Complex(count.subtract(a.re(), b.re()), count.subtract(a.im(), b.im()));
  }

  private Complex addProduct(Complex sum, Complex a, double b) {
    return new Complex(
        count.multiplyAdd(a.re(), b, sum.re()), count.multiplyAdd(a.im(), b, sum.im()));
  }

  /** One state's share of the denominator, 2 Re v and −2 Re(v·ᾱ). */
  record Packed(double twice, double square, double[] real, double[] turned) {}

  @Override
  public double[][] kernel(int steps) {
    int points = (int) Operations.powerOfTwo(steps);
    double[][] attuned = new DplrSpace(values, 0).attunedTo(points);
    double[][] kernel = new double[steps][width];
    for (int c = 0; c < width; c++) {
      Packed[] packed = pack(c, attuned);
      Complex[] spectrum = new Complex[points];
      for (int j = 0; j <= points / 2; j++) {
        Complex value = frequency(packed, Math.PI * j / points, points);
        boolean real = j == 0 || 2 * j == points;
        spectrum[j] = real ? new Complex(value.re(), 0) : value;
        spectrum[(points - j) % points] = spectrum[j].conjugate();
      }
      Complex[] sequence = CountedTransform.inverse(count, spectrum);
      for (int t = 0; t < steps; t++) {
        kernel[t][c] = sequence[t].re();
      }
    }
    return kernel;
  }

  /** Returns the constants of the states of a channel, given C̃. */
  Packed[] pack(int channel, double[][] attuned) {
    Packed[] packed = new Packed[half];
    for (int n = 0; n < half; n++) {
      packed[n] = packState(channel * half + n, attuned);
    }
    return packed;
  }

  private Packed packState(int i, double[][] attuned) {
    double step = values.step[i];
    Complex alpha = times(new Complex(values.aRe[i], values.aIm[i]), step);
    double square =
        count.multiplyAdd(alpha.re(), alpha.re(), count.multiply(alpha.im(), alpha.im()));
    Complex c = new Complex(attuned[0][i], attuned[1][i]);
    Complex p = new Complex(values.pRe[i], values.pIm[i]);
    Complex b = times(times(new Complex(values.bRe[i], values.bIm[i]), 2), step);
    Complex scaled = times(times(p, 2), step);
    double pp = count.multiplyAdd(scaled.re(), p.re(), count.multiply(scaled.im(), p.im()));
    Complex[] v = {times(b, c), times(b, p.conjugate()), times(scaled, c), new Complex(pp, 0)};
    double[] real = new double[4];
    double[] turned = new double[4];
    for (int k = 0; k < 4; k++) {
      real[k] = v[k].re();
      turned[k] = -count.multiplyAdd(v[k].re(), alpha.re(), count.multiply(v[k].im(), alpha.im()));
    }
    return new Packed(count.multiply(2, alpha.re()), square, real, turned);
  }

  /** Returns the four sums T at θ/2. */
  Complex[] sums(Packed[] packed, double angle) {
    double sin = Math.sin(angle);
    double cos = Math.cos(angle);
    double y = count.multiply(2, sin);
    double yy = count.multiply(y, y);
    double cc = count.multiply(cos, cos);
    double yc = count.multiply(y, cos);
    Complex[] imaginary = new Complex[4];
    Complex[] real = new Complex[4];
    for (int k = 0; k < 4; k++) {
      imaginary[k] = new Complex(0, 0);
      real[k] = new Complex(0, 0);
    }
    for (Packed state : packed) {
      double r = count.subtract(count.multiply(cc, state.square), yy);
      double m = count.multiply(yc, state.twice);
      double inverse = count.divide(1, count.multiplyAdd(r, r, count.multiply(m, m)));
      Complex quotient = times(new Complex(r, m), inverse);
      for (int k = 0; k < 4; k++) {
        imaginary[k] = addProduct(imaginary[k], quotient, state.real[k]);
        real[k] = addProduct(real[k], quotient, state.turned[k]);
      }
    }
    Complex[] sums = new Complex[4];
    for (int k = 0; k < 4; k++) {
      Complex along = times(real[k], cos);
      Complex across = times(imaginary[k], y);
      sums[k] =
          new Complex(count.subtract(along.re(), across.im()), count.add(along.im(), across.re()));
    }
    return sums;
  }

  /** Returns k̂/n at θ/2. */
  private Complex frequency(Packed[] packed, double angle, int points) {
    double sin = Math.sin(angle);
    double cos = Math.cos(angle);
    Complex[] sums = sums(packed, angle);
    Complex divisor =
        new Complex(count.multiplyAdd(cos, sums[3].re(), 1), count.multiply(cos, sums[3].im()));
    double inverse =
        count.divide(
            1,
            count.multiplyAdd(
                divisor.re(), divisor.re(), count.multiply(divisor.im(), divisor.im())));
    Complex product = times(times(sums[1], times(sums[2], cos)), divisor.conjugate());
    Complex value = times(minus(sums[0], times(product, inverse)), 1.0 / points);
    return times(value, new Complex(cos, sin));
  }

  @Override
  public SpaceValues gradient(double[][] dKernel) {
    return new CountedDplrGradient(this, values, count).of(dKernel);
  }

  /** Takes in a row and returns Re Σ q·h of each channel after it, which the next row needs. */
  private void advance(int i, double u, double g) {
    Complex next = times(transition[i], new Complex(re[i], im[i]));
    next = addProduct(next, input[i], u);
    next = addProduct(next, correction[i], -g);
    re[i] = next.re();
    im[i] = next.im();
  }

  private double dot(Complex[] row, int first, double scale) {
    double sum = 0;
    for (int i = first; i < first + half; i++) {
      double product =
          count.subtract(
              count.multiply(scale * row[i].re(), re[i]),
              count.multiply(scale * row[i].im(), im[i]));
      sum = count.add(sum, product);
    }
    return sum;
  }

  @Override
  public void takeIn(double[][] u) {
    for (int c = 0; c < width; c++) {
      int first = c * half;
      for (int i = first; i < first + half; i++) {
        re[i] = 0;
        im[i] = 0;
      }
      for (double[] row : u) {
        take(first, row[c]);
      }
    }
  }

  private void take(int first, double u) {
    double g = dot(pick, first, 1);
    for (int i = first; i < first + half; i++) {
      advance(i, u, g);
    }
  }

  @Override
  public double[] step(double[] u) {
    Complex[] output = new Complex[re.length];
    for (int i = 0; i < output.length; i++) {
      output[i] = new Complex(values.cRe[i], values.cIm[i]);
    }
    double[] y = new double[width];
    for (int c = 0; c < width; c++) {
      take(c * half, u[c]);
      y[c] = dot(output, c * half, 2);
    }
    return y;
  }
}
